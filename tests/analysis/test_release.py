"""A release shows what may be known, and from all of it together nothing hidden follows."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from analysis.disclosure.rules import FEW
from analysis.errors import ReleaseRefused
from analysis.release import build_release, hash_of
from analysis.strategy.survey import survey_view
from surveys.catalogue import shipped
from tests.analysis.answers import (
    MADE_ON,
    Said,
    a_round,
    answers_of,
    columns_of,
    confidence,
    parent,
    responses_of,
)


def release(people: Sequence[Said], threshold: int = 10, **about: Any) -> dict[str, Any]:
    questionnaire = confidence()
    return build_release(
        a_round(questionnaire, threshold, **about),
        questionnaire,
        columns_of(responses_of(people, questionnaire), answers_of(people)),
        made_on=MADE_ON,
        code_version="1",
    )


def table(made: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in made["tables"] if each["name"] == name)


def rows(made: Mapping[str, Any], name: str) -> dict[str, dict[str, Any]]:
    return {row["group"]: row for row in table(made, name)["rows"]}


def school(primary: int = 40, secondary: int = 30, early: int = 20) -> list[Said]:
    """Parents who agree and disagree in counts that may all be shown."""
    people: list[Said] = []
    for phase, count in (("primary", primary), ("secondary", secondary), ("early_years", early)):
        people += [parent(phase, rate="4" if n % 2 else "2") for n in range(count)]
    return people


def test_the_index_by_phase_has_base_interval_and_dont_know() -> None:
    made = rows(release(school()), "index")
    assert made["All phases"]["base"] == 90
    assert made["Primary"]["base"] == 40
    assert made["Primary"]["low"] < made["Primary"]["value"] < made["Primary"]["high"]
    assert made["Primary"]["dont_know"] == 0
    assert made["Early years"]["note"] == "Low base: under 30"
    assert made["Primary"]["note"] == ""
    assert made["Post-16"]["status"] == "no_answers"


def test_the_anchor_is_mainstream_parents_units_included() -> None:
    people = school()
    people += [parent("primary", "special", rate="5") for _ in range(20)]
    people += [parent("primary", "unit_or_arp", rate="5") for _ in range(10)]
    made = rows(release(people), "anchor")["All mainstream parents"]
    assert made["base"] == 100
    assert made["value"] == 55


def test_both_bases_of_the_anchor_are_shown() -> None:
    people = [*school(), *(parent("primary", c10="dk") for _ in range(10))]
    made = rows(release(people), "anchor_with_dont_know")["All mainstream parents"]
    assert (made["base"], made["value"], made["dont_know"]) == (100, 45, 10)


def test_nothing_is_shown_of_fewer_than_ten() -> None:
    made = release(school(9, 0, 0))
    every_row = [row for each in made["tables"] for row in each["rows"]]
    assert not [row for row in every_row if row["status"] == "shown"]
    assert table(made, "index")["reason"] == "fewer than 10 answers"
    assert "9" not in json.dumps([row["base"] for row in every_row])


def test_one_small_phase_takes_a_second_one_with_it() -> None:
    made = rows(release(school(40, 30, 6)), "index")
    assert made["Early years"]["status"] == made["Secondary"]["status"] == "not_published"
    assert made["Early years"]["reason"] == made["Secondary"]["reason"]
    assert made["Early years"]["reason"].startswith("fewer than 10 answers, or hidden")
    assert made["Secondary"]["base"] is None
    assert made["Primary"]["status"] == "shown"


def test_a_count_from_1_to_4_is_hidden_with_as_little_as_keeps_it_hidden() -> None:
    people = [*school(), *(parent("primary", rate="4", c1="5") for _ in range(3))]
    made = release(people)
    found = rows(made, "item_c1")
    assert found["Strongly agree"]["status"] == "not_published"
    assert found["Strongly agree"]["count"] is None
    hidden = [row for row in found.values() if row["status"] == "not_published"]
    assert 2 <= len(hidden) < len(found)
    assert {row["reason"] for row in hidden} == {FEW}
    assert table(made, "item_c2")["status"] == "published"


def test_a_nought_is_shown() -> None:
    made = {row["group"]: row["count"] for row in table(release(school()), "item_c1")["rows"]}
    assert made["Strongly agree"] == 0
    assert made["Agree"] == 45


def test_of_the_anchors_question_is_hidden_what_the_other_parents_said() -> None:
    """Everybody less mainstream parents would be the three parents of a special school."""
    people = [*school(), *(parent("primary", "special", rate="4") for _ in range(3))]
    made = release(people)
    assert table(made, "anchor")["status"] == "published"
    found = rows(made, "item_c10")
    assert found["Agree"]["status"] == "not_published"
    assert found["Agree or strongly agree"]["status"] == "not_published"
    assert table(made, "item_c9")["status"] == "published"


def test_the_list_of_tables_depends_on_the_questionnaire_alone() -> None:
    full, empty = release(school()), release([])
    assert [each["name"] for each in full["tables"]] == [each["name"] for each in empty["tables"]]


def test_a_release_is_frozen_with_its_hash_and_made_again_the_same() -> None:
    made = release(school())
    assert made["hash"] == hash_of(made)
    assert release(school()) == made
    assert release(school(), demonstration=True)["hash"] != made["hash"]
    assert json.loads(json.dumps(made, allow_nan=False)) == made


@pytest.mark.parametrize("form", shipped(), ids=lambda form: form.key)
def test_every_shipped_questionnaire_has_a_release(form: Any) -> None:
    made = build_release(a_round(form), form, columns_of([], []), made_on=MADE_ON, code_version="1")
    names = [each["name"] for each in made["tables"]]
    assert "index" in names
    assert ("anchor" in names) == (form.key == "parental_confidence")
    assert "sentiment" in names


def test_importing_analysis_loads_nothing_heavy() -> None:
    code = "import sys, analysis; print({'pandas', 'textblob', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_days_of_a_summer_round_are_those_in_england() -> None:
    questionnaire = confidence()
    midnight = datetime(2027, 5, 31, 23, tzinfo=UTC)
    summer = replace(a_round(questionnaire), opens_at=midnight)
    made = build_release(
        summer, questionnaire, columns_of([], []), made_on=MADE_ON, code_version="1"
    )
    assert made["round"]["opens"] == "2027-06-01T00:00:00+01:00"
    assert survey_view(made).opens_on == "1 June 2027"


def test_the_same_answers_make_the_same_tables_beside_an_earlier_release() -> None:
    people = [*school(40, 30, 6), *(parent("primary", rate="4", c1="5") for _ in range(3))]
    first = release(people)
    assert again(people, first)["tables"] == first["tables"]


def test_one_more_parent_is_not_given_away_by_a_second_release() -> None:
    first = release(school())
    with pytest.raises(ReleaseRefused, match="by 1 to 9"):
        again([*school(), parent("primary")], first)
    assert again([*school(), *[parent("primary")] * 10], first)["reason"] == "late paper forms"


def again(people: Sequence[Said], earlier: Mapping[str, Any]) -> dict[str, Any]:
    questionnaire = confidence()
    return build_release(
        a_round(questionnaire),
        questionnaire,
        columns_of(responses_of(people, questionnaire), answers_of(people)),
        made_on=MADE_ON,
        code_version="1",
        reason="late paper forms",
        earlier=earlier,
    )

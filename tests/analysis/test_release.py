"""A release shows what may be known, and from all of it together nothing hidden follows."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import rows_to_hide
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


def test_a_table_with_a_count_from_1_to_4_is_withheld_whole() -> None:
    people = [*school(), *(parent("primary", rate="4", c1="5") for _ in range(3))]
    made = release(people)
    assert table(made, "item_c1")["status"] == "withheld"
    assert table(made, "item_c1")["rows"] == []
    assert table(made, "item_c1")["base_note"] == ""
    assert table(made, "item_c2")["status"] == "published"


def test_a_nought_is_shown() -> None:
    made = {row["group"]: row["count"] for row in table(release(school()), "item_c1")["rows"]}
    assert made["Strongly agree"] == 0
    assert made["Agree"] == 45


def test_the_anchors_question_is_withheld_where_the_other_parents_would_follow() -> None:
    """Everybody less mainstream parents would be the three parents of a special school."""
    people = [*school(), *(parent("primary", "special", rate="4") for _ in range(3))]
    made = release(people)
    assert table(made, "anchor")["status"] == "published"
    assert table(made, "item_c10")["status"] == "withheld"
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


PHASES = ("early_years", "primary", "secondary", "post_16")
BASES = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 40), min_size=1)


@given(BASES, st.integers(2, 12))
def test_hidden_rows_do_not_follow_from_the_total(bases: dict[str, int], threshold: int) -> None:
    hidden = rows_to_hide(bases, threshold)
    small = [group for group, base in bases.items() if 0 < base < threshold]
    if hidden is None:
        return
    assert set(small) <= set(hidden)
    shown = sum(base for group, base in bases.items() if group not in hidden)
    rest = sum(bases.values()) - shown
    assert rest == 0 or (rest >= threshold and len(hidden) >= 2)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(PHASES),
            st.sampled_from(["mainstream", "special"]),
            st.sampled_from(["5", "2", "dk", "skip"]),
            st.integers(0, 9),
        ),
        max_size=12,
    )
)
def test_no_small_count_follows_by_subtracting_published_ones(
    groups: list[tuple[str, str, str, int]],
) -> None:
    people: list[Said] = [
        parent(phase, setting, "4", c10=said)
        for phase, setting, said, count in groups
        for _ in range(count)
    ]
    made = release(people)
    _nobody_small(made)
    _parts_leave_no_small_rest(made, "index", whole="All phases")
    anchor = rows(made, "anchor").get("All mainstream parents")
    by_phase = rows(made, "anchor_by_phase")
    if anchor and by_phase:
        _no_small_rest(anchor["base"], by_phase.values())
    question = {row["group"]: row["count"] for row in table(made, "item_c10")["rows"]}
    if anchor and question:
        top_two = question["Agree or strongly agree"]
        agreeing = round(anchor["value"] * anchor["base"] / 100)
        assert (top_two - agreeing) not in range(1, 4)


def _nobody_small(made: Mapping[str, Any]) -> None:
    for each in made["tables"]:
        for row in each["rows"]:
            assert row.get("base") is None or row["base"] >= 10
            assert row.get("count") not in range(1, 5)


def _parts_leave_no_small_rest(made: Mapping[str, Any], name: str, *, whole: str) -> None:
    found = rows(made, name)
    total = found.pop(whole, None)
    if total and total["base"] is not None:
        _no_small_rest(total["base"], found.values())


def _no_small_rest(total: int, parts: Any) -> None:
    parts = list(parts)
    if not any(part["status"] == "shown" for part in parts):
        return
    rest = total - sum(part["base"] or 0 for part in parts)
    assert rest == 0 or rest >= 10

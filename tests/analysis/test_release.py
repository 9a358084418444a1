"""A release: the tables of a round, fit to be shown together, and frozen with a hash."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import SMALL_COUNTS
from analysis.release import build_release, hash_of
from surveys.model import Questionnaire
from tests.analysis.families import (
    DAY,
    SKIP,
    Family,
    Said,
    answered,
    closed_round,
    item,
    survey,
)
from tests.builders import choices, comment, rating, several

ASKED = survey(
    item("c1"),
    item("c2", reverse=True),
    item("c10", anchor=True),
    rating("l1"),
    several("boxes", choices(a="A", b="B")),
    comment("o1"),
)
NAMES = [
    "index", "mix_early_years", "mix_primary", "mix_secondary", "mix_post_16", "mix_not_given",
    "anchor", "anchor_with_dont_know", "anchor_by_phase",
    "item_c1", "item_c2", "item_c10", "item_l1", "item_boxes", "sentiment", "sentiment_labels",
]  # fmt: skip


def family(phase: str = "primary", setting: str = "mainstream", **said: Said) -> Family:
    """A family that agrees to everything unless told."""
    profile = {"phase": phase, "setting": setting, "provision": "ehcp"}
    return {**profile, "c1": "4", "c2": "2", "c10": "4", "l1": "4", **said}


def release(families: list[Family], asked: Questionnaire = ASKED, **changes: Any) -> dict[str, Any]:
    a_round = replace(closed_round(asked), **changes)
    responses, answers = answered(asked, families)
    return build_release(a_round, asked, responses, answers, made_on=DAY, code_version="1.2.3")


def table(made: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in made["tables"] if each["name"] == name)


def shown(made: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The shown rows of a table by group."""
    rows = table(made, name)["rows"]
    return {row["group"]: row for row in rows if row["status"] == "shown"}


def test_the_tables_depend_on_the_questionnaire_alone() -> None:
    for families in ([], [family()], [family()] * 30):
        assert [each["name"] for each in release(families)["tables"]] == NAMES


def test_a_questionnaire_without_index_anchor_or_comments_has_no_tables_of_them() -> None:
    made = release([{"l1": "4"}] * 12, survey(rating("l1")))
    assert [each["name"] for each in made["tables"]] == ["item_l1"]


def test_a_release_says_what_it_is() -> None:
    made = release([family()] * 12, demonstration=True)
    assert made["round"]["demonstration"] is True
    assert made["questionnaire"]["hash"] == ASKED.hash
    assert (made["made_on"], made["code_version"]) == ("2026-11-25", "1.2.3")
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_the_hash_covers_everything_and_not_the_order_of_rows() -> None:
    families = [family(phase=phase) for phase in ("primary", "secondary") for _ in range(15)]
    made = release(families)
    assert made["hash"] == hash_of(made) == release(families)["hash"]
    assert hash_of({**made, "reason": "a correction"}) != made["hash"]
    responses, answers = answered(ASKED, families)
    again = build_release(
        closed_round(ASKED), ASKED, responses[::-1], answers[::-1],
        made_on=DAY, code_version="1.2.3",
    )  # fmt: skip
    assert again == made


def test_the_index_is_by_phase_with_base_and_interval() -> None:
    half = [family(c1="5") for _ in range(6)] + [family(c1="3") for _ in range(6)]
    rows = shown(release([*half, *[family(phase="post_16")] * 30]), "index")
    assert list(rows) == ["All phases", "Primary", "Post-16"]
    primary = rows["Primary"]
    assert (primary["base"], primary["value"]) == (12, 75.0)
    assert 60 < primary["low"] < 75.0 < primary["high"] < 90
    assert "Low base" in primary["note"]
    assert rows["Post-16"]["note"] == ""
    assert rows["Post-16"]["low"] is None
    assert "same" in rows["Post-16"]["interval"]


def test_a_phase_without_answers_is_not_nought() -> None:
    rows = {row["group"]: row for row in table(release([family()] * 12), "index")["rows"]}
    assert (rows["Secondary"]["status"], rows["Secondary"]["value"]) == ("no_answers", None)


def test_b29_people_without_a_phase_are_counted_in_the_total() -> None:
    placeless = {key: said for key, said in family().items() if key != "phase"}
    rows = shown(release([family()] * 12 + [placeless] * 10), "index")
    assert rows["Phase not given"]["base"] == 10
    assert rows["All phases"]["base"] == 22


@pytest.mark.parametrize("number", [1, 9])
def test_below_the_threshold_every_table_is_withheld(number: int) -> None:
    made = release([family(o1="Great help", boxes="a")] * number)
    assert {each["status"] for each in made["tables"]} == {"withheld"}
    assert all(not each["rows"] for each in made["tables"])
    assert not any("were asked" in each["base_note"] for each in made["tables"])


def test_hidden_phases_give_one_reason_between_them() -> None:
    # Eleven people in two hidden rows: with a reason each, they would be 1 and 10.
    families = [family()] * 1 + [family("post_16")] * 10 + [family("secondary")] * 30
    made = release(families)
    for name in ("index", "anchor_by_phase"):
        rows = [row for row in table(made, name)["rows"] if row["status"] == "not_published"]
        assert [row["group"] for row in rows] == ["Primary", "Post-16"]
        assert len({row["reason"] for row in rows}) == 1
        assert all(row["base"] is None and row["value"] is None for row in rows)
    assert table(made, "mix_primary")["status"] == "withheld"


def test_where_hiding_one_phase_hides_nothing_all_are_hidden() -> None:
    made = release([family()] * 3 + [family("secondary")] * 30)
    assert list(shown(made, "index")) == ["All phases"]
    assert table(made, "anchor_by_phase")["status"] == "withheld"


def test_the_anchor_is_the_share_of_mainstream_parents_who_agree() -> None:
    families = [
        *[family(c10="5")] * 6, *[family(c10="4", setting="unit_or_arp")] * 6,
        *[family(c10="2")] * 6, *[family(c10="dk")] * 5, *[family("post_16", "special")] * 10,
    ]  # fmt: skip
    made = release(families)
    overall = shown(made, "anchor")["All mainstream parents"]
    assert (overall["base"], overall["value"], overall["interval"]) == (18, 67, "Wilson")
    unsure = shown(made, "anchor_with_dont_know")["All mainstream parents"]
    assert (unsure["base"], unsure["value"], unsure["dont_know"]) == (23, 52, 22)
    assert "Low base" in table(made, "anchor_with_dont_know")["base_note"]


@pytest.mark.parametrize(
    ("dissenters", "status"), [(0, "published"), (4, "withheld"), (5, "published")]
)
def test_a_count_from_1_to_4_withholds_the_anchor(dissenters: int, status: str) -> None:
    made = release([*[family()] * 20, *[family(c10="1")] * dissenters])
    assert table(made, "anchor")["status"] == status


def test_a_few_dont_knows_withhold_the_base_that_holds_them() -> None:
    made = release([*[family()] * 20, *[family(c10="dk")] * 3])
    assert table(made, "anchor")["status"] == "published"
    assert table(made, "anchor_with_dont_know")["status"] == "withheld"
    assert table(made, "item_c10")["status"] == "withheld"


def test_the_anchor_question_is_withheld_where_it_would_show_a_few_other_parents() -> None:
    few = release([*[family()] * 20, *[family(setting="special")] * 9])
    assert table(few, "item_c10")["status"] == "withheld"
    unsure = [family(c10="dk")] * 5 + [family(setting="special", c10="dk")] * 2
    made = release([*[family()] * 20, *[family(setting="special")] * 10, *unsure])
    assert table(made, "anchor_with_dont_know")["status"] == "published"
    assert table(made, "item_c10")["status"] == "withheld"


def test_a_question_is_shown_on_every_base() -> None:
    said: list[Said] = ["5"] * 10 + ["3"] * 10 + ["dk"] * 5 + [SKIP] * 5
    made = release([family(l1=one) for one in said])
    rows = shown(made, "item_l1")
    top = rows["Agree or strongly agree"]
    assert (top["count"], top["value"], top["of_answered"], top["with_dont_know"]) == (
        10, 33, 50, 40,
    )  # fmt: skip
    assert rows["Skipped"]["of_answered"] is None
    assert rows["Don't know"]["with_dont_know"] == 20
    note = table(made, "item_l1")["base_note"]
    assert note.startswith("30 people were asked; 20 answered.")
    assert "Low base" in note
    assert "finding of its own" in note


def test_b20_boxes_are_shares_of_those_who_answered() -> None:
    made = release(
        [family(boxes="a")] * 10 + [family(boxes="")] * 10 + [family(boxes=SKIP)] * 5
        + [family()] * 5
    )  # fmt: skip
    rows = shown(made, "item_boxes")
    assert (rows["A"]["count"], rows["A"]["of_answered"]) == (10, 50)
    assert (rows["B"]["count"], rows["B"]["of_answered"]) == (0, 0)
    assert table(made, "item_boxes")["base_note"].startswith("25 people were asked; 20 answered.")


def test_a_box_that_all_but_a_few_ticked_withholds_its_question() -> None:
    made = release([family(boxes="a")] * 20 + [family(boxes="")] * 3)
    assert table(made, "item_boxes")["status"] == "withheld"


def test_a_few_unsure_people_are_not_shown_beside_an_index() -> None:
    asked = survey(*(item(f"c{number}") for number in range(1, 5)))
    certain: Family = {"phase": "primary", **{f"c{number}": "4" for number in range(1, 5)}}
    for unsure, share in ((0, 0), (2, None), (6, 6)):
        made = release([certain] * 20 + [{**certain, "c1": "dk"}] * unsure, asked)
        assert shown(made, "index")["All phases"]["dont_know"] == share


def test_the_mix_stands_beside_each_index() -> None:
    made = release([family()] * 15 + [family(setting="special")] * 5)
    assert {group: row["value"] for group, row in shown(made, "mix_primary").items()} == {
        "Mainstream, EHC plan": 75,
        "Special, EHC plan": 25,
    }


def test_comments_have_a_score_by_phase_and_labels() -> None:
    glad = [family(o1="Great help", phase=phase) for phase in ("primary", "post_16")] * 10
    made = release([*glad, *[family(o1="Szkoła jest okropna")] * 5, *[family()] * 20])
    rows = shown(made, "sentiment")
    assert (rows["All phases"]["base"], rows["Primary"]["base"]) == (20, 10)
    assert rows["All phases"]["value"] == 0.8
    assert "TextBlob" in table(made, "sentiment")["base_note"]
    labels = {group: row["count"] for group, row in shown(made, "sentiment_labels").items()}
    assert labels == {"Positive": 20, "Neutral": 0, "Negative": 0, "Not scored": 5}
    assert all("machine's guess" in table(made, name)["title"] for name in NAMES[-2:])


def test_a_few_people_behind_many_comments_withhold_the_labels() -> None:
    asked = survey(comment("o1"), comment("o2"))
    glad: Family = {"o1": "Great help", "o2": "Great help"}
    sad: Family = {"o1": "Terrible", "o2": "Terrible"}
    made = release([glad] * 20 + [sad] * 3, asked)
    assert table(made, "sentiment_labels")["status"] == "withheld"


# Whoever has the release and can subtract.

SAYS = st.sampled_from(["5", "4", "2", "dk", SKIP])


@st.composite
def rounds(draw: st.DrawFn) -> list[Family]:
    """Some blocks of like families, so that tables are shown often."""
    families: list[Family] = []
    for _ in range(draw(st.integers(1, 7))):
        said = {key: draw(SAYS) for key in ("c1", "c10", "l1")}
        phase = draw(st.sampled_from(["early_years", "primary", "secondary", "post_16"]))
        setting = draw(st.sampled_from(["mainstream", "unit_or_arp", "special"]))
        families += [family(phase, setting, **said)] * draw(st.integers(1, 14))
    return families


def anchor_counts(row: dict[str, Any]) -> tuple[int, int]:
    """How many agreed and how many did not, worked out from base and percent."""
    agreed = round(row["value"] * row["base"] / 100)
    return agreed, row["base"] - agreed


def derived(made: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Every count that a reader can work out."""
    for each in made["tables"]:
        if each["name"].startswith("item_") and each["status"] == "published":
            yield from ((each["name"], row["count"]) for row in each["rows"])
    anchor = [anchor_counts(row) for row in shown(made, "anchor").values()]
    phases = [anchor_counts(row) for row in shown(made, "anchor_by_phase").values()]
    for pair in (*anchor, *phases):
        yield from (("anchor", count) for count in pair)
    if anchor and phases:
        rest = [whole - sum(parts) for whole, *parts in zip(*anchor, *phases, strict=True)]
        yield from (("hidden phases of the anchor", count) for count in rest)
    yield from beside_anchor(made, anchor)


def beside_anchor(made: dict[str, Any], anchor: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    everybody = shown(made, "item_c10")
    if not everybody or not anchor:
        return
    agreed, rest = anchor[0]
    top = everybody["Agree or strongly agree"]["count"]
    rated = sum(row["count"] for group, row in everybody.items() if "gree" in group) - top
    yield "other parents who agree", top - agreed
    yield "other parents who do not", rated - top - rest
    for row in shown(made, "anchor_with_dont_know").values():
        unsure = row["base"] - agreed - rest
        yield "unsure mainstream parents", unsure
        yield "other unsure parents", everybody["Don't know"]["count"] - unsure


def bases(made: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Every base that a reader can work out, nought left out."""
    for name in ("index", "anchor_by_phase"):
        rows = shown(made, name)
        whole = rows.pop("All phases", None) or shown(made, "anchor").get("All mainstream parents")
        parts = [row["base"] for row in rows.values()]
        if whole:
            yield from ((name, base) for base in (whole["base"], *parts) if base)
            if parts and whole["base"] != sum(parts):
                yield f"hidden phases of {name}", whole["base"] - sum(parts)


@given(rounds())
def test_no_small_count_or_base_can_be_worked_out(families: list[Family]) -> None:
    made = release(families)
    for name, count in derived(made):
        assert count not in SMALL_COUNTS, name
    for name, base in bases(made):
        assert base >= 10, name


def test_the_attack_sees_what_is_there() -> None:
    families = [family(c10=one) for one in ("5", "2", "dk") for _ in range(10)]
    found = dict(derived(release([*families, *[family(setting="special", c10="3")] * 10])))
    assert found["other parents who do not"] == 10
    assert found["unsure mainstream parents"] == 10


def test_importing_analysis_loads_nothing_heavy() -> None:
    code = (
        "import sys, analysis, analysis.export, analysis.sentiment;"
        "print([name for name in ('pandas', 'numpy', 'textblob', 'nltk') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_making_a_release_without_comments_loads_no_reader() -> None:
    code = "import sys, analysis.release; print('textblob' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"

"""What each table of a release shows, and what all of them together must not."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from analysis.release import build_release
from surveys.model import Questionnaire
from tests.analysis.answers import (
    MADE_ON,
    Said,
    a_round,
    answers_of,
    columns_of,
    confidence,
    form,
    parent,
    rating,
    responses_of,
)
from tests.analysis.test_release import table
from tests.builders import choices, comment, several

BOXES = form(several("boxes", choices(a="A", b="B")))
COMMENTS = form(comment("o1"), comment("o2"))


def release(
    people: Sequence[Said], asked: Questionnaire | None = None, households: Sequence[int] = ()
) -> dict[str, Any]:
    asked = asked or confidence()
    return build_release(
        a_round(asked),
        asked,
        columns_of(responses_of(people, asked), answers_of(people), households),
        made_on=MADE_ON,
        code_version="1",
    )


def shown(made: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The shown rows of a table by group."""
    rows = table(made, name)["rows"]
    return {row["group"]: row for row in rows if row["status"] == "shown"}


def test_a_questionnaire_without_index_anchor_or_comments_has_no_tables_of_them() -> None:
    made = release([{"l1": "4"}] * 12, form(replace(rating("l1"), index=False)))
    assert [each["name"] for each in made["tables"]] == ["item_l1"]


@pytest.mark.parametrize("number", [1, 9])
def test_below_the_threshold_every_table_is_withheld(number: int) -> None:
    made = release([parent("primary", o1="Great help")] * number)
    assert {each["status"] for each in made["tables"]} == {"withheld"}
    assert all(not each["rows"] for each in made["tables"])
    assert not any("were asked" in each["base_note"] for each in made["tables"])


def test_hidden_phases_give_one_reason_between_them() -> None:
    # A row that only hides the other says no more than that one: which is which stays open.
    people = [parent("primary"), *[parent("post_16")] * 10, *[parent("secondary")] * 30]
    made = release(people)
    for name in ("index", "anchor_by_phase"):
        rows = [row for row in table(made, name)["rows"] if row["status"] == "not_published"]
        assert len(rows) > 1
        assert rows[0]["group"] == "Primary"
        assert len({row["reason"] for row in rows}) == 1
        assert all(row["base"] is None and row["value"] is None for row in rows)
    assert table(made, "mix_primary")["status"] == "withheld"


def test_where_hiding_one_phase_hides_nothing_all_are_hidden() -> None:
    made = release([*[parent("primary")] * 3, *[parent("secondary")] * 30])
    assert list(shown(made, "index")) == ["All phases"]
    assert table(made, "anchor_by_phase")["status"] == "withheld"


def test_b29_people_without_a_phase_are_counted_in_the_total() -> None:
    placeless = {key: said for key, said in parent("primary").items() if key != "phase"}
    rows = shown(release([*[parent("primary")] * 12, *[placeless] * 10]), "index")
    assert rows["Phase not given"]["base"] == 10
    assert rows["All phases"]["base"] == 22


def test_equal_answers_have_no_interval() -> None:
    row = shown(release([parent("primary")] * 40), "index")["All phases"]
    assert (row["low"], row["high"]) == (None, None)
    assert "the same" in row["interval"]


@pytest.mark.parametrize(("others", "share"), [(0, 100), (4, None), (5, 80)])
def test_a_count_from_1_to_4_hides_the_anchors_share(others: int, share: int | None) -> None:
    made = release([*[parent("primary")] * 20, *[parent("primary", c10="1")] * others])
    row = shown(made, "anchor")["All mainstream parents"]
    assert (row["base"], row["value"]) == (20 + others, share)
    assert ("value" in row["hidden"]) == (share is None)


def test_brothers_and_sisters_who_answer_alike_make_the_anchors_interval_wider() -> None:
    people = [*[parent("primary")] * 40, *[parent("primary", c10="1")] * 20]
    alone = shown(release(people), "anchor")["All mainstream parents"]
    pairs = [number // 2 for number in range(60)]
    alike = shown(release(people, households=pairs), "anchor")["All mainstream parents"]
    # Pairs who answer as one count as 30: Wilson's limits of 20 in 30, and of 40 in 60.
    assert (alone["low"], alone["high"], alone["interval"]) == (54, 77, "Wilson")
    assert (alike["low"], alike["high"], alike["interval"]) == (49, 81, "Wilson by household")


def test_hidden_phases_of_the_anchor_must_together_hold_no_small_count() -> None:
    # Early years and post-16 together would be 13 who agree and 2 who do not.
    sizes = {"early_years": (5, 0), "post_16": (8, 2), "primary": (10, 10), "secondary": (15, 15)}
    people = [
        parent(phase, c10=said)
        for phase, counts in sizes.items()
        for said, count in zip(("5", "1"), counts, strict=True)
        for _ in range(count)
    ]
    rows = shown(release(people), "anchor_by_phase").values()
    assert len([row for row in rows if row["value"] is not None]) <= 1


def test_a_few_dissenters_in_one_phase_hide_the_shares_and_not_the_bases() -> None:
    agreeing = [parent(phase) for phase in ("primary", "secondary") for _ in range(30)]
    others = [parent(phase, c10="1") for phase in ["primary"] * 3 + ["secondary"] * 10]
    made = release([*agreeing, *others])
    assert table(made, "anchor")["status"] == "published"
    for row in shown(made, "anchor_by_phase").values():
        assert row["base"] in {33, 40}
        assert row["value"] is None
        assert row["hidden"] == ["value", "low", "high", "interval"]


def test_a_few_dont_knows_withhold_the_base_that_holds_them() -> None:
    made = release([*[parent("primary")] * 20, *[parent("primary", c10="dk")] * 3])
    assert table(made, "anchor")["status"] == "published"
    assert table(made, "anchor_with_dont_know")["status"] == "withheld"
    rows = shown(made, "item_c10")
    assert "Don't know" not in rows
    assert {row["with_dont_know"] for row in rows.values()} == {None}
    assert "with_dont_know" in rows["Agree"]["hidden"]


def test_a_few_unsure_parents_outside_mainstream_do_not_follow() -> None:
    rated = [*[parent("primary")] * 20, *[parent("primary", "special")] * 10]
    unsure = [parent("primary", c10="dk")] * 5
    few = [parent("primary", "special", c10="dk")] * 2
    both = "Don't know"
    made = release([*rated, *unsure])
    assert shown(made, "item_c10")[both]["count"] == 5
    assert table(made, "anchor_with_dont_know")["status"] == "published"
    made = release([*rated, *unsure, *few])
    hidden = both not in shown(made, "item_c10")
    assert hidden or table(made, "anchor_with_dont_know")["status"] == "withheld"


def test_a_few_unsure_people_are_not_shown_beside_an_index() -> None:
    for unsure, share in ((0, 0), (4, None), (20, 4)):
        made = release([*[parent("primary")] * 20, *[parent("primary", c1="dk")] * unsure])
        assert shown(made, "index")["All phases"]["dont_know"] == share


def test_a_question_is_shown_on_every_base() -> None:
    said = [*["5"] * 10, *["3"] * 10, *["dk"] * 5, *["skip"] * 5]
    made = release([parent("primary", l1=one) for one in said])
    rows = shown(made, "item_l1")
    top = rows["Agree or strongly agree"]
    assert (top["count"], top["value"]) == (10, 33)
    assert (top["of_answered"], top["with_dont_know"]) == (50, 40)
    assert rows["Skipped"]["of_answered"] is None
    assert rows["Don't know"]["with_dont_know"] == 20


def test_a_question_warns_of_a_low_base_and_of_many_who_do_not_know() -> None:
    said = [*["5"] * 20, *["dk"] * 5]
    note = table(release([parent("primary", l1=one) for one in said]), "item_l1")["base_note"]
    assert note.startswith("25 people were asked. 20 answered.")
    assert "Low base" in note
    assert "a finding of its own" in note
    plain = table(release([parent("primary")] * 40), "item_l1")["base_note"]
    assert plain == "40 people were asked. 40 answered."


def test_b20_boxes_are_shares_of_those_who_answered() -> None:
    people: list[Said] = [{"boxes": one} for one in ("a", "", "skip") for _ in range(10)]
    made = release([*people, {}], BOXES)
    rows = shown(made, "item_boxes")
    assert (rows["A"]["count"], rows["A"]["of_answered"]) == (10, 50)
    assert (rows["B"]["count"], rows["B"]["of_answered"]) == (0, 0)
    assert table(made, "item_boxes")["base_note"].startswith("30 people were asked. 20 answered.")


def test_a_box_that_all_but_a_few_ticked_is_not_shown() -> None:
    people: list[Said] = [*[{"boxes": "a"}] * 20, *[{"boxes": ""}] * 3]
    assert next(iter(shown(release(people, BOXES), "item_boxes"))) == "B"


def test_comments_have_a_score_by_phase() -> None:
    glad = [parent(phase, o1="Great help") for phase in ("primary", "post_16")] * 10
    made = release([*glad, *[parent("primary", o1="Szkoła jest okropna")] * 5])
    rows = shown(made, "sentiment")
    assert (rows["All phases"]["base"], rows["Primary"]["base"]) == (20, 10)
    assert rows["All phases"]["value"] == 0.8
    assert "TextBlob" in table(made, "sentiment")["base_note"]


def test_b31_what_could_not_be_read_is_counted_as_not_scored() -> None:
    people: list[Said] = [*[{"o1": "Great help", "o2": "EHCP"}] * 15, {"o1": " "}, {"o1": "skip"}]
    made = release(people, COMMENTS)
    counts = {group: row["count"] for group, row in shown(made, "sentiment_labels").items()}
    assert counts == {"Positive": 15, "Neutral": 0, "Negative": 0, "Not scored": 15}
    assert "30 comments, read by TextBlob" in table(made, "sentiment_labels")["base_note"]
    assert "machine's guess" in table(made, "sentiment_labels")["title"]


def test_a_few_people_behind_many_comments_hide_their_label() -> None:
    glad: Said = {"o1": "Great help", "o2": "Great help"}
    sad: Said = {"o1": "Terrible", "o2": "Terrible"}
    made = release([*[glad] * 20, *[sad] * 3], COMMENTS)
    rows = shown(made, "sentiment_labels")
    assert "Negative" not in rows
    assert len(rows) < 3


def test_the_mix_stands_beside_each_index() -> None:
    made = release([*[parent("primary")] * 15, *[parent("primary", "special")] * 5])
    assert {group: row["value"] for group, row in shown(made, "mix_primary").items()} == {
        "Mainstream, SEN support": 75,
        "Special, SEN support": 25,
    }

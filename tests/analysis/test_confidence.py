"""The index counts only what was rated, reverses once, and asks for enough answers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.confidence import (
    anchor_item,
    dont_know_share,
    in_mainstream,
    index_items,
    item_scores,
    person_indexes,
    top_two,
)
from analysis.frames import as_frames
from surveys.model import Questionnaire
from tests.analysis.families import SKIP, Family, Said, answered, frames, item, survey
from tests.builders import rating

FOURTEEN = survey(*(item(f"c{number}", f"topic {number % 8}") for number in range(1, 15)))
"""Fourteen items on eight topics, as the parental confidence questionnaire has."""

SAID = st.sampled_from(["1", "2", "3", "4", "5", "dk", "na", SKIP, None])


def rated(count: int, *, then: Said | None = SKIP) -> Family:
    """The first `count` items rated 4; the others said `then`, or not asked."""
    said: dict[str, Said] = {f"c{number}": "4" for number in range(1, count + 1)}
    if then is not None:
        said |= {f"c{number}": then for number in range(count + 1, 15)}
    return said


def index_of(asked: Questionnaire, family: Family, *, finished: bool = True) -> float | None:
    found = person_indexes(frames(asked, [family], finished=finished)).dropna()
    return None if found.empty else float(found.iloc[0])


def test_ratings_score_from_0_to_100() -> None:
    found = frames(survey(item("c1")), [{"c1": str(one)} for one in range(1, 6)])
    assert list(item_scores(found)["c1"]) == [0, 25, 50, 75, 100]


def test_b33_a_reversed_item_is_reversed_once_however_often_it_is_scored() -> None:
    asked = survey(item("c1"), item("c2"), item("c3"), item("c4", reverse=True))
    found = frames(asked, [{"c1": "4", "c2": "4", "c3": "4", "c4": "2"}])
    for _ in range(2):
        assert item_scores(found).to_numpy().mean() / 25 + 1 == 4.0
        assert person_indexes(found).iloc[0] == 75.0
    assert found.scores["c4"].iloc[0] == 2
    assert found.given["c4"].iloc[0] == "2"


@pytest.mark.parametrize("nothing", [SKIP, "dk"])
def test_ten_of_fourteen_ratings_are_enough_and_nine_are_not(nothing: Said) -> None:
    assert index_of(FOURTEEN, rated(10, then=nothing)) == 75.0
    assert index_of(FOURTEEN, rated(9, then=nothing)) is None


def test_items_that_do_not_apply_lower_what_is_needed() -> None:
    # Ten apply: 7 are needed, and 7 items of 7 topics are rated.
    said = {**rated(7), **{f"c{number}": "na" for number in range(11, 15)}}
    assert index_of(FOURTEEN, said) == 75.0
    assert index_of(FOURTEEN, {**said, "c7": SKIP}) is None


def test_enough_topics_are_needed_too() -> None:
    topics = "aaaaabbcdefghh"
    asked = survey(*(item(f"c{n}", topic) for n, topic in enumerate(topics, start=1)))
    ten_of_five_topics = rated(10)
    ten_of_six_topics = {**ten_of_five_topics, "c1": SKIP, "c11": "4"}
    assert index_of(asked, ten_of_five_topics) is None
    assert index_of(asked, ten_of_six_topics) == 75.0


def test_somebody_who_stopped_counts_if_they_said_enough() -> None:
    assert index_of(FOURTEEN, rated(10, then=None), finished=False) == 75.0
    assert index_of(FOURTEEN, rated(2, then=None), finished=False) is None


def test_a_question_passed_by_on_a_finished_route_is_not_needed() -> None:
    assert index_of(FOURTEEN, rated(7, then=None)) == 75.0


def test_nobody_is_scored_for_ratings_of_nothing() -> None:
    assert index_of(FOURTEEN, {f"c{number}": "na" for number in range(1, 15)}) is None
    assert person_indexes(frames(FOURTEEN, [])).empty


def test_b13_dont_know_moves_no_index() -> None:
    asked = survey(*(item(f"c{number}") for number in range(1, 5)))
    assert index_of(asked, {"c1": "5", "c2": "4", "c3": "dk", "c4": "4"}) == pytest.approx(250 / 3)


def test_a_round_asks_the_items_of_its_own_moment() -> None:
    both = [replace(item(key), moment=key) for key in ("before", "after", "both")]
    asked = survey(*both, item("always"))
    found = as_frames(asked, *answered(asked, [{}]), "after")
    assert [each.key for each in index_items(found)] == ["after", "both", "always"]


def test_units_and_resourced_provision_count_as_mainstream() -> None:
    settings = ["mainstream", "unit_or_arp", "special", "home", None]
    said: list[Family] = [{"setting": one} if one else {} for one in settings]
    assert list(in_mainstream(frames(FOURTEEN, said))) == [True, True, False, False, False]


def test_top_two_counts_agree_and_strongly_agree_of_those_who_rated() -> None:
    found = frames(FOURTEEN, [{"c1": one} for one in ("5", "4", "3", "dk", "na", SKIP)])
    share = top_two(found.scores["c1"])
    assert (share.count, share.base) == (2, 3)


def test_dont_know_is_a_share_of_answers() -> None:
    found = frames(survey(item("c1"), item("c2")), [{"c1": "dk", "c2": "4"}, {"c1": SKIP}])
    assert dont_know_share(found, ["r000", "r001"]) == 50
    assert dont_know_share(found, ["r001"]) is None


def test_the_anchor_is_the_question_marked_so() -> None:
    anchored = survey(item("c1"), item("c2", anchor=True))
    found = anchor_item(frames(anchored, []))
    assert found is not None
    assert found.key == "c2"
    assert anchor_item(frames(survey(rating("l1")), [])) is None


@given(st.lists(st.lists(SAID, min_size=14, max_size=14), max_size=6))
def test_indexes_are_0_to_100_and_do_not_depend_on_the_order_of_rows(
    said: list[list[Said | None]],
) -> None:
    families = [
        {f"c{number}": one for number, one in enumerate(family, start=1) if one is not None}
        for family in said
    ]
    responses, answers = answered(FOURTEEN, families)
    indexes = person_indexes(as_frames(FOURTEEN, responses, answers))
    assert indexes.dropna().between(0, 100).all()
    again = person_indexes(as_frames(FOURTEEN, responses[::-1], answers[::-1]))
    assert indexes.equals(again)

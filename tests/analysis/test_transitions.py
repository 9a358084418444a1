"""A move compares the same children on the same questions, and loses nobody."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.change import Design, Verdict
from analysis.confidence import Share
from analysis.frames import Answers
from analysis.mean_difference import paired
from analysis.transitions import NOTHING_SHARED, moves_made, transitions
from surveys.catalogue import shipped
from surveys.model import Question
from tests.analysis.answers import Said, confidence, form, parent, rating
from tests.analysis.linked import linked

UP = ("primary", "secondary")


def at(moment: str, *keys: str, reverse: bool = False) -> list[Question]:
    return [replace(rating(key, reverse=reverse), moment=moment) for key in keys]


def profile() -> Question:
    return next(q for q in confidence().questions if q.key == "phase")


MOVE = form(
    profile(), *at("before", "q1"), *at("both", "q2"), *at("both", "q3", reverse=True),
    *at("after", "q4"),
)  # fmt: skip


def rounds() -> tuple[Answers, Answers]:
    early: list[Said] = [
        {"phase": "primary", "q1": "5", "q2": "2", "q3": "4"},
        {"phase": "primary", "q1": "4", "q2": "3", "q3": "3"},
        {"phase": "primary", "q1": "1", "q2": "dk", "q3": "5"},
        {"phase": "primary", "q1": "1", "q2": "1", "q3": "1"},
        {"q1": "1", "q2": "1", "q3": "1"},
        {"phase": "early_years", "q1": "1", "q2": "1", "q3": "1"},
        {"phase": "primary", "q1": "1", "q2": "1", "q3": "1"},
        {"phase": "primary", "q1": "1", "q2": "1", "q3": "1"},
    ]
    late: list[Said] = [
        {"phase": "secondary", "q2": "4", "q3": "2", "q4": "5"},
        {"phase": "secondary", "q2": "4", "q3": "3", "q4": "dk"},
        {"phase": "secondary", "q2": "5", "q3": "1", "q4": "4"},
        {"phase": "primary", "q2": "1", "q3": "1", "q4": "1"},
        {"phase": "secondary", "q2": "1", "q3": "1", "q4": "1"},
        {"phase": "primary", "q2": "1", "q3": "1", "q4": "1"},
        {"phase": "secondary", "q2": "1", "q3": "1", "q4": "1"},
    ]
    before = linked(MOVE, early, [*"abcdefg", None], moment="before")
    return before, linked(MOVE, late, [*"abcdef", "z"], moment="after")


def test_by_hand() -> None:
    found = transitions(*rounds(), [UP])
    (move,) = found.moves
    assert (move.phases, move.pairs, move.compared_on) == (UP, 3, ("q2", "q3"))
    # a: (25 + 25) / 2 = 25, then (75 + 75) / 2 = 75. b: 50, then (75 + 50) / 2 = 62.5.
    # c rated one of two questions before the move: no index, both counted and named.
    assert move.change.before.figure == pytest.approx(37.5)
    assert move.change.after.figure == pytest.approx(68.75)
    assert move.change.difference == paired(pd.Series([50.0, 12.5]), None, 100)
    assert (move.change.pairs, move.without_index) == (2, 1)
    assert (move.change.before.without_value, move.change.after.without_value) == (1, 0)
    assert move.change.after.left_out == 1
    assert move.change.design is Design.PAIRED


def test_items_are_of_who_rated_twice_or_stand_alone() -> None:
    (move,) = transitions(*rounds(), [UP]).moves
    items = {item.key: item for item in move.items}
    assert list(items) == ["q1", "q2", "q3", "q4"]
    assert (items["q1"].before, items["q1"].after) == (Share(2, 3), None)
    assert (items["q2"].before, items["q2"].after) == (Share(0, 2), Share(2, 2))
    assert (items["q3"].before, items["q3"].after) == (Share(2, 3), Share(0, 3))
    assert (items["q4"].before, items["q4"].after) == (None, Share(2, 2))
    assert [item.comparable for item in move.items] == [False, True, True, False]
    assert items["q3"].reverse


def test_everybody_else_is_counted() -> None:
    before, after = rounds()
    found = transitions(before, after, [UP])
    assert (found.stayed, found.other_moves, found.phase_not_given) == (1, 1, 1)
    assert (found.only_before, found.only_after) == (2, 1)
    assert found.moves[0].pairs + 3 + found.only_before == len(before.people)
    assert moves_made(before, after) == {UP: 3, ("early_years", "primary"): 1}


def test_a_move_nobody_made_is_not_available() -> None:
    (move,) = transitions(*rounds(), [("secondary", "post_16")]).moves
    assert (move.pairs, move.change.verdict) == (0, Verdict.NOT_AVAILABLE)


def test_different_questions_are_never_compared() -> None:
    only = form(profile(), *at("before", "q1"), *at("after", "q4"))
    before = linked(only, [{"phase": "primary", "q1": "1"}], ["a"], moment="before")
    after = linked(only, [{"phase": "secondary", "q4": "5"}], ["a"], moment="after")
    (move,) = transitions(before, after, [UP]).moves
    assert (move.change.verdict, move.change.reason) == (Verdict.NOT_COMPARABLE, NOTHING_SHARED)
    assert (move.change.difference.value, move.compared_on, move.pairs) == (None, (), 1)
    assert [(item.before, item.after) for item in move.items] == [
        (Share(0, 1), None), (None, Share(1, 1)),
    ]  # fmt: skip


def test_a_year_7_move_is_compared_on_what_is_asked_twice() -> None:
    year_7 = next(each for each in shipped() if each.key == "transition_y6_y7")
    before = linked(year_7, [{"phase": "primary", "b9": "2"}], ["a"], moment="before")
    after = linked(year_7, [{"phase": "secondary", "b9": "4"}], ["a"], moment="after")
    (move,) = transitions(before, after, [UP]).moves
    assert move.compared_on == ("b9",)
    assert (move.change.before.figure, move.change.after.figure) == (25.0, 75.0)


def test_moves_are_one_family_of_tests() -> None:
    old = [parent("primary", rate="2134"[n % 4]) for n in range(12)]
    old += [parent("early_years", rate="2134"[n % 4]) for n in range(12)]
    new = [parent("secondary", rate="3254"[n % 4]) for n in range(12)]
    new += [parent("primary", rate="3254"[n % 4]) for n in range(12)]
    series: list[str | None] = [f"s{n}" for n in range(24)]
    before, after = linked(confidence(), old, series), linked(confidence(), new, series)
    found = transitions(before, after, [UP, ("early_years", "primary")])
    for move in found.moves:
        assert len(move.compared_on) == 14
        assert move.change.p_holm == pytest.approx(2 * (move.change.difference.p_value or 0))


def test_nobody_in_both_rounds_is_no_crash() -> None:
    before, after = rounds()
    apart = replace(after, people=after.people.assign(series=None))
    found = transitions(before, apart, [UP])
    assert (found.moves[0].pairs, found.only_before, found.only_after) == (0, 8, 7)
    assert moves_made(before, apart) == {}

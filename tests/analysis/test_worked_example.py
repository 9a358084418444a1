"""docs/WORKED_EXAMPLE.md is true: each figure "by the program" is what the program gives."""

import pytest

from tests.analysis.worked_figures import SECTIONS, cell_weights, form, questions
from tests.analysis.worked_page import HAND, Figure, near, page, printed, same, sums


def test_every_table_of_figures_is_checked() -> None:
    assert set(printed()) == set(SECTIONS)


@pytest.mark.parametrize("heading", SECTIONS)
def test_the_page_prints_what_the_program_gives(heading: str) -> None:
    shown, given = printed()[heading], SECTIONS[heading]()
    assert list(shown.keys() ^ given.keys()) == []
    wrong = {
        label: (program, given[label])
        for label, (_, program) in shown.items()
        if not same(program, given[label])
    }
    assert wrong == {}


def test_what_is_by_hand_is_what_the_program_gives() -> None:
    apart = [
        (heading, label, hand, program)
        for heading, rows in printed().items()
        for label, (hand, program) in rows.items()
        if hand != program
    ]
    assert apart == []


def test_the_sums_come_to_what_stands_beside_them() -> None:
    rows = [row for tables in page().values() for table in tables for row in table if HAND in row]
    worked = [(row, each) for row in rows for each in sums([*row.values()][-3])]
    assert len(worked) > 100
    assert [row for row, each in worked if not near(row[HAND], each)] == []


def test_the_questions_are_the_shipped_ones() -> None:
    for row in questions():
        question = form().question(row["question"])
        assert question
        assert question.index
        assert question.construct == row["topic"]
        assert question.reverse is (row["reversed"] == "yes")
        assert question.anchor is (row["anchor"] == "yes")


def test_two_passes_are_within_a_thousandth_of_where_raking_ends() -> None:
    (row,) = page()["Raking"][1]
    by_hand = {cell: float(weight) for cell, weight in row.items() if cell}
    assert by_hand == pytest.approx(cell_weights(), abs=0.001)


@pytest.mark.parametrize(
    ("shown", "figure", "right"),
    [
        ("38.46%", 38.4615, True),
        ("38.47%", 38.4615, False),
        ("\N{MINUS SIGN}9.20", -9.2, True),
        ("9.20", -9.2, False),
        ("none", None, True),
        ("0.00", None, False),
        ("higher", "lower", False),
        ("", 0.0, False),
    ],
)
def test_a_digit_that_differs_is_seen(shown: str, figure: Figure, *, right: bool) -> None:
    assert same(shown, figure) is right

"""Numbers and dates are read strictly: a figure that could be two things is neither."""

from datetime import date

import pytest

from surveys.figures import has_fraction, read_count, read_date, read_number


@pytest.mark.parametrize("text", ["4", "4.", "4)", "(4)", "#4", "4!", "04", " ٤ ", "4️⃣"])
def test_a_lone_figure_is_a_count(text: str) -> None:
    assert read_count(text) == 4


@pytest.mark.parametrize(
    "text", ["-4", "−4", "4?", "4%", "4.0", "4/5", "4 5", "4²", "½", "four", "", "4" * 10, " " * 65]
)
def test_anything_else_is_no_count(text: str) -> None:
    assert read_count(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", "7"),
        ("007", "7"),
        ("1,200", "1200"),
        ("12,345,678", "12345678"),
        ("3.50", "3.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-3", "-3"),
        ("−0.0", "0"),
        ("+2", "2"),
        ("١٬٢٠٠٫٥", "1200.5"),
        ("１，２００．５", "1200.5"),
        ("999999999999999", "999999999999999"),
    ],
)
def test_numbers_are_read_in_any_script(text: str, number: str) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    ["3,5", "12,34", "1,2000", "1 200", "£5", "5 or 6", "1e3", ".", "-", "", "9" * 16, " " * 65],
)
def test_what_is_not_plainly_a_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_figures_after_the_point_make_a_fraction() -> None:
    assert has_fraction("3.0")
    assert has_fraction("٣٫٥")
    assert not has_fraction("1,200")
    assert not has_fraction("3.")


@pytest.mark.parametrize(
    "text",
    [
        "25/11/2026",
        "25-11-2026",
        "25.11.2026",
        "25 / 11 / 2026",
        "٢٥/١١/٢٠٢٦",
        "2026-11-25",
        "25 November 2026",
        "25 nov 2026",
        "25th Nov. 2026",
    ],
)
def test_dates_are_read_as_people_in_england_write_them(text: str) -> None:
    assert read_date(text) == date(2026, 11, 25)


def test_september_has_two_short_names_and_may_one() -> None:
    assert read_date("1 sep 2026") == read_date("1 Sept 2026") == date(2026, 9, 1)
    assert read_date("1 May 2026") == date(2026, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "25/11/26",
        "11/25/2026",
        "31/02/2026",
        "25/11-2026",
        "2026-02-30",
        "25 Brumaire 2026",
        "1/1/0226",
        "1/1/2101",
        "yesterday",
        "",
        "1/1/2026" + " " * 60,
    ],
)
def test_a_date_that_is_unclear_or_impossible_is_none(text: str) -> None:
    assert read_date(text) is None

"""B27: periods are ordered by what they mean, never by arithmetic on their labels."""

import pytest

from analysis.indicators.periods import ordered_periods, parse_period, period_words


def test_b27_the_previous_academic_year_is_the_one_before_in_order() -> None:
    labels = ("202425", "202223", "202324", "202324")
    periods = ordered_periods((one, "Academic year") for one in labels)
    assert [period.words for period in periods] == ["2022/23", "2023/24", "2024/25"]
    assert [period.native for period in periods] == ["202223", "202324", "202425"]


def test_calendar_years_are_shown_as_they_are() -> None:
    assert parse_period("2024", "Calendar year").words == "2024"


def test_the_turn_of_the_century_is_a_year_like_any_other() -> None:
    assert parse_period("199900", "Academic year").words == "1999/00"


@pytest.mark.parametrize(
    ("native", "kind"),
    [
        ("0", "Calendar year"),
        ("202425", "Calendar year"),
        ("2024", "Academic year"),
        ("202426", "Academic year"),
        ("202423", "Financial year"),
        ("2024 (prov)", "Calendar year"),
        ("2021-23", "Academic year"),
        ("28", "Week 28"),
        ("", "Calendar year"),
    ],
)
def test_a_label_that_does_not_fit_its_kind_is_refused(native: str, kind: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        parse_period(native, kind)
    assert period_words(native, kind) == native


def test_kinds_of_period_have_no_order_between_them() -> None:
    with pytest.raises(ValueError, match="different kinds"):
        ordered_periods([("2024", "Calendar year"), ("202425", "Academic year")])

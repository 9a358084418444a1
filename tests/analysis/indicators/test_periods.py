"""B27: periods are ordered by what they mean, never by arithmetic on their labels."""

import pytest

from analysis.indicators.periods import (
    PeriodKind,
    Standing,
    latest_and_previous,
    ordered_periods,
    parse_period,
    period_words,
)


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
        ("2024 (draft)", "Calendar year"),
        ("2024-25", "Calendar year"),
        ("0", "Academic year ending"),
        ("2024/25", "Academic year ending"),
        ("45673", "Calendar year"),
        ("60", "Census day"),
        ("31/02/2025", "Census day"),
        ("2024", "Window of years"),
        ("2023-21", "Window of years"),
        ("2013/15-15/16", "Window of years"),
        ("2020", "Week 0"),
        ("2020", "Week 54"),
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


@pytest.mark.parametrize(
    ("native", "kind", "words", "read_as"),
    [
        ("2024", "Calendar year", "2024", PeriodKind.CALENDAR),
        ("2024", "Academic year ending", "2023/24", PeriodKind.ACADEMIC),
        ("2000", "Financial year ending", "1999/00", PeriodKind.FINANCIAL),
        ("2024 (Rev)", "Calendar year", "2024 (revised)", PeriodKind.CALENDAR),
        ("2024 (Final)", "Calendar year", "2024 (final)", PeriodKind.CALENDAR),
        ("2024 (prov)", "Academic year ending", "2023/24 (provisional)", PeriodKind.ACADEMIC),
        ("2021-23", "Window of years", "2021 to 2023 (3 years together)", PeriodKind.WINDOW),
        ("2016-17", "Financial year", "2016/17", PeriodKind.FINANCIAL),
        ("2016-17 (OT)", "Financial year", "2016/17 (outturn)", PeriodKind.FINANCIAL),
        ("2015/16", "Academic year", "2015/16", PeriodKind.ACADEMIC),
        (
            "2013/14-15/16",
            "Window of years",
            "2013/14 to 2015/16 (3 years together)",
            PeriodKind.SPLIT_WINDOW,
        ),
        ("2025", "January census", "January 2025", PeriodKind.CENSUS_DAY),
        ("45673", "Census day", "16 January 2025", PeriodKind.CENSUS_DAY),
        ("2025-01-16", "Census day", "16 January 2025", PeriodKind.CENSUS_DAY),
        ("16/1/2025", "January census", "16 January 2025", PeriodKind.CENSUS_DAY),
        ("2020", "Week 42", "week 42 of 2020", PeriodKind.WEEK),
    ],
)
def test_each_shape_of_label_is_read_as_its_kind(
    native: str, kind: str, words: str, read_as: PeriodKind
) -> None:
    period = parse_period(native, kind)
    assert (period.words, period.kind, period.native) == (words, read_as, native)


def test_one_academic_year_is_one_time_however_it_is_labelled() -> None:
    labels = [("202425", "Academic year"), ("2024/25", "Academic year")]
    assert (
        len({parse_period(*one).time for one in (*labels, ("2025", "Academic year ending"))}) == 1
    )


def test_b27_the_latest_and_its_previous_are_by_order() -> None:
    labels = [(one, "Academic year") for one in ("202223", "202425", "202324")]
    latest, previous = latest_and_previous(labels)
    assert latest
    assert previous
    assert (latest.words, previous.words) == ("2024/25", "2023/24")
    assert latest_and_previous(labels[:1])[1] is None
    assert latest_and_previous([]) == (None, None)


def test_b27_a_revised_figure_stands_for_the_provisional_one_and_is_marked() -> None:
    labels = [(one, "Calendar year") for one in ("2024 (Rev)", "2023", "2024 (prov)")]
    for order in (labels, labels[::-1]):
        periods = ordered_periods(order)
        assert [one.words for one in periods] == ["2023", "2024 (revised)"]
        assert periods[-1].standing is Standing.REVISED


@pytest.mark.parametrize("other", [("2023", "Calendar year"), ("2021-22", "Window of years")])
def test_b27_a_window_is_never_set_beside_another_length_of_time(other: tuple[str, str]) -> None:
    windows = [("2022-24", "Window of years"), ("2021-23", "Window of years")]
    assert [one.native for one in ordered_periods(windows)] == ["2021-23", "2022-24"]
    with pytest.raises(ValueError, match=r"different kinds .*Window of calendar years \(3 years\)"):
        ordered_periods([*windows, other])
    with pytest.raises(ValueError, match="different kinds"):
        sorted([parse_period(*windows[0]), parse_period(*other)])


def test_b27_weeks_are_in_order_of_the_year_and_not_of_the_number() -> None:
    weeks = [("2021", "Week 3"), ("2020", "Week 42"), ("2020", "Week 9")]
    words = [one.words for one in ordered_periods(weeks)]
    assert words == ["week 9 of 2020", "week 42 of 2020", "week 3 of 2021"]
    with pytest.raises(ValueError, match="different kinds"):
        ordered_periods([("2020", "Week 28"), ("2020", "Calendar year")])

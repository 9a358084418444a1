"""What an import would change is told figure by figure before anything is kept."""

from dataclasses import replace

import pytest

from analysis.indicators.changes import Kind, changes, in_order
from surveys.records import IndicatorValue, Missing

FIGURE = IndicatorValue(
    series="M6.issued_20_weeks",
    measure="M6",
    area_code="E06000099",
    area_name="Moorside",
    area_level="Local authority",
    period="2024",
    period_kind="Calendar year",
    unit="percent",
    value=50.0,
    missing=None,
    numerator=30.0,
    denominator=60.0,
)


def test_a_figure_of_another_period_area_or_series_is_new() -> None:
    others = (
        replace(FIGURE, period="2023"),
        replace(FIGURE, area_code="E06000098"),
        replace(FIGURE, series="M5.requests"),
        replace(FIGURE, period_kind="Reporting year"),
    )
    assert [one.kind for one in changes([FIGURE], others)] == [Kind.NEW]


def test_the_same_figure_under_a_new_spelling_of_its_area_is_the_same() -> None:
    [found] = changes([FIGURE], [replace(FIGURE, area_name="Moor Side")])
    assert found.kind is Kind.SAME


@pytest.mark.parametrize(
    "before",
    [
        replace(FIGURE, value=49.0),
        replace(FIGURE, value=None, missing=Missing.SUPPRESSED),
        replace(FIGURE, denominator=61.0),
        replace(FIGURE, note="provisional"),
    ],
)
def test_another_value_reason_base_or_note_is_a_revision_of_the_old_one(
    before: IndicatorValue,
) -> None:
    [found] = changes([FIGURE], [before])
    assert (found.kind, found.before, found.value) == (Kind.REVISED, before, FIGURE)


def test_changes_are_listed_from_england_down_and_oldest_first() -> None:
    figures = [
        FIGURE,
        replace(FIGURE, period="2023"),
        replace(FIGURE, area_level="National", area_code="E92000001"),
        replace(FIGURE, area_level="Regional", area_code="E12000001"),
    ]
    listed = [(one.value.area_code, one.value.period) for one in in_order(changes(figures, ()))]
    assert listed == [
        ("E92000001", "2024"),
        ("E12000001", "2024"),
        ("E06000099", "2023"),
        ("E06000099", "2024"),
    ]

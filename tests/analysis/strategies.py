"""Strategies, figures and releases for the tests of the view."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from analysis.indicators import read_indicators
from analysis.strategy import Strategy
from analysis.strategy.model import Baseline, Measure, Target
from surveys.records import IndicatorSource, IndicatorValue, Missing, StoredIndicator
from tests.analysis.indicators.files import FIGURES

NOW = datetime(2025, 11, 25, 9, 0, tzinfo=UTC)
SOURCE = IndicatorSource("moor.csv", "ab" * 32, "ees/x", "utf-8", "Publisher", "Title")


def shipped_figures() -> tuple[StoredIndicator, ...]:
    return tuple(_stored())


def _stored() -> Iterator[StoredIndicator]:
    for path in sorted(FIGURES.glob("*.csv")):
        report = read_indicators(path.read_bytes(), path.name, "E06000003")
        for value in report.values:
            yield StoredIndicator(value, report.source, NOW)


def figure(period: str, value: float | None, **changes: Any) -> StoredIndicator:
    """A figure of M6 for the strategy's own council; suppressed where it has no value."""
    base = IndicatorValue(
        series="M6.issued_20_weeks",
        measure="M6",
        area_code="E06000003",
        area_name="Redcar and Cleveland",
        area_level="Local authority",
        period=period,
        period_kind="Calendar year",
        unit="percent",
        value=value,
        missing=Missing.SUPPRESSED if value is None else None,
    )
    return StoredIndicator(replace(base, **changes), SOURCE, NOW)


def aiming(strategy: Strategy, key: str, baseline: float | None, target: float | None) -> Strategy:
    """The strategy with a baseline and a Survive target for one measure."""

    def changed(measure: Measure) -> Measure:
        if measure.id != key:
            return measure
        targets = (Target("survive", target, ""), *measure.targets[1:])
        return replace(
            measure, baseline=Baseline(baseline, "2023/24", "", "None given."), targets=targets
        )

    return replace(strategy, measures=tuple(changed(one) for one in strategy.measures))

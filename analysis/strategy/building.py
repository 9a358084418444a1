"""From the strategy, imported figures and releases to the view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.indicators.definitions import Series, known_series
from analysis.indicators.periods import ordered_periods
from analysis.strategy.judging import change_between, latest_of, rag_of, survey_change
from analysis.strategy.model import Measure, Strategy
from analysis.strategy.survey import survey_view
from analysis.strategy.view_model import (
    Figure,
    MeasureView,
    PeriodRow,
    SeriesView,
    Source,
    StrategyView,
    SurveyView,
)
from surveys.records import StoredIndicator

ENGLAND = "E92000001"


def build_view(
    strategy: Strategy,
    indicators: Sequence[StoredIndicator],
    releases: Sequence[Mapping[str, Any]],
) -> StrategyView:
    """Set every measure beside the figures of the strategy's own council, region and England.

    `indicators` holds one figure a series, area and period (the one imported last);
    figures of other areas are not shown. `releases` are the current release of each
    round, newest round first.
    """
    shown = [one for one in indicators if one.value.area_code in _areas(strategy)]
    sources = _sources(shown)
    surveys = tuple(survey_view(release) for release in releases)
    return StrategyView(
        strategy=strategy,
        measures=tuple(
            _measure(one, strategy, _Material(shown, sources, surveys)) for one in strategy.measures
        ),
        surveys=surveys,
        sources=tuple(sources.values()),
        council=strategy.council,
        region=_name(shown, strategy.region, "its region"),
        demonstration=any(survey.demonstration for survey in surveys),
    )


def _areas(strategy: Strategy) -> tuple[str, str, str]:
    return (strategy.area, strategy.region, ENGLAND)


def _name(indicators: Sequence[StoredIndicator], code: str, otherwise: str) -> str:
    names = (one.value.area_name for one in indicators if one.value.area_code == code)
    return next(names, otherwise)


def _sources(indicators: Sequence[StoredIndicator]) -> dict[str, Source]:
    """The files the figures came from, by content, numbered in order of appearance."""
    sources: dict[str, Source] = {}
    for one in indicators:
        sources.setdefault(
            one.source.sha256,
            Source(
                number=len(sources) + 1,
                publisher=one.source.publisher,
                title=one.source.title,
                file_name=one.source.file_name,
                sha256=one.source.sha256,
                imported_on=one.imported_at.date(),
            ),
        )
    return sources


@dataclass(frozen=True)
class _Material:
    """What every measure is built from."""

    indicators: Sequence[StoredIndicator]
    sources: Mapping[str, Source]
    surveys: tuple[SurveyView, ...]


def _measure(measure: Measure, strategy: Strategy, material: _Material) -> MeasureView:
    views = tuple(_series(known_series()[one], strategy, material) for one in measure.series)
    shown = tuple(view for view in views if view.rows)
    surveys = tuple(one for one in material.surveys if measure.survey and one.measures_confidence)
    return MeasureView(
        measure=measure,
        series=shown,
        surveys=surveys,
        survey_change=survey_change(surveys),
        rag=rag_of(measure, strategy, latest_of(_judged(measure, views), surveys)),
        gap=_gap(measure, shown, surveys),
    )


def _judged(measure: Measure, views: tuple[SeriesView, ...]) -> tuple[SeriesView, ...]:
    """The series a target is held against: the measure's first, where the same way is good.

    Another one is not put in its place: it may be of another unit.
    """
    return tuple(view for view in views[:1] if view.series.good == measure.good)


def _gap(measure: Measure, shown: tuple[SeriesView, ...], surveys: tuple[SurveyView, ...]) -> str:
    if shown or surveys:
        return ""
    if measure.survey:
        return "No survey has been closed yet."
    if measure.series:
        return "No published figure has been imported yet."
    return "No figure can be shown yet."


def _series(series: Series, strategy: Strategy, material: _Material) -> SeriesView:
    here = [one for one in material.indicators if one.value.series == series.id]
    found = {
        (one.value.area_code, one.value.period): Figure(
            one.value, material.sources[one.source.sha256].number
        )
        for one in here
    }
    periods = ordered_periods((one.value.period, one.value.period_kind) for one in here)
    breaks = {one.start: one.why for one in series.breaks}
    rows = tuple(
        PeriodRow(
            words=period.words,
            unit=series.unit,
            own=found.get((strategy.area, period.native)),
            region=found.get((strategy.region, period.native)),
            england=found.get((ENGLAND, period.native)),
            breaks=breaks.get(period.native, "") if position else "",
        )
        for position, period in enumerate(periods)
    )
    return SeriesView(series, rows, change_between(rows))

"""The words of the page: what a view holds, as sentences and cells."""

from collections.abc import Mapping
from typing import Any

from analysis.strategy.model import Principle, Strategy
from analysis.strategy.view_model import Figure, MeasureView, PeriodRow, SeriesView, StrategyView
from analysis.strategy.wording import base_words, number_words, plain_number, value_words
from analysis.view.survey_words import proof_words


def glance_rows(view: StrategyView) -> tuple[Mapping[str, Any], ...]:
    """One row a figure for the table of all measures: a measure may have several."""
    return tuple(row for measure in view.measures for row in _glance(measure))


def _glance(one: MeasureView) -> list[Mapping[str, Any]]:
    common = {
        "id": one.measure.id,
        "good": one.measure.good.capitalize(),
        "rag": one.rag.words,
        "colour": one.rag.colour,
        "base": "",
        "england": "–",
        "change": "–",
        "source": None,
    }
    if one.series:
        return [{**common, **_glance_figures(one, series)} for series in one.series]
    return [{**common, "title": one.measure.text, "latest": one.gap, **_glance_survey(one)}]


def _glance_survey(one: MeasureView) -> dict[str, Any]:
    if not one.surveys:
        return {}
    newest = one.surveys[0]
    name = f"{newest.round_name} (demonstration)" if newest.demonstration else newest.round_name
    if newest.anchor is None:
        return {"latest": f"Not published, {name}"}
    return {
        "latest": f"{plain_number(newest.anchor.value)}%, {name}",
        "base": proof_words(newest.anchor),
        "change": one.survey_change.words if one.survey_change else "–",
    }


def _glance_figures(one: MeasureView, series: SeriesView) -> dict[str, Any]:
    latest = series.latest
    own = latest.own if latest else None
    several = len(one.series) > 1
    aimed = series.series.good != "none"
    return {
        "rag": one.rag.words if aimed else "–",
        "title": f"{one.measure.text}: {series.series.title}" if several else one.measure.text,
        "good": series.series.good.capitalize() if aimed else "No aim set",
        "latest": f"{value(own)}, {latest.words}" if latest else "No figure for the council",
        "base": base(own),
        "source": own.source if own else None,
        "england": value(latest.england) if latest else "–",
        "change": series.change.words,
    }


def value(figure: Figure | None) -> str:
    """A figure, or the words for why there is none."""
    return value_words(figure.value) if figure else "No figure"


def base(figure: Figure | None) -> str:
    """The base of a percentage; "" where there is none to show."""
    return base_words(figure.value) if figure and figure.value.value is not None else ""


def headline(series: SeriesView) -> str:
    """The latest figure in a sentence, with its base and period."""
    latest = series.latest
    if latest is None or latest.own is None:
        return "No figure for the council."
    own = latest.own
    if own.value.value is None:
        return f"{value(own)} for {latest.words}: {own.value.note or 'no figure is published.'}"
    share = f" ({base(own)})" if base(own) else ""
    return f"{value(own)}{share} in {latest.words}."


def notes(row: PeriodRow) -> str:
    """What a reader must know of this period's figures."""
    found = [f"The way of counting changed. {row.breaks}"] if row.breaks else []
    figures = [figure.value for figure in (row.own, row.region, row.england) if figure]
    for note in dict.fromkeys(one.note for one in figures if one.note):
        about = [one.area_name for one in figures if one.note == note]
        found.append(note if len(about) == len(figures) else f"{', '.join(about)}: {note}")
    return " ".join(found)


def target_words(strategy: Strategy, one: MeasureView) -> str:
    """The targets by horizon, or the reason there are none."""
    reasons = {target.reason for target in one.measure.targets}
    if all(target.value is None for target in one.measure.targets) and len(reasons) == 1:
        return f"None: {reasons.pop()}"
    unit = one.series[0].series.unit if one.series else ""
    return "; ".join(
        f"{strategy.horizon_names[target.horizon]}: "
        + (number_words(target.value, unit) if target.value is not None else target.reason)
        for target in one.measure.targets
    )


def source_words(view: StrategyView, series: SeriesView) -> str:
    """The files a series came from."""
    numbers = {
        figure.source
        for row in series.rows
        for figure in (row.own, row.region, row.england)
        if figure
    }
    used = [view.sources[number - 1] for number in sorted(numbers)]
    return " ".join(f"{one.publisher}, {one.title} ({one.file_name})." for one in used)


def actions_of(strategy: Strategy, principle: Principle) -> str:
    """The actions the strategy itself puts under a principle."""
    return ", ".join(one.id for one in strategy.actions if principle.id in one.principles) or "None"


def measures_of(strategy: Strategy, principle: Principle) -> str:
    """The measures we propose as telling about a principle."""
    found = [one.id for one in strategy.measures if principle.id in one.proposed_principles]
    return ", ".join(found) or "None"

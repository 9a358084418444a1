"""The strategy view as one long CSV: a row a figure, a release's tables below one another.

For Excel, as `analysis.export.csv_text` writes it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.export.csv_text import Cell, write_csv
from analysis.strategy.survey import ANCHOR
from analysis.strategy.view_model import Figure, MeasureView, SeriesView, StrategyView, SurveyView
from analysis.view.survey_words import FEW

COLUMNS = (
    "kind",
    "measure",
    "measure_text",
    "good",
    "baseline",
    "baseline_reason",
    "target",
    "target_reason",
    "rag",
    "series",
    "series_title",
    "group",
    "area_code",
    "area_name",
    "area_level",
    "period",
    "period_kind",
    "statistic",
    "unit",
    "value",
    "missing",
    "numerator",
    "denominator",
    "change",
    "note",
    "definition",
    "definition_version",
    "caveats",
    "publisher",
    "source",
    "demonstration",
)
"""`kind` is "measure" (a measure without figures), "figure" or "survey".

`target` is the first horizon's; `statistic` is "" for a published figure and the name of the
release's column for a survey row. Empty cells are not zero: `missing` says why.
"""


def render_csv(view: StrategyView) -> str:
    """The view as CSV text, beginning with the byte order mark."""
    return write_csv(COLUMNS, ([_cell(row.get(name)) for name in COLUMNS] for row in _rows(view)))


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value  # type: ignore[no-any-return]  # rows hold nothing but cells


def _rows(view: StrategyView) -> Iterator[dict[str, Any]]:
    for measure in view.measures:
        about = _about(measure)
        if not measure.series:
            yield {**about, "kind": "measure", "note": measure.gap}
        for series in measure.series:
            yield from _series_rows(view, about, series)
    for survey in view.surveys:
        yield from _survey_rows(survey)


def _about(view: MeasureView) -> dict[str, Any]:
    measure, target = view.measure, view.measure.targets[0]
    return {
        "measure": measure.id,
        "measure_text": measure.text,
        "good": measure.good,
        "baseline": measure.baseline.value,
        "baseline_reason": measure.baseline.reason,
        "target": target.value,
        "target_reason": target.reason,
        "rag": view.rag.words,
        "caveats": " ".join(measure.caveats),
    }


def _series_rows(
    view: StrategyView, about: Mapping[str, Any], series: SeriesView
) -> Iterator[dict[str, Any]]:
    latest = series.latest
    for row in series.rows:
        for figure in (row.own, row.region, row.england):
            if figure is None:
                continue
            yield {
                **about,
                **_figure(view, figure),
                "period": row.words,
                "series_title": series.series.title,
                "definition": series.series.definition,
                "definition_version": series.series.version,
                "caveats": " ".join((about["caveats"], *series.series.caveats)).strip(),
                "change": series.change.words if row is latest and figure is row.own else "",
            }


def _figure(view: StrategyView, figure: Figure) -> dict[str, Any]:
    value, source = figure.value, view.sources[figure.source - 1]
    return {
        "kind": "figure",
        "series": value.series,
        "area_code": value.area_code,
        "area_name": value.area_name,
        "area_level": value.area_level,
        "period_kind": value.period_kind,
        "unit": value.unit,
        "value": value.value,
        "missing": value.missing.value if value.missing else "",
        "numerator": value.numerator,
        "denominator": value.denominator,
        "note": value.note,
        "publisher": source.publisher,
        "source": f"{source.title} ({source.file_name})",
    }


def _survey_rows(survey: SurveyView) -> Iterator[dict[str, Any]]:
    for table in survey.tables:
        about = {
            "kind": "survey",
            "measure": "M2" if table.name.startswith(ANCHOR) else "",
            "series": table.name,
            "series_title": table.title,
            "period": f"{survey.opens_on} to {survey.closes_on}",
            "definition": table.definition,
            "source": survey.round_name,
            "demonstration": survey.demonstration,
        }
        if not table.published:
            yield {**about, "missing": "withheld", "note": table.reason}
        for row in table.rows:
            group, *statistics = table.columns
            for name in statistics:
                value = row.get(name)
                number = isinstance(value, int | float)
                yield {
                    **about,
                    "group": row.get(group),
                    "statistic": name,
                    "value": value if number else None,
                    **_why_not(row, name, number=number),
                }


def _why_not(row: Mapping[str, Any], name: str, *, number: bool) -> dict[str, Any]:
    """Why a cell of a release has no number, or the words that it holds instead."""
    if name in (row.get("hidden") or ()):
        return {"missing": "withheld", "note": FEW}
    if row.get("reason"):
        missing = "withheld" if row["status"] == "not_published" else row["status"]
        return {"missing": missing, "note": row["reason"]}
    return {"note": "" if number else row.get(name)}

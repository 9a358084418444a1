"""The strategy view as one long CSV: a row a figure, a release's tables below one another.

For Excel: UTF-8 with its mark, CRLF. A text cell that Excel would run as a formula gets an
apostrophe in front; numbers are never touched, so -1.5 stays a number.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.strategy.view_model import Figure, MeasureView, SeriesView, StrategyView, SurveyView

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
    "publisher",
    "source",
    "demonstration",
)
"""`kind` is "measure" (a measure without figures), "figure" or "survey".

`target` is the first horizon's; `statistic` is "" for a published figure and the name of the
release's column for a survey row. Empty cells are not zero: `missing` says why.
"""

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def render_csv(view: StrategyView) -> str:
    """The view as CSV text, beginning with the byte order mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(view):
        writer.writerow([guarded(row.get(column)) for column in COLUMNS])
    return "\ufeff" + out.getvalue()


def guarded(value: Any) -> Any:
    """The cell as written: numbers as they are, `None` empty, risky text behind an apostrophe."""
    if isinstance(value, str) and value.startswith(_RISKY):
        return f"'{value}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value


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
            "measure": "M2",
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
                    "note": "" if number else value,
                }

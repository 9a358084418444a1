"""Charts that Excel draws itself, from figures on a sheet of their own."""

from collections.abc import Sequence
from typing import Any

from analysis.export.model import Chart

SHEET = "Charts"
BESIDE = 11
"""Columns that the figures may take; the charts stand behind them."""
ROW = 20
"""The height of a row, in pixels."""
COLOURS = ("#0B3C5D", "#3F88C5", "#DDDDDD", "#E9A03B", "#B5541C", "#6B4E9B", "#B9A5D6", "#555555")
"""Blue to rust for ratings, then the kinds of nothing: told apart by the colour-blind."""


def add_charts(workbook: Any, charts: Sequence[Chart], bold: Any) -> None:
    """A sheet with each chart beside its figures, from the top down; none without charts."""
    if not charts:
        return
    sheet = workbook.add_worksheet(SHEET)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, BESIDE - 1, 16)
    row = 0
    for chart in charts:
        columns = _columns(chart)
        _figures(sheet, chart, columns, row, bold)
        drawn = _interval_chart if _has_intervals(chart) else _stacked_chart
        height = ROW * max(20, 8 + 2 * len(chart.groups))
        made = _finished(drawn(workbook, chart, row + 1), chart, height)
        sheet.insert_chart(row, BESIDE, made)
        row += height // ROW + 2


def _has_intervals(chart: Chart) -> bool:
    return bool(chart.series[0].low)


def _columns(chart: Chart) -> list[tuple[str, Sequence[float | None]]]:
    """The figures under their headings. Bars of intervals are drawn from their lengths."""
    columns: list[tuple[str, Sequence[float | None]]] = []
    for series in chart.series:
        columns.append((series.name, series.values))
        if series.low:
            columns += [
                ("From", series.low),
                ("To", series.high),
                ("Above the value", _lengths(series.high, series.values)),
                ("Below the value", _lengths(series.values, series.low)),
            ]
    return columns


def _lengths(upper: Sequence[float | None], lower: Sequence[float | None]) -> list[float | None]:
    """How far an interval reaches from its value; `None` where there is no interval."""
    return [
        None if high is None or low is None else round(high - low, 10)
        for high, low in zip(upper, lower, strict=True)
    ]


def _figures(
    sheet: Any,
    chart: Chart,
    columns: Sequence[tuple[str, Sequence[float | None]]],
    row: int,
    bold: Any,
) -> None:
    sheet.write_string(row, 0, f"{chart.title} ({chart.unit}). {chart.note}".rstrip(), bold)
    for place, name in enumerate(["Group", *(name for name, _ in columns)]):
        sheet.write_string(row + 1, place, name, bold)
    for line, group in enumerate(chart.groups):
        sheet.write_string(row + 2 + line, 0, group)
        for place, (_, values) in enumerate(columns, start=1):
            value = values[line]
            if value is not None:
                sheet.write_number(row + 2 + line, place, value)


def _interval_chart(workbook: Any, chart: Chart, header: int) -> Any:
    made = workbook.add_chart({"type": "column"})
    made.add_series(
        {
            **_ranges(chart, header, 1),
            "fill": {"color": COLOURS[1]},
            "gap": 120,
            "y_error_bars": {
                "type": "custom",
                "plus_values": _formula(chart, header, 4),
                "minus_values": _formula(chart, header, 5),
                "line": {"color": COLOURS[0], "width": 1.5},
            },
        }
    )
    made.set_legend({"none": True})
    made.set_y_axis(_values_axis(chart))
    return made


def _stacked_chart(workbook: Any, chart: Chart, header: int) -> Any:
    made = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for place, _ in enumerate(chart.series, start=1):
        colour = COLOURS[(place - 1) % len(COLOURS)]
        made.add_series({**_ranges(chart, header, place), "fill": {"color": colour}, "gap": 40})
    made.set_y_axis({"reverse": True, "interval_unit": 1, "crossing": "max"})
    made.set_x_axis(_values_axis(chart))
    made.set_legend({"position": "bottom"})
    return made


def _values_axis(chart: Chart) -> dict[str, Any]:
    return {
        "min": 0,
        "max": chart.highest,
        "name": chart.unit,
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
    }


def _ranges(chart: Chart, header: int, place: int) -> dict[str, Any]:
    first, last = header + 1, header + len(chart.groups)
    return {
        "name": [SHEET, header, place],
        "categories": [SHEET, first, 0, last, 0],
        "values": [SHEET, first, place, last, place],
    }


def _formula(chart: Chart, header: int, place: int) -> str:
    column = chr(ord("A") + place)
    return f"={SHEET}!${column}${header + 2}:${column}${header + 1 + len(chart.groups)}"


def _finished(made: Any, chart: Chart, height: int) -> Any:
    made.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
    made.set_size({"width": 900, "height": height})
    return made

"""Charts that Excel draws itself, from figures on a sheet of their own."""

from collections.abc import Sequence
from typing import Any

from analysis.export.model import Chart

SHEET = "Charts"
BESIDE = 8
"""Columns that the figures may take; the charts stand behind them."""
HIGH = 22
"""Rows that a chart takes."""
COLOURS = ("#0B3C5D", "#3F88C5", "#BDBDBD", "#E9A03B", "#B5541C", "#6B6B6B", "#9A9A9A", "#D0D0D0")
"""Dark blue to rust: told apart by the colour-blind, and in print by their darkness."""


def add_charts(workbook: Any, charts: Sequence[Chart], bold: Any) -> None:
    """A sheet with each chart beside its figures, from the top down; none without charts."""
    if not charts:
        return
    sheet = workbook.add_worksheet(SHEET)
    sheet.set_column(0, 0, 60)
    row = 0
    for chart in charts:
        used = _figures(sheet, chart, row, bold)
        drawn = _interval_chart if chart.series[0].low else _stacked_chart
        sheet.insert_chart(row, BESIDE, drawn(workbook, chart, row + 1))
        row += max(used, HIGH) + 2


def _figures(sheet: Any, chart: Chart, row: int, bold: Any) -> int:
    sheet.write_string(row, 0, f"{chart.title} ({chart.unit})", bold)
    columns = [(s.name, s.values) for s in chart.series]
    for series in chart.series:
        columns += [(name, v) for name, v in (("From", series.low), ("To", series.high)) if v]
    sheet.write_string(row + 1, 0, "Group", bold)
    for place, (name, _) in enumerate(columns, start=1):
        sheet.write_string(row + 1, place, name, bold)
    for line, group in enumerate(chart.groups):
        sheet.write_string(row + 2 + line, 0, group)
        for place, (_, values) in enumerate(columns, start=1):
            value = values[line]
            if value is not None:
                sheet.write_number(row + 2 + line, place, value)
    return 2 + len(chart.groups)


def _interval_chart(workbook: Any, chart: Chart, header: int) -> Any:
    made = workbook.add_chart({"type": "column"})
    series = chart.series[0]
    made.add_series(
        {
            **_ranges(chart, header, 1),
            "fill": {"color": COLOURS[0]},
            "data_labels": {"value": True},
            "y_error_bars": {
                "type": "custom",
                "plus_values": _lengths(series.high, series.values),
                "minus_values": _lengths(series.values, series.low),
            },
        }
    )
    made.set_legend({"none": True})
    return _finished(made, chart)


def _lengths(upper: Sequence[float | None], lower: Sequence[float | None]) -> list[float]:
    """How far an interval reaches from its value; nought where there is no interval."""
    return [
        0 if high is None or low is None else round(high - low, 10)
        for high, low in zip(upper, lower, strict=True)
    ]


def _stacked_chart(workbook: Any, chart: Chart, header: int) -> Any:
    made = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for place, _ in enumerate(chart.series, start=1):
        colour = COLOURS[(place - 1) % len(COLOURS)]
        made.add_series({**_ranges(chart, header, place), "fill": {"color": colour}, "gap": 40})
    made.set_y_axis({"reverse": True})
    made.set_legend({"position": "bottom"})
    return _finished(made, chart)


def _ranges(chart: Chart, header: int, place: int) -> dict[str, Any]:
    first, last = header + 1, header + len(chart.groups)
    return {
        "name": [SHEET, header, place],
        "categories": [SHEET, first, 0, last, 0],
        "values": [SHEET, first, place, last, place],
    }


def _finished(made: Any, chart: Chart) -> Any:
    made.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
    axis = {
        "min": 0,
        "max": chart.highest,
        "name": chart.unit,
        "major_gridlines": {"visible": True},
    }
    (made.set_x_axis if _is_bar(chart) else made.set_y_axis)(axis)
    made.set_size({"width": 820, "height": 430})
    return made


def _is_bar(chart: Chart) -> bool:
    return not chart.series[0].low

"""Figures with their intervals, one a row: the index by phase, and whatever has its columns."""

from functools import partial

from analysis.charts.chart import Chart
from analysis.charts.hidden import is_known, people, reason, why_not, withheld
from analysis.charts.look import BLUE, number
from analysis.charts.sheet import ROW, TITLE, Sheet
from analysis.tables import Row

ENDS = {"percent": (0.0, 100.0), "0 to 100": (0.0, 100.0), "-1 to 1": (-1.0, 1.0)}
"""The whole scale of each unit: an axis that is cut makes small differences look large."""

TICKS = {
    "percent": (0, 25, 50, 75, 100), "0 to 100": (0, 25, 50, 75, 100), "-1 to 1": (-1, 0, 1),
}  # fmt: skip
COLUMNS = frozenset({"group", "base", "value", "low", "high"})


def fits(table: Row) -> bool:
    """Whether a release's table has the columns and the unit that this chart is drawn from."""
    units = {column["key"]: column["unit"] for column in table["columns"]}
    return units.keys() >= COLUMNS and units["value"] in ENDS


def chart(table: Row) -> Chart:
    """The chart of a table with the columns group, base, value, low and high.

    Every row is there: one that is not shown says so, and one without an interval has its
    point alone.
    """
    return Chart(table["name"], table["title"], _description(table), table, partial(_layout, table))


def _layout(table: Row) -> Sheet:
    unit = _unit(table)
    if reason(table):
        return withheld(table)
    any_known = any(is_known(row, "value") for row in table["rows"])
    sheet = Sheet(*ENDS[unit], TICKS[unit] if any_known else ())
    sheet.paragraph(table["title"], TITLE)
    sheet.paragraph(_beneath(table))
    for row in table["rows"]:
        sheet.gap(12)
        _row(sheet, row, unit)
    return sheet


def _row(sheet: Sheet, row: Row, unit: str) -> None:
    known = is_known(row, "value")
    sheet.head(str(row["group"]), _figures(row, unit) if known else "", width=200)
    if not known:
        sheet.paragraph(why_not(row, "value"))
        return
    sheet.track()
    if row["low"] is not None and row["high"] is not None:
        sheet.interval(row["low"], row["high"], BLUE)
    sheet.point(row["value"], BLUE)
    sheet.gap(ROW)
    sheet.paragraph(_proof(row))


def _figures(row: Row, unit: str) -> str:
    sign = "%" if unit == "percent" else ""
    if row["low"] is None or row["high"] is None:
        return f"{number(row['value'])}{sign}"
    return f"{number(row['value'])}{sign} ({number(row['low'])} to {number(row['high'])})"


def _proof(row: Row) -> str:
    notes = [people(row)]
    if row["low"] is None or row["high"] is None:
        notes.append("No interval")
    if row.get("note"):
        notes.append(str(row["note"]))
    return ". ".join(notes)


def _unit(table: Row) -> str:
    return next(str(each["unit"]) for each in table["columns"] if each["key"] == "value")


def _beneath(table: Row) -> str:
    scale = {"percent": "Percent", "0 to 100": "From 0 to 100", "-1 to 1": "From −1 to 1"}
    return f"{scale[_unit(table)]}, with the interval in brackets."


def _description(table: Row) -> str:
    if reason(table):
        return f"{reason(table)}."
    unit = _unit(table)
    said = [
        f"{row['group']}: {_figures(row, unit)}, {people(row)}"
        if is_known(row, "value")
        else f"{row['group']}: {why_not(row, 'value')}"
        for row in table["rows"]
    ]
    return f"One point a row with its interval. {'; '.join(said)}."

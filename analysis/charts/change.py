"""Change between two rounds: the difference, its interval, and what may be said in words."""

import math
from collections.abc import Sequence
from functools import partial

from analysis import tables
from analysis.charts.chart import Chart
from analysis.charts.hidden import is_known, people, reason, why_not, withheld
from analysis.charts.look import BLUE, PLUM, QUIET, number, signed
from analysis.charts.sheet import ROW, TITLE, Sheet
from analysis.tables import Column, Row

HIGHER, LOWER, NO_CLEAR_CHANGE = "higher", "lower", "no clear change"
NAME = "change"
COLOURS = {HIGHER: BLUE, LOWER: PLUM, NO_CLEAR_CHANGE: QUIET}
BENEATH = "The difference, with its interval in brackets. Left is lower, right higher."


def columns(unit: str) -> tuple[Column, ...]:
    """The columns of a table of change.

    `base_before` and `base_after` are people; `before`, `after` and `difference` (after
    less before) are in the measure's `unit`; `low` and `high` bound the difference;
    `verdict` is "higher", "lower" or "no clear change"; `note` is for a reader.
    """
    return (
        Column("group", "Phase"),
        Column("base_before", "People before", "people"),
        Column("base_after", "People after", "people"),
        Column("before", "Before", unit),
        Column("after", "After", unit),
        Column("difference", "Difference", unit),
        Column("low", "From", unit),
        Column("high", "To", unit),
        Column("verdict", "In words"),
        Column("note", "Note"),
    )


def table(
    title: str, rows: Sequence[Row], *, unit: str = "0 to 100", name: str = NAME, **about: str
) -> Row:
    """A table of change, of the shape of `analysis.tables`.

    `rows` were made by `tables.shown` with every column of `columns`, or by
    `tables.not_shown` where either round hides the group or the question changed.

    Raises:
        ValueError: a verdict is none of the three, or says more than its interval:
            "higher" or "lower" of one that holds nought, or of none at all.
    """
    for row in rows:
        if row["status"] == tables.SHOWN:
            _check(row)
    return tables.published(name, title, columns(unit), rows, **about)


def chart(table: Row) -> Chart:
    """The chart of a table of change: one group a row, nought in the middle."""
    return Chart(table["name"], table["title"], _description(table), table, partial(_layout, table))


def _check(row: Row) -> None:
    low, high, verdict = row["low"], row["high"], row["verdict"]
    if verdict not in COLOURS:
        raise ValueError(
            f"{row['group']}: the verdict {verdict!r} is none of {', '.join(COLOURS)}."
        )
    # A family of comparisons is corrected (Holm), so an interval clear of nought may still
    # be no clear change; the other way round is a claim without proof. A limit that was
    # rounded to nought is not held against it.
    clear = low is not None and high is not None and (low >= 0 if verdict == HIGHER else high <= 0)
    if verdict != NO_CLEAR_CHANGE and not clear:
        raise ValueError(f"{row['group']}: its interval does not show that it is {verdict}.")


def _layout(table: Row) -> Sheet:
    end = _end(table)
    ticks = (-end, -end // 2, 0, end // 2, end)
    if reason(table):
        return withheld(table)
    sheet = Sheet(-end, end, ticks, "Difference in points")
    sheet.paragraph(table["title"], TITLE)
    sheet.paragraph(BENEATH)
    for row in table["rows"]:
        sheet.gap(12)
        _row(sheet, row)
    return sheet


def _row(sheet: Sheet, row: Row) -> None:
    known = is_known(row, "difference")
    sheet.head(str(row["group"]), _figures(row) if known else "", width=190)
    if not known:
        sheet.paragraph(why_not(row, "difference"))
        return
    colour = COLOURS[row["verdict"]]
    sheet.track()
    if row["low"] is not None and row["high"] is not None:
        sheet.interval(row["low"], row["high"], colour)
    sheet.point(row["difference"], colour)
    sheet.gap(ROW)
    sheet.paragraph(_proof(row))


def _figures(row: Row) -> str:
    figures = signed(row["difference"])
    if row["low"] is not None and row["high"] is not None:
        figures = f"{figures} ({signed(row['low'])} to {signed(row['high'])})"
    return figures


def _proof(row: Row) -> str:
    verdict = str(row["verdict"]).capitalize()
    said = (
        f"{verdict}: {number(row['before'])} ({people(row, 'base_before')}),"
        f" then {number(row['after'])} ({people(row, 'base_after')})."
    )
    return f"{said} {row['note']}".strip() if row["note"] else said


def _end(table: Row) -> int:
    """How far the axis goes both ways: all limits, in steps of 10 points, at least 10."""
    rows = [row for row in table["rows"] if row["status"] == tables.SHOWN]
    limits = [abs(row[key]) for row in rows for key in ("difference", "low", "high") if row[key]]
    return 10 * math.ceil(max(limits, default=10) / 10)


def _description(table: Row) -> str:
    if reason(table):
        return f"{reason(table)}."
    said = [
        f"{row['group']}: {row['verdict']}, {_figures(row)}"
        if is_known(row, "difference")
        else f"{row['group']}: {why_not(row, 'difference')}"
        for row in table["rows"]
    ]
    return f"One point a row, the difference with its interval around nought. {'; '.join(said)}."

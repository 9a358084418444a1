"""One question's answers as bars: every answer and every kind of no answer, with its count."""

from functools import partial

from analysis.charts.chart import Chart
from analysis.charts.hidden import is_known, reason, why_not, withheld
from analysis.charts.look import BLUE, UNSURE, number
from analysis.charts.sheet import ROW, TITLE, Sheet
from analysis.tables import Row

NOTHINGS = frozenset({"don't know", "does not apply", "skipped"})
SUMS = frozenset({"agree or strongly agree"})
"""Rows that add up others: they are in the table, and not drawn as one more answer."""


def fits(table: Row) -> bool:
    """Whether a release's table has a count and a share of those asked for every answer."""
    return {column["key"] for column in table["columns"]} >= {"group", "count", "value"}


def chart(table: Row) -> Chart:
    """The chart of a table with the columns group, count and value (percent of those asked)."""
    return Chart(table["name"], table["title"], _description(table), table, partial(_layout, table))


def _layout(table: Row) -> Sheet:
    if reason(table):
        return withheld(table)
    sheet = Sheet(0, 100, (0, 25, 50, 75, 100), "Percent of those asked")
    sheet.paragraph(table["title"], TITLE)
    sheet.paragraph(table["base_note"])
    for row in _rows(table):
        sheet.gap(10)
        _row(sheet, row)
    return sheet


def _rows(table: Row) -> list[Row]:
    return [row for row in table["rows"] if str(row["group"]).casefold() not in SUMS]


def _row(sheet: Sheet, row: Row) -> None:
    known = is_known(row, "value")
    sheet.head(str(row["group"]), _figures(row) if known else "", width=270)
    if not known:
        sheet.paragraph(_without_share(row))
        return
    sheet.track()
    answered = str(row["group"]).casefold() not in NOTHINGS
    sheet.bar(0, row["value"], BLUE if answered else UNSURE)
    sheet.gap(ROW)


def _without_share(row: Row) -> str:
    count = f"{number(row['count'])} people. " if is_known(row, "count") else ""
    return f"{count}{why_not(row, 'value')}"


def _figures(row: Row) -> str:
    if not is_known(row, "count"):
        return f"{number(row['value'])}%"
    return f"{number(row['count'])} ({number(row['value'])}%)"


def _description(table: Row) -> str:
    if reason(table):
        return f"{reason(table)}."
    said = [
        f"{row['group']}: {_figures(row) if is_known(row, 'value') else _without_share(row)}"
        for row in _rows(table)
    ]
    return f"One bar an answer, in percent of those asked. {'; '.join(said)}."

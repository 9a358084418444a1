"""A release's questions: every answer and every kind of nothing, one a row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.export.csv_text import Cell
from analysis.export.metrics import LAST, STATUS, Release, after, before, standing
from analysis.export.model import Column, Table, Type, text_columns

PREFIX = "item_"
"""The names of a release's tables of questions begin so; the question's key follows."""

FIRST = text_columns(("round", "opens", "closes", "demonstration", "item", "question", "answer"))
NOTES = (
    Column("base_note", "How many were asked and answered, and warnings", Type.TEXT),
    Column("definition", "What is counted", Type.TEXT),
)


def items_table(releases: Sequence[Release]) -> Table:
    """The distributions as one tidy table, in the questionnaire's order.

    The figures' columns are those of the release's tables: `count` (people), `value`
    (percent of those asked) and so on. A withheld question is one row with its reason; a
    row whose count is hidden is "not_shown", and the reason of a shown one names its shares
    that are hidden. Any other empty share has no place on that base.
    """
    found = [(release, table) for release in releases for table in item_tables(release)]
    figures = _figures(table for _, table in found)
    columns = (*FIRST, *figures, *STATUS, *NOTES, *LAST)
    keys = [column.key for column in figures]
    rows = [row for release, table in found for row in _rows(release, table, keys)]
    return Table.of_rows("items", "Items", columns, rows)


def item_tables(release: Release) -> list[Mapping[str, Any]]:
    """The release's tables of questions, in order."""
    return [table for table in release["tables"] if table["name"].startswith(PREFIX)]


def _figures(tables: Iterator[Mapping[str, Any]]) -> list[Column]:
    """Every column of these tables but the answer's, once, numbers and notes alike."""
    columns: dict[str, Column] = {}
    for table in tables:
        for each in table["columns"][1:]:
            kind = Type.NUMBER if each["unit"] else Type.TEXT
            columns.setdefault(each["key"], Column(each["key"], each["title"], kind, each["unit"]))
    return list(columns.values())


def _rows(release: Release, table: Mapping[str, Any], keys: Sequence[str]) -> Iterator[list[Cell]]:
    first = [*before(release), table["name"].removeprefix(PREFIX), table["title"]]
    last = [table["base_note"], table["definition"], *after(release)]
    if table["status"] != "published":
        yield [*first, *[None] * (1 + len(keys)), table["status"], table["reason"], *last]
        return
    name = table["columns"][0]["key"]
    for row in table["rows"]:
        cells = [row.get(key) for key in keys]
        yield [*first, row[name], *cells, *standing(row, keys[0], keys[1:]), *last]

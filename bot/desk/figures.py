"""A release's tables as text for a page. What is not a number says why; it is never 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NO_FIGURE = "No figure"
FEW = "Not shown: few people"
IN_HEADINGS = frozenset({"", "people", "percent", "points"})
"""Units that a heading need not repeat: the cells or the title say them."""

NOTE, LONG = "note", 40
"""A note of more characters than this stands below its row, where it has room."""

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column's heading with its unit, and whether it holds figures."""

    title: str
    is_figure: bool


@dataclass(frozen=True)
class Row:
    """One row: the group it is about and its other cells, or why there are none.

    `note` is what stands below it; "" for nothing.
    """

    group: str
    cells: tuple[str, ...]
    reason: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    """One table as text. `reason` says why there are no rows where there are none."""

    title: str
    about: tuple[str, ...]
    reason: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def tables_of(released: Plain) -> tuple[Table, ...]:
    """The tables of a release (see `analysis.tables`), in its own order."""
    return tuple(_table(each) for each in released.get("tables", ()))


def _table(table: Plain) -> Table:
    rows: Sequence[Plain] = table["rows"]
    below = any(len(row.get(NOTE) or "") > LONG for row in rows)
    columns = [each for each in table["columns"] if not (below and each["key"] == NOTE)]
    about = (table.get(name, "") for name in ("definition", "base_note", "method"))
    return Table(
        title=table["title"],
        about=tuple(_sentence(each) for each in about if each),
        reason=_withheld(table["reason"]),
        columns=tuple(_column(each, rows) for each in columns),
        rows=tuple(_row(each, columns, below=below) for each in rows),
    )


def _row(row: Plain, columns: Sequence[Plain], *, below: bool) -> Row:
    group, *others = columns
    hidden = row.get("hidden", ())
    cells = tuple(
        FEW if each["key"] in hidden else _cell(row.get(each["key"]), each["unit"])
        for each in others
    )
    status = row.get("status", "shown")
    if status == "shown":
        return Row(str(row[group["key"]]), cells, "", row[NOTE] if below else "")
    why = row["reason"]
    return Row(
        str(row[group["key"]]), (), _sentence(why) if status == "no_answers" else _withheld(why)
    )


def _column(column: Plain, rows: Sequence[Plain]) -> Column:
    values = [row.get(column["key"]) for row in rows]
    figures = [value for value in values if value is not None]
    is_figure = bool(figures) and all(isinstance(value, int | float) for value in figures)
    unit = column["unit"]
    title = column["title"] if unit in IN_HEADINGS else f"{column['title']} ({unit})"
    return Column(title, is_figure)


def _cell(value: Any, unit: str) -> str:
    if value is None:
        return NO_FIGURE
    if isinstance(value, int | float):
        text = f"{value:,}"
    else:
        return str(value)
    return f"{text}%" if unit == "percent" else text


def _withheld(reason: str) -> str:
    return f"Not shown: {reason.rstrip('.')}." if reason else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."

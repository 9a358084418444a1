"""A release's tables as text for a page. What is not a number says why; it is never 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NO_FIGURE = "Not shown"


@dataclass(frozen=True)
class Column:
    """A column's heading with its unit, and whether it holds figures."""

    title: str
    is_figure: bool


@dataclass(frozen=True)
class Table:
    """One table as text. `reason` says why there are no rows where there are none."""

    title: str
    definition: str
    reason: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def tables_of(released: Mapping[str, Any]) -> tuple[Table, ...]:
    """The tables of a release, in its own order."""
    return tuple(_table(each) for each in released.get("tables", ()))


def _table(table: Mapping[str, Any]) -> Table:
    columns: Sequence[Mapping[str, Any]] = table.get("columns", ())
    rows = table.get("rows", ())
    return Table(
        title=str(table.get("title") or table.get("name", "")),
        definition=str(table.get("definition") or ""),
        reason=str(table.get("reason") or ""),
        columns=tuple(_column(each, rows) for each in columns),
        rows=tuple(tuple(_cell(row.get(each["key"]), each) for each in columns) for row in rows),
    )


def _column(column: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Column:
    values = [row.get(column["key"]) for row in rows]
    figures = [value for value in values if value is not None]
    numeric = bool(figures) and all(isinstance(value, int | float) for value in figures)
    return Column(str(column.get("title") or column["key"]), numeric)


def _cell(value: Any, column: Mapping[str, Any]) -> str:
    if value is None or value != value:  # noqa: PLR0124 - only "not a number" differs from itself
        return NO_FIGURE
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        text = f"{value:,}"
    elif isinstance(value, float):
        text = f"{value:,.1f}"
    else:
        return str(value)
    return f"{text}%" if column.get("unit") == "percent" else text

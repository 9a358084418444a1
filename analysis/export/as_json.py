"""JSON, strict: no NaN, `null` for what is empty; the whole export in one file."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from analysis.export.csv_text import Cell
from analysis.export.cutting import Change
from analysis.export.joining import rows_as_text
from analysis.export.model import Column, Export, Table
from analysis.export.steps import Step


def write(export: Export, path: Path, step: Step) -> list[Change]:
    """Write `about`, `definitions` and `tables`, each with its columns and rows as objects.

    A row is a line of its own, and written as soon as it is made.
    """
    # A half of a surrogate pair, which a broken keyboard sends, is no text to UTF-8.
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(_whole(export, step))
    return []


def _whole(export: Export, step: Step) -> Iterator[str]:
    yield f'{{\n"about": {_text(export.about.facts())},\n'
    yield f'"definitions": {_text(dict(export.definitions))},\n"tables": ['
    for number, table in enumerate(export.tables):
        yield ",\n" if number else "\n"
        yield from _table(table, step)
    yield "\n]\n}\n"


def _table(table: Table, step: Step) -> Iterator[str]:
    yield f'{{"name": {_text(table.name)}, "title": {_text(table.title)},\n"columns": [\n'
    yield ",\n".join(_text(_column(column)) for column in table.columns)
    yield '\n],\n"rows": ['
    texts = [
        partial(_member, f"{', ' if number else '{'}{_text(key)}: ")
        for number, key in enumerate(table.keys)
    ]
    between = "\n"
    for rows in rows_as_text(table.cells, texts, step):
        yield between + "},\n".join(rows) + "}"
        between = ",\n"
    yield "\n]}"


def _member(before: str, cell: Cell) -> str:
    return before + _text(cell)


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "title": column.title,
        "type": column.type.value,
        "unit": column.unit or None,
        "unit_in": column.unit_in or None,
        "labels": dict(column.labels),
        "reason": column.reason or None,
    }


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

"""Parquet: one table, with its labels and what it is about in the metadata."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.export.csv_text import Cell
from analysis.export.cutting import Change
from analysis.export.model import Column, Export, Type, column_of
from analysis.export.steps import Step

if TYPE_CHECKING:
    import pyarrow as pa


def write(export: Export, path: Path, step: Step) -> list[Change]:
    """Write the table. Its schema's metadata has `about` and `definitions` as JSON.

    Each field's metadata has `title`, `unit`, `reason` and, as JSON, `labels`. Whole
    numbers are int64, others float64, codes and text strings, days date32.
    """
    import pyarrow as pa  # noqa: PLC0415 - slow to load
    from pyarrow import parquet  # noqa: PLC0415

    table = export.table
    types = _types()
    fields, arrays = [], []
    for number, column in enumerate(table.columns, start=1):
        made = types[column.type]
        cells = [_cell(cell, column.type) for cell in column_of(table, column.key)]
        arrays.append(pa.array(cells, made))
        fields.append(pa.field(column.key, made, metadata=_about(column)))
        step(number, len(table.columns))
    facts = {"about": export.about.facts(), "definitions": dict(export.definitions)}
    metadata = {key: _json(value) for key, value in facts.items()}
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata)), path)
    return []


def _types() -> "dict[Type, pa.DataType]":
    import pyarrow as pa  # noqa: PLC0415

    return {
        Type.INTEGER: pa.int64(),
        Type.NUMBER: pa.float64(),
        Type.CODE: pa.string(),
        Type.TEXT: pa.string(),
        Type.DAY: pa.date32(),
    }


def _cell(cell: Cell, kind: Type) -> Cell | date:
    if cell is None:
        return None
    if kind is Type.DAY:
        return date.fromisoformat(str(cell))
    return float(cell) if kind is Type.NUMBER else cell


def _about(column: Column) -> dict[str, str]:
    return {
        "title": column.title,
        "unit": column.unit,
        "reason": column.reason,
        "labels": _json(dict(column.labels)),
    }


def _json(value: dict[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

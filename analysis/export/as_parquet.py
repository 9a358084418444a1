"""Parquet: one table, with its labels and what it is about in the metadata."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.export.cells import Cells
from analysis.export.csv_text import Cell
from analysis.export.cutting import Change
from analysis.export.model import Column, Export, Type
from analysis.export.steps import Step

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 65_536
"""How many rows are held as the file's own types at once, and stand in one row group."""


def write(export: Export, path: Path, step: Step) -> list[Change]:
    """Write the table. Its schema's metadata has `about` and `definitions` as JSON.

    Each field's metadata has `title`, `unit`, `reason` and, as JSON, `labels`. Whole
    numbers are int64, others float64, codes and text strings, days date32.
    """
    import numpy as np  # noqa: PLC0415 - slow to load
    import pyarrow as pa  # noqa: PLC0415 - and so is this
    from pyarrow import parquet  # noqa: PLC0415

    table = export.table
    types = _types()
    fields = [pa.field(c.key, types[c.type], metadata=_about(c)) for c in table.columns]
    facts = {"about": export.about.facts(), "definitions": dict(export.definitions)}
    schema = pa.schema(fields, {key: _json(value) for key, value in facts.items()})
    values = [_values(*each) for each in zip(table.columns, table.cells, schema.types, strict=True)]
    with parquet.ParquetWriter(path, schema) as file:
        for start in range(0, table.height, ROWS):
            step(start, table.height)
            parts = (np.asarray(cells.numbers[start : start + ROWS]) for cells in table.cells)
            arrays = [each.take(pa.array(part)) for each, part in zip(values, parts, strict=True)]
            file.write_batch(pa.record_batch(arrays, schema=schema))
    step(table.height, table.height)
    return []


def _values(column: Column, cells: Cells, kind: "pa.DataType") -> "pa.Array[Any]":
    """Each distinct cell of a column, as the file's type."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.array([_cell(cell, column.type) for cell in cells.distinct], kind)


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

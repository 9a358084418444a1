"""JSON, strict: no NaN, `null` for what is empty; the whole export in one file."""

import json
from pathlib import Path
from typing import Any

from analysis.export.cutting import Change
from analysis.export.model import Column, Export, Table
from analysis.export.steps import Step, counted


def write(export: Export, path: Path, step: Step) -> list[Change]:
    """Write `about`, `definitions` and `tables`, each with its columns and rows as objects."""
    whole = {
        "about": export.about.facts(),
        "definitions": dict(export.definitions),
        "tables": [_table(table, step) for table in export.tables],
    }
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1)
    # A half of a surrogate pair, which a broken keyboard sends, is no text to UTF-8.
    path.write_bytes(text.encode("utf-8", "backslashreplace"))
    return []


def _table(table: Table, step: Step) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": table.title,
        "columns": [_column(column) for column in table.columns],
        "rows": [dict(zip(table.keys, row, strict=True)) for row in counted(table.rows, step)],
    }


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

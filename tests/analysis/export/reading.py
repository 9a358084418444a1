"""Each format read back by a library that did not write it, or by the strictest reader."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it has no types
import pyreadstat
from pyarrow import parquet

Rows = list[tuple[Any, ...]]


def no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def strict(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"), parse_constant=no_constant)


def json_rows(path: Path) -> Rows:
    return [tuple(row.values()) for row in strict(path)["tables"][0]["rows"]]


def parquet_rows(path: Path) -> Rows:
    table = parquet.read_table(path)
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return [tuple(each.isoformat() if isinstance(each, date) else each for each in r) for r in rows]


def xlsx_rows(path: Path, sheet: str) -> Rows:
    """The cells under the heading; every text cell is checked to be no formula."""
    book = openpyxl.load_workbook(path)
    cells = list(book[sheet].iter_rows())
    assert all(cell.data_type != "f" for each in book for row in each.iter_rows() for cell in row)
    return [tuple(_plain(cell.value) for cell in row) for row in cells[1:]]


def _plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value


def sav(path: Path) -> tuple[Any, Any]:
    """The frame with missing codes as they are, and the metadata."""
    return pyreadstat.read_sav(path, user_missing=True)

"""The first rows of a CSV file or workbook, and a workbook's sheets a row at a time."""

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from analysis.indicators.encodings import NotText, decode
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.reading import File

_FIRST_ROWS = 10
"""A table's header is looked for so far down: title rows may stand above it."""
_FIRST_BYTES = 64 * 1024
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook; `first` are its first rows as text."""

    name: str
    first: tuple[tuple[str, ...], ...]
    _sheet: Any

    def rows(self) -> Iterator[Sequence[Any]]:
        """Every row, its cells as they are."""
        yield from self._sheet.iter_rows(values_only=True)


def is_zip(data: bytes) -> bool:
    """Whether the bytes may be a workbook."""
    return data.startswith(_ZIP)


def cell_text(cell: Any) -> str:
    """A cell as text: numbers without the ".0" of a whole one, days as 2025-01-16, "" for none."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell).strip()


def find_header(rows: Sequence[Sequence[str]], names: Collection[str]) -> int | None:
    """The place of the first row that holds every one of these names."""
    return next((n for n, row in enumerate(rows) if set(names) <= set(row)), None)


def first_rows(file: File) -> tuple[tuple[str, ...], ...]:
    """The first rows of a CSV file, or of every sheet of a workbook; () where it is neither."""
    if is_zip(file.data):
        try:
            with open_workbook(file) as sheets:
                return tuple(row for sheet in sheets for row in sheet.first)
        except IndicatorRefused:
            return ()
    try:
        text = decode(_whole_lines(file.data[:_FIRST_BYTES])).text
        rows = islice(csv.reader(io.StringIO(text, newline="")), _FIRST_ROWS)
        return tuple(tuple(map(cell_text, row)) for row in rows)
    except (NotText, csv.Error):
        return ()


def _whole_lines(start: bytes) -> bytes:
    """The start of a file up to its last whole line, so that no character is cut in two."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start
    return start.rpartition(b"\n")[0] or start


@contextmanager
def open_workbook(file: File) -> Iterator[tuple[Sheet, ...]]:
    """The sheets of an Excel workbook, while it is open. Raises `IndicatorRefused`."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, and slow to import

    try:
        book = load_workbook(io.BytesIO(file.data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        cause = "The workbook cannot be opened: it is damaged, or not an Excel workbook."
        remedy = "Open it in Excel and save it as CSV UTF-8."
        problem = CellProblem(file.name, None, "", cause, remedy)
        raise IndicatorRefused(file.name, (problem,)) from error
    try:
        yield tuple(Sheet(one.title, _first(one), one) for one in book.worksheets)
    finally:
        book.close()


def _first(sheet: Any) -> tuple[tuple[str, ...], ...]:
    rows = sheet.iter_rows(max_row=_FIRST_ROWS, values_only=True)
    return tuple(tuple(map(cell_text, row)) for row in rows)

"""The lines of LAIT's long table, from Parquet, CSV or XLSX: only those of wanted figures.

The table has some 640,000 lines, of which a few thousand are wanted and kept.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.lait_parquet import PARQUET, parquet_headings, parquet_rows
from analysis.indicators.lait_sheets import (
    cell_text,
    find_header,
    first_rows,
    is_zip,
    open_workbook,
)
from analysis.indicators.reading import File, decoded_text

SHORT_DESC, YEARS, NAME, VALUES, NUMBER = (
    "Short Desc",
    "Years",
    "LA and Regions",
    "Values",
    "LA Number",
)
COLUMNS = (SHORT_DESC, YEARS, NAME, VALUES, NUMBER)
"""The headings that are read; `Data item` and `Region` stand in the file too."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as text. `row` is as Excel counts, the header being row 1 in a Parquet file."""

    row: int
    short_desc: str
    years: str
    name: str
    value: str
    number: str


@dataclass
class Lines:
    """The wanted lines, and how many others there were. `encoding` is how the file was read."""

    encoding: str
    wanted: list[Line] = field(default_factory=list)
    others: int = 0
    blank: int = 0

    @property
    def read(self) -> int:
        """Rows below the header."""
        return len(self.wanted) + self.others + self.blank


def headings(file: File) -> tuple[str, ...]:
    """The headings of the first table of a file that holds LAIT's; () where none does."""
    if file.data.startswith(PARQUET):
        names = parquet_headings(file.data)
        return names if set(COLUMNS) <= set(names) else ()
    rows = first_rows(file)
    found = find_header(rows, COLUMNS)
    return rows[found] if found is not None else ()


def read_lines(file: File, labels: frozenset[str]) -> Lines:
    """The lines whose `Short Desc` is one of `labels`.

    Raises `IndicatorRefused` where a column is missing, stands twice or cannot be read.
    """
    if file.data.startswith(PARQUET):
        return _read_parquet(file, labels)
    if is_zip(file.data):
        return _read_workbook(file, labels)
    decoded = decoded_text(file)
    text = csv.reader(io.StringIO(decoded.text, newline=""), strict=True)
    try:
        return _from_rows(file, text, labels, Lines(decoded.encoding))
    except csv.Error as error:
        cause = f"The table breaks off: {error}."
        raise _refused(file, "", cause, "Look for a quotation mark left open.") from error


def _read_workbook(file: File, labels: frozenset[str]) -> Lines:
    with open_workbook(file) as sheets:
        for sheet in sheets:
            rows = list(sheet.first)
            if find_header(rows, COLUMNS) is not None:
                lines = Lines(f'the sheet "{sheet.name}" of an Excel workbook')
                return _from_rows(file, sheet.rows(), labels, lines)
    cause = f"No sheet has the headings {', '.join(COLUMNS)}."
    raise _refused(file, "", cause, "Choose LAIT's long table.")


def _from_rows(
    file: File, rows: Iterable[Iterable[Any]], labels: frozenset[str], lines: Lines
) -> Lines:
    """Rows below the header, which may stand under title rows (they count as blank)."""
    numbered = ((n, [cell_text(cell) for cell in row]) for n, row in enumerate(rows, start=1))
    at = _positions(file, numbered)
    width = max(at) + 1
    for number, cells in numbered:
        if not any(cells):
            lines.blank += 1
        elif len(cells) < width:
            cause = f"The row has {len(cells)} cells, and {width} are needed."
            raise _refused(file, "", cause, "Download the file again.", number)
        elif cells[at[0]] in labels:
            lines.wanted.append(Line(number, *(cells[column] for column in at)))
        else:
            lines.others += 1
    return lines


def _positions(file: File, numbered: Iterator[tuple[int, list[str]]]) -> list[int]:
    for number, cells in numbered:
        if find_header([tuple(cells)], COLUMNS) is not None:
            for name in COLUMNS:
                if cells.count(name) > 1:
                    raise _not_once(file, name, cells.count(name), number)
            return [cells.index(name) for name in COLUMNS]
    cause = f"No row has the headings {', '.join(COLUMNS)}."
    raise _refused(file, "", cause, "Choose LAIT's long table.")


def _read_parquet(file: File, labels: frozenset[str]) -> Lines:
    names = parquet_headings(file.data)
    for name in COLUMNS:
        if names.count(name) != 1:
            raise _not_once(file, name, names.count(name), 1)
    lines = Lines("Parquet")
    try:
        for rows, found in parquet_rows(file.data, COLUMNS, labels):
            lines.wanted += (Line(row, *map(cell_text, cells)) for row, cells in found)
            lines.others += rows - len(found)
    except ValueError as error:
        raise _refused(file, "", str(error), "Download the file again.") from error
    return lines


def _not_once(file: File, name: str, times: int, row: int) -> IndicatorRefused:
    cause = f"The heading stands {times} times and should stand once."
    return _refused(file, name, cause, "Download the file again.", row)


def _refused(
    file: File, column: str, cause: str, remedy: str, row: int | None = None
) -> IndicatorRefused:
    return IndicatorRefused(file.name, (CellProblem(file.name, row, column, cause, remedy),))

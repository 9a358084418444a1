"""The lines of LAIT's long table, from Parquet, CSV or XLSX: only those of wanted figures.

The table has some 640,000 lines, of which a few thousand are wanted and kept.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.lait_parquet import PARQUET, parquet_groups, parquet_headings
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


@dataclass(frozen=True)
class Labels:
    """What is wanted: lines with one of these labels, about one of these areas by number."""

    labels: frozenset[str]
    numbers: frozenset[str]


@dataclass
class Lines:
    """The wanted lines, and an account of the others. `encoding` is how the file was read.

    `elsewhere` counts lines of wanted labels about other areas by (number, name), `first`
    has the first row of each, and `values` counts what stands in them: of Parquet only what
    is not a number. `others` are lines of other labels.
    """

    encoding: str
    wanted: list[Line] = field(default_factory=list)
    elsewhere: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str], int] = field(default_factory=dict)
    values: Counter[str] = field(default_factory=Counter)
    others: int = 0
    blank: int = 0

    @property
    def read(self) -> int:
        """Rows below the header."""
        return len(self.wanted) + self.elsewhere.total() + self.others + self.blank

    def leave(self, number: str, name: str, row: int, count: int = 1) -> None:
        """Account for lines about an area that is not wanted, the first of them in this row."""
        self.elsewhere[number, name] += count
        self.first.setdefault((number, name), row)


def headings(file: File) -> tuple[str, ...]:
    """The headings of the first table of a file that holds LAIT's; () where none does."""
    if file.data.startswith(PARQUET):
        names = parquet_headings(file.data)
        return names if set(COLUMNS) <= set(names) else ()
    rows = first_rows(file)
    found = find_header(rows, COLUMNS)
    return rows[found] if found is not None else ()


def read_lines(file: File, wanted: Labels) -> Lines:
    """The lines of wanted labels and areas, and an account of the others.

    Raises `IndicatorRefused` where a column is missing, stands twice or cannot be read.
    """
    if file.data.startswith(PARQUET):
        return _read_parquet(file, wanted)
    if is_zip(file.data):
        return _read_workbook(file, wanted)
    decoded = decoded_text(file)
    text = csv.reader(io.StringIO(decoded.text, newline=""), strict=True)
    try:
        return _from_rows(file, text, wanted, Lines(decoded.encoding))
    except csv.Error as error:
        cause = f"The table breaks off: {error}."
        raise _refused(file, "", cause, "Look for a quotation mark left open.") from error


def _read_workbook(file: File, wanted: Labels) -> Lines:
    with open_workbook(file) as sheets:
        for sheet in sheets:
            rows = list(sheet.first)
            if find_header(rows, COLUMNS) is not None:
                lines = Lines(f'the sheet "{sheet.name}" of an Excel workbook')
                return _from_rows(file, sheet.rows(), wanted, lines)
    cause = f"No sheet has the headings {', '.join(COLUMNS)}."
    raise _refused(file, "", cause, "Choose LAIT's long table.")


def _from_rows(file: File, rows: Iterable[Iterable[Any]], wanted: Labels, lines: Lines) -> Lines:
    """Rows below the header, which may stand under title rows (they count for nothing)."""
    numbered = enumerate(rows, start=1)
    at = _positions(file, numbered)
    label, width = at[0], max(at) + 1
    for number, row in numbered:
        cells = list(row)
        if len(cells) < width or not cells[label]:
            _leave_incomplete(file, number, cells, width, lines)
        elif cell_text(cells[label]) in wanted.labels:
            _sort(lines, _line(number, (cells[column] for column in at)), wanted)
        else:
            lines.others += 1
    return lines


def _leave_incomplete(file: File, number: int, cells: list[Any], width: int, lines: Lines) -> None:
    """A row without a label: blank, of no figure of ours, or cut short, which refuses the file."""
    if not any(map(cell_text, cells)):
        lines.blank += 1
    elif len(cells) < width:
        cause = f"The row has {len(cells)} cells, and {width} are needed."
        raise _refused(file, "", cause, "Download the file again.", number)
    else:
        lines.others += 1


def _sort(lines: Lines, line: Line, wanted: Labels) -> None:
    if line.number in wanted.numbers:
        lines.wanted.append(line)
    else:
        lines.leave(line.number, line.name, line.row)
        lines.values[line.value] += 1


def _line(row: int, cells: Iterable[Any]) -> Line:
    label, years, name, value, number = map(cell_text, cells)
    return Line(row, label, years, name, value, whole(number))


def whole(number: str) -> str:
    """The three digits of a number that a table of decimals gives as 807.0."""
    return number.removesuffix(".0")


def _positions(file: File, numbered: Iterator[tuple[int, Iterable[Any]]]) -> list[int]:
    for number, row in numbered:
        cells = tuple(map(cell_text, row))
        if find_header([cells], COLUMNS) is not None:
            for name in COLUMNS:
                if cells.count(name) > 1:
                    raise _not_once(file, name, cells.count(name), number)
            return [cells.index(name) for name in COLUMNS]
    cause = f"No row has the headings {', '.join(COLUMNS)}."
    raise _refused(file, "", cause, "Choose LAIT's long table.")


def _read_parquet(file: File, wanted: Labels) -> Lines:
    names = parquet_headings(file.data)
    for name in COLUMNS:
        if names.count(name) != 1:
            raise _not_once(file, name, names.count(name), 1)
    lines = Lines("Parquet")
    try:
        for group in parquet_groups(file.data, COLUMNS, wanted.labels, wanted.numbers):
            lines.wanted += (_line(row, cells) for row, cells in group.wanted)
            for name, number, row, count in group.elsewhere:
                lines.leave(whole(cell_text(number)), cell_text(name), row, count)
            lines.values.update({cell_text(text): count for text, count in group.symbols})
            elsewhere = sum(count for *_, count in group.elsewhere)
            lines.others += group.rows - len(group.wanted) - elsewhere
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

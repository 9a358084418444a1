"""XLSX: a front sheet, the table, its codebook, charts that Excel draws, and what was cut.

Every text is written as text: none runs as a formula or turns into a link or a day.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from itertools import count, repeat
from pathlib import Path
from typing import Any, NamedTuple

from analysis.errors import ExportRefused
from analysis.export import cutting
from analysis.export.csv_text import Cell
from analysis.export.cutting import Change
from analysis.export.days import in_words
from analysis.export.model import FACT_NAMES, NUMBERS, Column, Export, Table, Type
from analysis.export.steps import Step, counted
from analysis.export.xlsx_charts import add_charts

ROWS = 1_048_576
FORMATS = {"percent": '0"%"', "people": "#,##0", "0 to 100": "0.0", "-1 to 1": "0.00"}
"""How numbers of each unit look. A percentage is a number of 100, as released."""

_OPTIONS = {
    # One row in memory at a time: 100,000 people are 5 million cells.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write(export: Export, path: Path, step: Step) -> list[Change]:
    """Write the workbook; what had to be cut or taken out is returned, and is its last sheet.

    Raises:
        ExportRefused: there are more rows than a sheet holds.
        OSError: it cannot be written.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only an XLSX needs it
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    for table in export.tables:
        if table.height >= ROWS:
            raise ExportRefused(
                f"A sheet holds {ROWS - 1:,} rows; {table.name} has {table.height:,}."
                " Export it as csv, sav or parquet."
            )
    try:
        with Workbook(path, _OPTIONS) as workbook:
            return _fill(workbook, export, step)
    except FileCreateError as error:  # it hides what the system said
        raise OSError(str(error)) from error


def _fill(workbook: Any, export: Export, step: Step) -> list[Change]:
    created = datetime.combine(export.about.made_on, time())
    workbook.set_properties({"title": export.table.title, "created": created})
    book = _Book(workbook)
    book.front(export)
    for table in export.tables:
        book.table(table, step)
    add_charts(workbook, export.charts, book.bold)
    book.changes_sheet()
    return book.changes


class _Book:
    """The workbook under way, with its formats and what was changed so far."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self.bold = workbook.add_format({"bold": True})
        self._wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._heading = workbook.add_format({"bold": True, "font_size": 16})
        self._formats = {
            unit: workbook.add_format({"num_format": form}) for unit, form in FORMATS.items()
        }
        self._day = workbook.add_format({"num_format": "d mmmm yyyy"})
        self.changes: list[Change] = []

    def front(self, export: Export) -> None:
        """The first sheet: what this is, in words."""
        sheet = self._workbook.add_worksheet("About")
        sheet.set_column(0, 0, 38)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, self._fit(export.table.title, "About", 1, "title"), self._heading)
        facts = {FACT_NAMES[key]: fact for key, fact in export.about.facts().items()}
        facts[FACT_NAMES["made_on"]] = in_words(export.about.made_on)
        row = self._pairs(sheet, 2, facts)
        if export.definitions:
            sheet.write_string(row + 1, 0, "Definitions", self.bold)
            self._pairs(sheet, row + 2, export.definitions)

    def table(self, table: Table, step: Step) -> None:
        """One sheet: the columns' keys, then the rows."""
        sheet = self._workbook.add_worksheet(table.name.capitalize())
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            key = self._fit(column.key, table.name, 0, column.key)
            sheet.set_column(place, place, 12 if column.type in NUMBERS else 22)
            sheet.write_string(0, place, key, self.bold)
        rows = zip(*(self._column(sheet, table, column) for column in table.columns), strict=True)
        for number, row in enumerate(counted(rows, table.height, step), start=1):
            for place, (cell, look) in enumerate(row):
                if cell is None:
                    continue
                cell.put(number, place, cell.value, look)
                if cell.done:
                    self._list(table.name, number, table.keys[place], cell.done)

    def changes_sheet(self) -> None:
        """What this workbook holds otherwise than the database, if anything."""
        if not self.changes:
            return
        sheet = self._workbook.add_worksheet("Cut or changed")
        sheet.set_column(0, 0, 120)
        for row, line in enumerate(cutting.in_words(self.changes)):
            sheet.write_string(row, 0, line)

    def _column(
        self, sheet: Any, table: Table, column: Column
    ) -> Iterator[tuple["_Ready | None", Any]]:
        """Each cell of a column with its look. What is to be written is made once for all."""
        cells = table.cells_of(column.key)
        ready = [self._ready(sheet, column, cell) for cell in cells.distinct]
        looks: Iterable[Any] = repeat(self._formats.get(column.unit))
        if column.unit_in:
            looks = map(self._formats.get, map(str, table.cells_of(column.unit_in)))
        elif column.type is Type.DAY:
            looks = repeat(self._day)
        elif column.type not in NUMBERS:
            looks = repeat(None)
        return zip((ready[number] for number in cells.numbers), looks, strict=False)

    def _ready(self, sheet: Any, column: Column, cell: Cell) -> "_Ready | None":
        if cell is None or cell == "":
            return None
        if isinstance(cell, int | float):
            return _Ready(sheet.write_number, cell)
        if column.type is Type.DAY:
            return _Ready(sheet.write_datetime, datetime.fromisoformat(cell))
        return _Ready(sheet.write_string, *_fitted(cell))

    def _pairs(self, sheet: Any, row: int, pairs: Mapping[str, str]) -> int:
        for at, (name, value) in zip(count(row), pairs.items(), strict=False):
            sheet.write_string(at, 0, self._fit(name, "About", at, "A"), self._wrapped)
            sheet.write_string(at, 1, self._fit(value, "About", at, "B"), self._wrapped)
        return row + len(pairs)

    def _fit(self, text: str, table: str, row: int, column: str) -> str:
        kept, done = _fitted(text)
        self._list(table, row, column, done)
        return kept

    def _list(self, table: str, row: int, column: str, done: Iterable[str]) -> None:
        self.changes += [Change(table, row, column, what) for what in done]


class _Ready(NamedTuple):
    """What a cell becomes: the sheet's own `put` with a value, and what was `done` to it."""

    put: Callable[..., Any]
    value: Any
    done: Sequence[str] = ()


def _fitted(text: str) -> tuple[str, list[str]]:
    """The text as a cell can hold it, and what was done to it."""
    clean, removed = cutting.without_forbidden(text)
    kept, shortened = cutting.cut(clean, cutting.XLSX_CELL, "utf-16-le")
    return kept, [what for what in (removed, shortened) if what]

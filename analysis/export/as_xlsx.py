"""XLSX: a front sheet, the table, its codebook, charts that Excel draws, and what was cut.

Every text is written as text: none runs as a formula or turns into a link or a day.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from itertools import count
from pathlib import Path
from typing import Any

from analysis.errors import ExportRefused
from analysis.export import cutting
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
        units = [table.keys.index(c.unit_in) if c.unit_in else None for c in table.columns]
        for number, row in enumerate(counted(table, step), start=1):
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                unit_at = units[place]
                unit = column.unit if unit_at is None else str(row[unit_at])
                self._cell(sheet, table.name, (number, place), column, cell, unit)

    def changes_sheet(self) -> None:
        """What this workbook holds otherwise than the database, if anything."""
        if not self.changes:
            return
        sheet = self._workbook.add_worksheet("Cut or changed")
        sheet.set_column(0, 0, 120)
        for row, line in enumerate(cutting.in_words(self.changes)):
            sheet.write_string(row, 0, line)

    def _cell(
        self,
        sheet: Any,
        table: str,
        place: tuple[int, int],
        column: Column,
        cell: str | float | None,
        unit: str,
    ) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, int | float):
            sheet.write_number(*place, cell, self._formats.get(unit))
        elif column.type is Type.DAY:
            sheet.write_datetime(*place, datetime.fromisoformat(cell), self._day)
        else:
            sheet.write_string(*place, self._fit(cell, table, place[0], column.key))

    def _pairs(self, sheet: Any, row: int, pairs: Mapping[str, str]) -> int:
        for at, (name, value) in zip(count(row), pairs.items(), strict=False):
            sheet.write_string(at, 0, self._fit(name, "About", at, "A"), self._wrapped)
            sheet.write_string(at, 1, self._fit(value, "About", at, "B"), self._wrapped)
        return row + len(pairs)

    def _fit(self, text: str, table: str, row: int, column: str) -> str:
        clean, removed = cutting.without_forbidden(text)
        kept, shortened = cutting.cut(clean, cutting.XLSX_CELL, "utf-16-le")
        self._list(table, row, column, (removed, shortened))
        return kept

    def _list(self, table: str, row: int, column: str, done: Iterable[str]) -> None:
        self.changes += [Change(table, row, column, what) for what in done if what]

"""The figures of some rows of the tribunal table, year by year."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.indicators.definitions import Binding
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.figures import Faults, Row, figure
from analysis.indicators.moj_table import Column, Is, MojTable
from analysis.indicators.symbols import MOJ_SYMBOLS, UnknownSymbol, read_cell
from analysis.indicators.table import key
from surveys.records import IndicatorValue, Missing

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")


@dataclass(frozen=True)
class Place:
    """A row to read, counted from 0, and the area it is about."""

    row: int
    code: str
    name: str
    level: str


def figures_of(
    table: MojTable, bindings: Sequence[Binding], places: Sequence[Place], file: str
) -> tuple[tuple[IndicatorValue, ...], tuple[CellProblem, ...]]:
    """The figures of some rows, and the problems that left one out.

    A series is read for the years that have its columns. Raises `IndicatorRefused` with
    every cell that is neither a number nor a symbol of this layout.
    """
    values: list[IndicatorValue] = []
    fatal: list[CellProblem] = []
    minor: list[CellProblem] = []
    for place in places:
        for year in dict.fromkeys(column.year for column in table.columns):
            columns = {key(c.heading): c for c in table.columns if c.year == year}
            faults = Faults()
            row = Row(_cells(table, place.row, columns, bindings), MOJ_SYMBOLS)
            values += [
                figure(binding, row, _value(binding, place, year), faults)
                for binding in bindings
                if all(key(name) in columns for name in binding.columns)
            ]
            for found, problems in ((faults.fatal, fatal), (faults.minor, minor)):
                for fault in dict.fromkeys(found):
                    heading = f"{year}, {columns[key(fault.column)].heading}"
                    problems.append(
                        CellProblem(file, place.row + 1, heading, fault.cause, fault.remedy)
                    )
    if fatal:
        raise IndicatorRefused(file, tuple(fatal))
    return tuple(values), tuple(minor)


def unread_symbols(
    table: MojTable, used: Collection[int], bindings: Sequence[Binding]
) -> dict[str, int]:
    """Unknown symbols in the rows of figures that were left, counted; they changed nothing."""
    left = [row for kind in (Is.AREA, Is.OTHER_TOTAL) for row in table.rows_of(kind)]
    percent = _percent(bindings)
    counts: Counter[str] = Counter()
    for row in left:
        for column in table.columns:
            text = plain(table.cell(row, column.index), percent=key(column.heading) in percent)
            if row not in used and isinstance(read_cell(text, MOJ_SYMBOLS), UnknownSymbol):
                counts[text] += 1
    return dict(counts)


def plain(text: str, *, percent: bool) -> str:
    """A number as digits only. The unit belongs to the column: a percentage must say "%".

    What is written otherwise comes back as it is, or named, to be refused as no number.
    """
    if not percent:
        return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
    if _NUMBER.fullmatch(text):
        return f"{text} without %"
    return text.removesuffix("%").strip()


def _cells(
    table: MojTable, row: int, columns: Mapping[str, Column], bindings: Sequence[Binding]
) -> dict[str, str]:
    percent = _percent(bindings)
    return {
        name: plain(table.cell(row, column.index), percent=name in percent)
        for name, column in columns.items()
    }


def _percent(bindings: Sequence[Binding]) -> set[str]:
    """The headings of the columns whose unit is per cent."""
    return {key(binding.published) for binding in bindings if binding.published}


def _value(binding: Binding, place: Place, year: str) -> IndicatorValue:
    """A value of this series for the row's area and year, without its number."""
    return IndicatorValue(
        series=binding.series.id,
        measure=binding.series.measure,
        area_code=place.code,
        area_name=place.name,
        area_level=place.level,
        period=year,
        period_kind="Calendar year",
        unit=binding.series.unit,
        value=None,
        missing=Missing.UNAVAILABLE,
    )

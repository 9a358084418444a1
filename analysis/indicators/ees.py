"""The reader of Explore Education Statistics (EES) files.

An EES file carries its places and times in fixed columns, then filters and figures. Which
publication it is can only be told from its columns, so the layouts are data (`ees.toml`).
"""

from collections import Counter
from typing import TYPE_CHECKING

from analysis.indicators.definitions import Binding, Layout
from analysis.indicators.ees_checks import SPINE, check_rows, check_spine, choose_layout
from analysis.indicators.ees_rows import Chosen, choose_rows
from analysis.indicators.encodings import NotText, decode
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.figures import Faults, Row, figure
from analysis.indicators.reading import File, Found, bindings_asked_for, decoded_text
from analysis.indicators.symbols import SYMBOLS, SymbolTable, UnknownSymbol, read_cell
from analysis.indicators.table import Table, key, read_table
from surveys.records import IndicatorValue, Missing

if TYPE_CHECKING:
    import pandas as pd


class EesReader:
    """Reads CSV files of Explore Education Statistics; see `Reader`."""

    name = "ees"

    def recognises(self, file: File) -> str:
        """Whether the first line has the two headings that every EES file begins with."""
        try:
            text = decode(file.data).text
        except NotText:
            return ""
        first_line = text[:4000].partition("\n")[0].casefold()
        if all(heading in first_line for heading in ("time_period", "time_identifier")):
            return "its first row has the headings time_period and time_identifier"
        return ""

    def read(self, file: File, area: str, measures: tuple[str, ...] | None) -> Found:
        """Read an EES file: its shape, its headings, its rows, its cells, in that order."""
        decoded = decoded_text(file)
        table = read_table(decoded.text, file.name)
        if not isinstance(table, Table):
            raise IndicatorRefused(file.name, table)
        _stop_if(file.name, check_spine(table, file.name))
        layout, why = choose_layout(table, file.name)
        bindings, left_out = _bindings(layout, table, file.name, measures)
        chosen = choose_rows(table, layout, area, file.name)
        faults = (*check_rows(chosen.rows, layout, file.name), *chosen.faults)
        _stop_if(file.name, faults)
        symbols = SYMBOLS[layout.symbols]
        values, minor = _values(table, chosen, bindings, symbols, file.name)
        return Found(
            values=values,
            problems=(*_repeated(table, file.name), *left_out, *chosen.problems, *minor),
            rows_read=table.rows_read,
            rows_used=len(chosen.rows),
            ignored=chosen.ignored,
            unread_symbols=_unread_symbols(table, chosen, bindings, symbols),
            key=layout.key,
            title=layout.title,
            publisher=layout.publisher,
            why=why,
            encoding=decoded.encoding,
        )


def _stop_if(file: str, faults: tuple[CellProblem, ...]) -> None:
    if faults:
        raise IndicatorRefused(file, faults)


def _bindings(
    layout: Layout, table: Table, file: str, measures: tuple[str, ...] | None
) -> tuple[tuple[Binding, ...], tuple[CellProblem, ...]]:
    """The series this file can give, and those it cannot with the columns they lack."""
    usable, left_out = [], []
    for binding in bindings_asked_for(layout, measures, file):
        lacking = [c for c in binding.columns if key(c) not in table.headings]
        if lacking:
            cause = f"{binding.series.title} was not read: the column is not there."
            left_out.append(CellProblem(file, 1, ", ".join(lacking), cause, "Nothing to do."))
        else:
            usable.append(binding)
    return tuple(usable), tuple(left_out)


def _repeated(table: Table, file: str) -> tuple[CellProblem, ...]:
    cause = "The heading occurs more than once, so none of its columns was read."
    remedy = "Nothing to do: no figure here needs it."
    return tuple(CellProblem(file, 1, name, cause, remedy) for name in table.repeated)


def _values(
    table: Table,
    chosen: Chosen,
    bindings: tuple[Binding, ...],
    symbols: SymbolTable,
    file: str,
) -> tuple[tuple[IndicatorValue, ...], tuple[CellProblem, ...]]:
    values: list[IndicatorValue] = []
    fatal: list[CellProblem] = []
    minor: list[CellProblem] = []
    for number, record in zip(chosen.rows.index, chosen.rows.to_dict("records"), strict=True):
        cells = {str(column): str(text) for column, text in record.items()}
        row = Row(cells, symbols)
        faults = Faults()
        values += [figure(b, row, _place(b, cells), faults) for b in bindings]
        for found, problems in ((faults.fatal, fatal), (faults.minor, minor)):
            for fault in dict.fromkeys(found):
                heading = table.headings[key(fault.column)]
                problems.append(CellProblem(file, number, heading, fault.cause, fault.remedy))
    _stop_if(file, tuple(fatal))
    return tuple(values), tuple(minor)


def _place(binding: Binding, cells: dict[str, str]) -> IndicatorValue:
    """A value of this series for the row's area and period, without its number."""
    code, name = SPINE[cells["geographic_level"]]
    return IndicatorValue(
        series=binding.series.id,
        measure=binding.series.measure,
        area_code=cells[code],
        area_name=cells[name],
        area_level=cells["geographic_level"],
        period=cells["time_period"],
        period_kind=cells["time_identifier"],
        unit=binding.series.unit,
        value=None,
        missing=Missing.UNAVAILABLE,
    )


def _unread_symbols(
    table: Table, chosen: Chosen, bindings: tuple[Binding, ...], symbols: SymbolTable
) -> dict[str, int]:
    """Unknown symbols in the rows that were left, counted; they changed nothing."""
    left: pd.DataFrame = table.frame.drop(index=chosen.rows.index)
    columns = dict.fromkeys(key(c) for b in bindings for c in b.columns)
    counts: Counter[str] = Counter()
    for column in columns:
        for text, count in left[column].value_counts().items():
            if isinstance(read_cell(str(text), symbols), UnknownSymbol):
                counts[str(text)] += int(count)
    return dict(counts)

"""SAV, for SPSS and PSPP: numbers with labels, and the kinds of nothing declared as missing.

A code becomes the number that its column gives it (the codebook has both). An empty cell
becomes the missing number of its reason, where the column has one, and else SPSS's own
"system missing"; an empty text is declared missing too. So what counts as valid is
exactly what is filled in the CSV.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import ExportRefused
from analysis.export import cutting
from analysis.export.cells import Cells
from analysis.export.csv_text import Cell
from analysis.export.cutting import Change
from analysis.export.model import (
    FACT_NAMES,
    NUMBERS,
    About,
    Column,
    Export,
    Table,
    Type,
)
from analysis.export.spss_names import spss_names
from analysis.export.steps import Step

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Floats = np.ndarray[tuple[int], np.dtype[np.float64]]

NUMERIC = NUMBERS | {Type.CODE}
_FORMATS = {Type.INTEGER: "F12.0", Type.NUMBER: "F12.2", Type.CODE: "F8.0"}


def write(export: Export, path: Path, step: Step) -> list[Change]:
    """Write the table; what had to be cut to fit the format is returned.

    Raises:
        ExportRefused: a number stands where the numbers of nothing stand.
        OSError: it cannot be written.
    """
    table, changes = export.table, _Changes(export.table)
    names = spss_names(table.keys)
    frame = _frame(table, names, changes, step)
    _save(frame, path, _options(export, names, changes))
    return changes.found


def _save(frame: "pd.DataFrame", path: Path, options: Mapping[str, Any]) -> None:
    import pyreadstat  # noqa: PLC0415 - slow to load

    try:
        pyreadstat.write_sav(frame, path, row_compress=True, **options)
        # It does not say so when the disk fills up with the last bytes, so they are read again.
        last = max(len(frame) - 1, 0)
        again, _ = pyreadstat.read_sav(path, user_missing=True, row_offset=last)
    except pyreadstat.ReadstatError as error:  # it hides what the system said
        raise OSError(f"{error} (the disk may be full)") from error
    if again.shape != (len(frame) - last, len(frame.columns)):
        raise OSError("it was not written whole (the disk may be full)")


def _options(export: Export, names: Mapping[str, str], changes: "_Changes") -> dict[str, Any]:
    table = export.table
    measures = {c.key: "scale" if c.type in NUMBERS else "nominal" for c in table.columns}
    return {
        "file_label": cutting.cut(table.title, cutting.SAV_FILE_LABEL, "utf-8")[0],
        "note": _note(export.about),
        "column_labels": _titles(table, names, changes),
        "variable_value_labels": _labels(table, names, changes),
        "missing_ranges": _missing(table, names),
        "variable_format": {names[c.key]: _FORMATS[c.type] for c in table.columns if _numeric(c)},
        "variable_measure": {names[key]: measure for key, measure in measures.items()},
    }


class _Changes:
    """Cuts text, and remembers each cut."""

    def __init__(self, table: Table) -> None:
        self._table = table.name
        self.found: list[Change] = []

    def fit(self, text: str, limit: int, column: str, what: str) -> str:
        """At most `limit` bytes of a column's `what`."""
        kept, done = _fit(text, limit)
        self.add(0, column, [f"{what} {each}" for each in done])
        return kept

    def add(self, row: int, column: str, done: Iterable[str]) -> None:
        """Remember what was done to a text."""
        self.found += [Change(self._table, row, column, each) for each in done]


def _fit(text: str, limit: int) -> tuple[str, list[str]]:
    """At most `limit` bytes of the text, and what was done. A NUL, which would end it, goes."""
    kept, cut = cutting.cut(text.replace("\0", ""), limit, "utf-8")
    removed = "characters removed that the format forbids (U+0000)" if "\0" in text else ""
    return kept, [done for done in (removed, cut) if done]


def _numeric(column: Column) -> bool:
    return column.type in NUMERIC


def _frame(table: Table, names: Mapping[str, str], changes: _Changes, step: Step) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415

    columns: dict[str, Any] = {}
    for number, (column, cells) in enumerate(zip(table.columns, table.cells, strict=True), start=1):
        if _numeric(column):
            made: Any = _numbers(table, column, cells)
        elif column.type is Type.DAY:
            days = [_day(cell) for cell in cells]
            made = pd.Series(days, dtype="object" if any(days) else "float64")
        else:
            made = _texts(column, cells, changes)
        columns[names[column.key]] = made
        step(number, len(table.columns))
    return pd.DataFrame(columns, copy=False)


def _numbers(table: Table, column: Column, cells: Cells) -> "Floats":
    """The column as numbers: each distinct cell is turned into its own once."""
    import numpy as np  # noqa: PLC0415

    numbers = np.array([_number(column, cell) for cell in cells.distinct], "float64")
    empty = np.array([cell is None for cell in cells.distinct], "bool")
    places = np.asarray(cells.numbers)
    if not column.reason or not empty.any():
        made: Floats = numbers[places]
        return made
    reasons = table.cells_of(column.reason)
    nothings = [column.missing.get(str(reason), (math.nan,))[0] for reason in reasons.distinct]
    said = np.array(nothings, "float64")[np.asarray(reasons.numbers)]
    filled: Floats = np.where(empty[places], said, numbers[places])
    return filled


def _number(column: Column, cell: Cell) -> float:
    if cell is None:
        return math.nan
    number = float(column.numbers[str(cell)] if column.type is Type.CODE else cell)
    taken = [nothing for nothing, _ in column.missing.values()]
    if taken and min(taken) <= number <= max(taken):
        raise ExportRefused(
            f"The column {column.key} holds {number:g}, which in an SPSS file stands for"
            " no answer. Export it as csv, xlsx, parquet or json."
        )
    return number


def _texts(column: Column, cells: Cells, changes: _Changes) -> "pd.Categorical[str]":
    import pandas as pd  # noqa: PLC0415

    from analysis.export.recoding import array_of, recoded  # noqa: PLC0415

    fitted = [_fit("" if cell is None else str(cell), cutting.SAV_TEXT) for cell in cells.distinct]
    if any(done for _, done in fitted):
        for row, number in enumerate(cells.numbers, start=1):
            changes.add(row, column.key, fitted[number][1])
    kept = recoded([text for text, _ in fitted], array_of(cells.numbers))
    return pd.Categorical.from_codes(
        array_of(kept.numbers), pd.Index([*kept.distinct], dtype="str"), validate=False
    )


def _day(cell: Cell) -> date | None:
    return None if cell is None else date.fromisoformat(str(cell))


def _titles(table: Table, names: Mapping[str, str], changes: _Changes) -> dict[str, str | None]:
    return {
        names[c.key]: changes.fit(c.title, cutting.SAV_LABEL, c.key, "label") for c in table.columns
    }


def _labels(
    table: Table, names: Mapping[str, str], changes: _Changes
) -> dict[str, dict[int | float, str]]:
    labels: dict[str, dict[int | float, str]] = {}
    for column in filter(_numeric, table.columns):
        numbers = column.numbers or {code: int(code) for code in column.labels}
        words = {number: column.labels.get(code, code) for code, number in numbers.items()}
        words |= dict(column.missing.values())
        if words:
            labels[names[column.key]] = {
                number: changes.fit(text, cutting.SAV_VALUE_LABEL, column.key, f"label of {number}")
                for number, text in words.items()
            }
    return labels


def _missing(table: Table, names: Mapping[str, str]) -> dict[str, list[Any]]:
    """SPSS takes three numbers or one range: the nothings stand in one range."""
    ranges: dict[str, list[Any]] = {}
    for column in table.columns:
        if _numeric(column) and column.missing:
            codes = [number for number, _ in column.missing.values()]
            ranges[names[column.key]] = [{"lo": min(codes), "hi": max(codes)}]
        elif not _numeric(column) and column.type is not Type.DAY:
            ranges[names[column.key]] = [""]
    return ranges


def _note(about: About) -> list[str]:
    return [
        line
        for key, fact in about.facts().items()
        for line in cutting.lines(f"{FACT_NAMES[key]}: {fact}", cutting.SAV_NOTE_LINE)
    ]

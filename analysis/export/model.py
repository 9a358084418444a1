"""An export as data: typed tables, and what must be known to believe them.

Every writer of a format (`as_csv`, `as_xlsx`, ...) takes these and nothing else.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from analysis.export.cells import Cells, cells_of
from analysis.export.csv_text import Cell
from surveys.model import State

STATES = {
    State.ANSWERED: "Answered",
    State.DONT_KNOW: "Don't know",
    State.DOES_NOT_APPLY: "Does not apply",
    State.SKIPPED: "Skipped",
    State.NOT_ASKED: "Not asked, or not reached",
}
"""The five states in words."""


class Type(StrEnum):
    """What the cells of a column are; every cell may also be `None`, which is empty.

    A whole number, any number, a code with labels, text, or a day as ISO text.
    """

    INTEGER = "integer"
    NUMBER = "number"
    CODE = "code"
    TEXT = "text"
    DAY = "day"


NUMBERS = frozenset({Type.INTEGER, Type.NUMBER})


@dataclass(frozen=True)
class Column:
    """One column.

    `key` is its name in every row, `title` says what it is. `unit` is that of its numbers
    ("people", "percent"...); where rows differ, `unit_in` is the column that tells.
    `labels` are the words of its codes. `numbers` are the codes' numbers where a format
    (SPSS) wants numbers. `reason` is the column that says why a cell is empty, and
    `missing` has the number and the words of each reason, declared as missing where a
    format can.
    """

    key: str
    title: str
    type: Type
    unit: str = ""
    unit_in: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    missing: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """Columns, and the cells of each. `name` is a plain word: a sheet's name, a file's.

    Raises:
        ValueError: the columns are not all as long, a cell is no number to write, or two
            columns have one key.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    cells: tuple[Cells, ...]

    def __post_init__(self) -> None:
        if len(set(self.keys)) != len(self.keys):
            raise ValueError(f"Two columns of {self.name} have one name: {self.keys}.")
        if len({len(each) for each in self.cells}) > 1:
            raise ValueError(f"The columns of {self.name} are not all as long.")
        for column, cells in zip(self.columns, self.cells, strict=True):
            if column.type is Type.NUMBER and not all(map(_finite, cells.distinct)):
                raise ValueError(f"The column {column.key} has what is no number to write.")

    @classmethod
    def of_rows(
        cls, name: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
    ) -> "Table":
        """A table from its rows, for one that is short.

        Raises:
            ValueError: a row is longer or shorter than the columns; and see above.
        """
        held = list(rows)
        wrong = {len(row) for row in held} - {len(columns)}
        if wrong:
            raise ValueError(
                f"A row of {name} has {min(wrong)} cells under {len(columns)} columns."
            )
        cells = (cells_of(row[place] for row in held) for place in range(len(columns)))
        return cls(name, title, tuple(columns), tuple(cells))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns' keys, in order."""
        return tuple(column.key for column in self.columns)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.cells[0]) if self.cells else 0

    def cells_of(self, key: str) -> Cells:
        """The cells of one column."""
        return self.cells[self.keys.index(key)]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, one after another."""
        return zip(*self.cells, strict=True)


@dataclass(frozen=True)
class About:
    """What every file carries. Facts of two rounds stand joined by "; ".

    `opens` and `closes` are days as people in England write them. `base` says who is
    counted; `weights` and `suppression` say in words what was done.
    """

    kind: str
    round: str
    opens: str
    closes: str
    demonstration: str
    base: str
    questionnaire: str
    questionnaire_hash: str
    weights: str
    suppression: str
    code_version: str
    release_hash: str
    made_on: date

    def facts(self) -> dict[str, str]:
        """Each fact by its key, as text."""
        return {each.name: str(getattr(self, each.name)) for each in fields(self)}


FACT_NAMES = {
    "kind": "What this is",
    "round": "Round",
    "opens": "Opens",
    "closes": "Closes",
    "demonstration": "Demonstration, with invented families",
    "base": "Base",
    "questionnaire": "Questionnaire",
    "questionnaire_hash": "Questionnaire's hash",
    "weights": "Weights",
    "suppression": "Suppression",
    "code_version": "Version of the program",
    "release_hash": "Release's hash",
    "made_on": "Release made on",
}
"""Each fact of `About` as a heading."""


@dataclass(frozen=True)
class Series:
    """One colour of a chart; `low` and `high` are interval limits where it has them."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart that a workbook draws itself, over the figures beside it. `note` is its limits."""

    title: str
    unit: str
    groups: tuple[str, ...]
    series: tuple[Series, ...]
    highest: float
    note: str = ""


@dataclass(frozen=True)
class Export:
    """One export: its table, the codebook of that table, and what both are about.

    `definitions` are what the figures mean, by heading. A codebook exported for itself
    has no second one.
    """

    table: Table
    about: About
    codebook: Table | None = None
    definitions: Mapping[str, str] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The table, and the codebook where there is one."""
        return (self.table,) if self.codebook is None else (self.table, self.codebook)


def _finite(cell: Cell) -> bool:
    return not isinstance(cell, float) or math.isfinite(cell)


def text_columns(keys: Iterable[str]) -> tuple[Column, ...]:
    """Columns of plain text whose titles are their keys in words."""
    return tuple(Column(key, key.replace("_", " ").capitalize(), Type.TEXT) for key in keys)

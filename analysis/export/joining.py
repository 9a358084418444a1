"""A table's rows as text, thousands at a time.

Neighbouring columns with few cells between them go together: a text for everything that
they can hold is made once, and joined by its number row after row. So a row of forty cells
costs ten joins, and memory holds the texts of one chunk of rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from analysis.export.cells import Cells
from analysis.export.csv_text import Cell
from analysis.export.steps import Step

ROWS = 8_192
"""How many rows are held as text at once."""
TEXTS = 4_096
"""How many texts a group of columns may have; a column with more is told cell by cell."""

Text = Callable[[Cell], str]


@dataclass(frozen=True)
class _Group:
    """Neighbouring columns; `texts` has each of their cells' texts joined, the last fastest."""

    columns: tuple[Cells, ...]
    texts: Sequence[str]

    def chunk(self, start: int) -> Iterator[str]:
        import numpy as np  # noqa: PLC0415 - what only names formats need not load it

        numbers = np.zeros(1, "int32")
        for cells in self.columns:
            here = np.asarray(cells.numbers[start : start + ROWS])
            numbers = numbers * len(cells.distinct) + here
        return map(self.texts.__getitem__, numbers.tolist())


@dataclass(frozen=True)
class _Wide:
    """A column of many cells, such as texts that parents wrote."""

    cells: Cells
    text: Text

    def chunk(self, start: int) -> Iterator[str]:
        numbers = self.cells.numbers[start : start + ROWS]
        return map(self.text, map(self.cells.distinct.__getitem__, numbers))


def rows_as_text(
    columns: Sequence[Cells], texts: Sequence[Text], step: Step
) -> Iterator[list[str]]:
    """The text of every row, a chunk of rows at a time; `texts` are what each column's cells are.

    `step` is told how far it is.
    """
    rows = len(columns[0])
    groups = list(_groups(columns, texts))
    for start in range(0, rows, ROWS):
        step(start, rows)
        yield list(map("".join, zip(*(group.chunk(start) for group in groups), strict=True)))
    step(rows, rows)


def _groups(columns: Sequence[Cells], texts: Sequence[Text]) -> Iterator[_Group | _Wide]:
    held: list[Cells] = []
    made: list[str] = [""]
    for cells, text in zip(columns, texts, strict=True):
        if held and len(made) * len(cells.distinct) > TEXTS:
            yield _Group(tuple(held), made)
            held, made = [], [""]
        if len(cells.distinct) > TEXTS:
            yield _Wide(cells, text)
            continue
        held.append(cells)
        made = list(map("".join, product(made, map(text, cells.distinct))))
    if held:
        yield _Group(tuple(held), made)

"""A table's cells, a column at a time: a number a row, and each distinct cell once.

A Python object a cell would cost the file of a region's round gigabytes, and minutes.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.export.csv_text import Cell


@dataclass(frozen=True)
class Cells:
    """One column's cells, from the top down: row n has `distinct[numbers[n]]`.

    No number is below 0. 4 and 4.0 are two values, for each keeps its own text.
    """

    distinct: Sequence[Cell]
    numbers: "array[int] | range"

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Cell]:
        return map(self.distinct.__getitem__, self.numbers)


def cells_of(cells: Iterable[Cell]) -> Cells:
    """These cells as a column."""
    distinct: dict[object, Cell] = {}
    place: dict[object, int] = {}
    numbers = array("i")
    for cell in cells:
        # By their texts: 0.0 equals -0.0, and what is no number equals nothing.
        key = (type(cell), repr(cell) if isinstance(cell, float) else cell)
        distinct.setdefault(key, cell)
        numbers.append(place.setdefault(key, len(place)))
    return Cells(tuple(distinct.values()), numbers)


def running(rows: int) -> Cells:
    """The numbers from 1 to `rows`, which take no room."""
    return Cells(range(1, rows + 1), range(rows))

"""Columns of cells by numpy: numbered anew, laid below each other, put in another order."""

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.export.cells import Cells, cells_of
from analysis.export.csv_text import Cell

Numbers = np.ndarray[tuple[int], np.dtype[Any]]


def array_of(numbers: "array[int] | range") -> Numbers:
    """A column's numbers, without a copy where there is an array of them."""
    return np.asarray(numbers)


def recoded(values: Sequence[Cell], numbers: Numbers) -> Cells:
    """The column whose row n has `values[numbers[n]]`: each value once, and none for nothing.

    A number below 0 counts from the end.
    """
    used = np.zeros(len(values), "bool")
    used[numbers] = True
    kept = cells_of(value for value, is_used in zip(values, used, strict=True) if is_used)
    place = np.zeros(len(values), np.min_scalar_type(-len(kept.distinct) - 1))
    place[used] = kept.numbers
    return Cells(kept.distinct, _packed(place[numbers]))


def below(parts: Sequence[Cells]) -> Cells:
    """One column of several, the first on top."""
    if len(parts) == 1:
        return parts[0]
    values = [value for part in parts for value in part.distinct]
    before = np.cumsum([0, *(len(part.distinct) for part in parts[:-1])])
    numbers = [array_of(p.numbers) + start for p, start in zip(parts, before, strict=True)]
    return recoded(values, np.concatenate(numbers))


def ordered(cells: Cells, order: Numbers) -> Cells:
    """The same column, its row n the one that stood in place `order[n]`."""
    return Cells(cells.distinct, _packed(array_of(cells.numbers)[order]))


def _packed(numbers: Numbers) -> "array[int]":
    return array(numbers.dtype.char, numbers.tobytes())

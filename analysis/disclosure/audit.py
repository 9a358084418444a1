"""The last gate: from everything that is shown, can a hidden count be worked out?

It knows nothing of how the hidden counts were chosen. For each of them the largest and
the smallest number that fits everything shown is found by integer programming; every
such round is checked again in whole numbers.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.disclosure.cells import Cell
from analysis.disclosure.hiding import Component, is_allowed
from analysis.disclosure.solving import Clock, Told, extreme

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def given_away(component: Component, known: frozenset[Cell], clock: Clock) -> list[Cell]:
    """Hidden counts that follow from the known ones, though the size of the round is no cause.

    Raises:
        OutOfTime: it could not be proved in time.
    """
    told, seen = component.told_by(known), list["Ints"]()
    return [
        cell
        for cell in component.open_cells(known)
        if not _is_open(component, told, cell, seen, clock)
    ]


def _is_open(
    component: Component, told: Told, cell: Cell, seen: "list[Ints]", clock: Clock
) -> bool:
    place, ranges = component.place(cell), component.ranges(cell)
    if any(is_allowed(int(values[place]), ranges) for values in seen):
        return True
    for values in _ends(component, told, place, clock):
        seen.append(values)
        if is_allowed(int(values[place]), ranges):
            return True
    return False


def _ends(component: Component, told: Told, place: int, clock: Clock) -> "Iterator[Ints]":
    found = component.found
    true = found.values(found.truth)
    known, floors = list(told.known), list(told.floors)
    for sign in (1, -1):
        people = extreme(found, told, place, sign, clock)
        if people is None or not found.is_a_round(people):
            continue
        values = found.values(people)
        if (values[known] == true[known]).all() and (values[floors] >= 1).all():
            yield values

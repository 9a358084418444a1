"""Complementary suppression: what else is hidden, so that what is small stays hidden.

For each hidden count a *witness* is found: another round of whole people with another
count there, of which everything that is shown is equally true. What has to be hidden for
that, at the smallest loss, is hidden. Hiding more never spoils an earlier witness.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.disclosure.cells import Cell
from analysis.disclosure.rules import Kind, Range, is_small, must_allow
from analysis.disclosure.solving import Clock, Cost, Told, another, extreme
from analysis.disclosure.unknowns import Unknowns

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

TellsOf = tuple[tuple[Cell, ...], float]
"""The counts that a figure tells, and what hiding it costs."""


@dataclass
class Showing:
    """Which figures are shown, and so which counts are known.

    `fixed` are counts that an earlier release has told already.
    """

    figures: Sequence[TellsOf]
    fixed: frozenset[Cell]
    hidden: set[Cell] = field(default_factory=set)

    def shown(self) -> list[TellsOf]:
        """The figures that tell no hidden count."""
        return [each for each in self.figures if self.hidden.isdisjoint(each[0])]

    def known(self) -> frozenset[Cell]:
        """The counts that they tell."""
        return self.fixed.union(*(tells for tells, _ in self.shown()))


@dataclass(frozen=True)
class Component:
    """Counts that hang together: their unknowns, and which of them must stay open.

    `told` are those that a figure would tell, `must` those that stay open whatever they
    are; the others are only protected if they are small. `witnesses` are
    every cell's counts in other rounds. `capped` is what must stay possible where the size of
    the round alone tells more than the rule wants; `closed` are counts that follow from it;
    `stuck` are those that nothing can keep open beside an earlier release.
    """

    found: Unknowns
    counts: Mapping[Cell, int]
    told: frozenset[Cell]
    must: frozenset[Cell]
    threshold: int
    witnesses: "list[Ints]" = field(default_factory=list)
    capped: dict[Cell, tuple[Range, ...]] = field(default_factory=dict)
    closed: set[Cell] = field(default_factory=set)
    stuck: set[Cell] = field(default_factory=set)

    def place(self, cell: Cell) -> int:
        """The cell's row in the unknowns."""
        return self.found.cells.index(cell)

    def places(self, cells: Iterable[Cell]) -> list[int]:
        """Rows of those that are in this component."""
        wanted = set(cells)
        return [n for n, cell in enumerate(self.found.cells) if cell in wanted]

    def open_cells(self, known: frozenset[Cell]) -> list[Cell]:
        """What must stay open: every hidden count, and the small ones among the protected.

        A hidden nought may follow: it points at nobody, and is shown elsewhere.
        """
        told = {cell for cell in self.told if self.counts[cell]}
        wanted = (told | self.must) - known - self.closed
        return [
            cell
            for cell in self.found.cells
            if cell in wanted or (self.is_small(cell) and cell not in known | self.closed)
        ]

    def is_small(self, cell: Cell) -> bool:
        """Whether it is hidden for its own sake."""
        return is_small(cell.kind, self.counts[cell], self.threshold)

    def told_by(self, known: frozenset[Cell]) -> Told:
        """What a reader has. An empty base is always told as "no answers"."""
        bases = [cell for cell in self.told if cell.kind is Kind.BASE]
        empty = {cell for cell in bases if not self.counts[cell]}
        return Told(self.places(known | empty), self.places(set(bases) - empty - known))

    def ranges(self, cell: Cell) -> tuple[Range, ...]:
        """Of which one must stay possible."""
        capped = self.capped.get(cell)
        return capped or must_allow(cell.kind, self.counts[cell], self.threshold)


def hide(component: Component, showing: Showing, clock: Clock) -> None:
    """Hide in `showing` what is needed for this component.

    Raises:
        OutOfTime: it could not be found in time.
    """
    while (cell := _next(component, showing.known())) is not None:
        found = _witness(component, showing, cell, clock)
        if found is None and component.capped[cell]:
            component.stuck.add(cell)
        elif found is None:
            component.closed.add(cell)
        else:
            component.witnesses.append(component.found.values(found[0]))
            showing.hidden |= found[1]


def _next(component: Component, known: frozenset[Cell]) -> Cell | None:
    """The first open count of which no witness says another number, small ones first."""
    cells = [cell for cell in component.open_cells(known) if cell not in component.stuck]
    for cell in sorted(cells, key=lambda each: not component.is_small(each)):
        place, ranges = component.place(cell), component.ranges(cell)
        if not any(is_allowed(int(values[place]), ranges) for values in component.witnesses):
            return cell
    return None


def is_allowed(value: int, ranges: Sequence[Range]) -> bool:
    """Whether a number is in one of the ranges."""
    return any(low <= value and (high is None or value <= high) for low, high in ranges)


def _witness(
    component: Component, showing: Showing, cell: Cell, clock: Clock
) -> "tuple[Ints, set[Cell]] | None":
    cost = _cost(component, showing)
    found = _cheapest(component, showing.fixed, cell, cost, clock)
    if found is None and cell not in component.capped:
        component.capped[cell] = _as_the_size_allows(component, cell, clock)
        found = _cheapest(component, showing.fixed, cell, cost, clock)
    if found is None:
        return None
    _, people, gone = found
    return people, {component.found.cells[n] for n in gone}


def _cheapest(
    component: Component, fixed: frozenset[Cell], cell: Cell, cost: Cost, clock: Clock
) -> "tuple[float, Ints, list[int]] | None":
    told, place = component.told_by(fixed), component.place(cell)
    tried = [
        another(component.found, told, (place, each), cost, clock)
        for each in component.ranges(cell)
    ]
    return min((each for each in tried if each is not None), key=lambda each: each[0], default=None)


def _as_the_size_allows(component: Component, cell: Cell, clock: Clock) -> tuple[Range, ...]:
    """What can stay possible though nothing is shown: in a round of ten, no other ten."""
    place, count = component.place(cell), component.counts[cell]
    most = extreme(component.found, component.told_by(frozenset()), place, 1, clock)
    limit = count if most is None else int(component.found.values(most)[place])
    wanted = component.ranges(cell)
    if any(high is None and low <= limit for low, high in wanted):
        return wanted
    if limit > count:
        return ((limit, None),)
    return ((0, count - 1),) if count else ()


def _cost(component: Component, showing: Showing) -> Cost:
    always = set(component.told_by(showing.fixed).known)
    cells = [n for n in component.places(showing.known()) if n not in always]
    row = {component.found.cells[n]: at for at, n in enumerate(cells)}
    weights: dict[tuple[int, ...], float] = {}
    for tells, weight in showing.shown():
        places = tuple(sorted({row[cell] for cell in tells if cell in row}))
        if places:
            weights[places] = weights.get(places, 0.0) + weight
    reach = 4 * component.threshold + 20
    return Cost(cells, list(weights), list(weights.values()), reach)

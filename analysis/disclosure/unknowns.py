"""What a reader does not know, as whole numbers with linear relations between them.

The unknowns are how many people are in each combination of groups, clique by clique (see
`analysis.disclosure.cliques`). Categories that no count tells apart are one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING

from analysis.disclosure.cells import Cell, Crowd, Where
from analysis.disclosure.cliques import Names, cliques, tree

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

    Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

Merged = dict[str, tuple[frozenset[str], ...]]
"""Each variable's categories, in sets that every count has whole or not at all."""


class TooManyUnknowns(Exception):
    """The counts cross so many variables that nothing can be proved of them in time."""


MOST = 20_000


@dataclass(frozen=True)
class Unknowns:
    """The unknowns of one component and what is always known of them.

    `truth` is how many people are in each combination. `counts` has one row a cell of
    `cells`: how often it counts each combination. `relations` are always `sums`: pairs of
    cliques agree, nobody is in an impossible combination, and all people are known.
    """

    cells: tuple[Cell, ...]
    counts: "csr_array"
    truth: "Ints"
    relations: "csr_array"
    sums: "Ints"

    def values(self, people: "Ints") -> "Ints":
        """Every cell's count, were these the people."""
        import numpy as np  # noqa: PLC0415

        return np.asarray(self.counts @ people, dtype=np.int64)

    def is_a_round(self, people: "Ints") -> bool:
        """Whether these could be the people, in exact whole numbers."""
        return bool((people >= 0).all() and (self.relations @ people == self.sums).all())


def unknowns(crowd: Crowd, cells: Iterable[Cell]) -> Unknowns:
    """The unknowns that these cells count, of one component.

    Raises:
        TooManyUnknowns: there are more than can be worked with.
    """
    import numpy as np  # noqa: PLC0415

    told = tuple(cells)
    barred = [w for w in crowd.impossible if _names(w) & frozenset().union(*map(_vars, told))]
    parts = [*(part for cell in told for part in cell.parts), *barred]
    merged = _merged(crowd, parts)
    sizes = {name: len(sets) for name, sets in merged.items()}
    found = cliques((_names(part) for part in parts), sizes)
    if sum(int(np.prod([sizes[name] for name in each])) for each in found) > MOST:
        raise TooManyUnknowns
    grids = _Grids(found, merged)
    rows = [*grids.agreements(), *(grids.of(where) for where in barred), grids.of(frozenset())]
    sums = np.array([0] * (len(rows) - 1) + [len(crowd.people)], dtype=np.int64)
    counts = [reduce(np.add, (grids.of(part) for part in cell.parts)) for cell in told]
    return Unknowns(told, _sparse(counts), grids.truth(crowd), _sparse(rows), sums)


def _vars(cell: Cell) -> Names:
    return cell.variables


def _names(part: Where) -> Names:
    return frozenset(name for name, _ in part)


def _sparse(rows: Sequence["Ints"]) -> "csr_array":
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to load

    return csr_array(np.vstack(rows))


def _merged(crowd: Crowd, parts: Iterable[Where]) -> Merged:
    wanted: dict[str, set[frozenset[str]]] = {}
    for part in parts:
        for name, categories in part:
            wanted.setdefault(name, set()).add(categories)
    merged: Merged = {}
    for name, sets in wanted.items():
        alike: dict[tuple[bool, ...], set[str]] = {}
        for category in crowd.categories[name]:
            alike.setdefault(tuple(category in each for each in sets), set()).add(category)
        merged[name] = tuple(frozenset(each) for each in alike.values())
    return merged


class _Grids:
    """One cross-table a clique, laid end to end."""

    def __init__(self, found: list[Names], merged: Merged) -> None:
        self._names = [tuple(sorted(each)) for each in found]
        self._merged = merged
        shapes = [[len(merged[name]) for name in names] for names in self._names]
        self._shapes = [tuple(shape) for shape in shapes]
        ends = [0]
        for shape in shapes:
            ends.append(ends[-1] + reduce(int.__mul__, shape, 1))
        self._ends = ends
        self._tree = tree(found)

    def of(self, part: Where, at: int | None = None) -> "Ints":
        """1 for each combination of these people, in the first clique that tells them."""
        import numpy as np  # noqa: PLC0415

        row = np.zeros(self._ends[-1], dtype=np.int64)
        if at is None:
            names = _names(part)
            at = next(n for n, own in enumerate(self._names) if names.issubset(own))
        wanted = dict(part)
        inside = [
            [name not in wanted or sets <= wanted[name] for sets in self._merged[name]]
            for name in self._names[at]
        ]
        block = np.ones(1, dtype=np.int64)
        for flags in inside:
            block = np.outer(block, np.array(flags, dtype=np.int64)).ravel()
        row[self._ends[at] : self._ends[at + 1]] = block
        return row

    def agreements(self) -> list["Ints"]:
        """Rows whose sum is nought: two cliques hold as many of what they share."""
        return [
            self.of(part, one) - self.of(part, other)
            for one, other in self._tree
            for part in self._shared(one, other)
        ]

    def _shared(self, one: int, other: int) -> list[Where]:
        names = [name for name in self._names[one] if name in self._names[other]]
        return [
            frozenset(zip(names, sets, strict=True))
            for sets in product(*(self._merged[name] for name in names))
        ]

    def truth(self, crowd: Crowd) -> "Ints":
        """How many people are in each combination."""
        import numpy as np  # noqa: PLC0415

        people = np.zeros(self._ends[-1], dtype=np.int64)
        for at, names in enumerate(self._names):
            codes = [self._codes(crowd, name) for name in names]
            places = np.ravel_multi_index(codes, self._shapes[at]) if codes else np.array([])
            size = self._ends[at + 1] - self._ends[at]
            people[self._ends[at] : self._ends[at + 1]] = np.bincount(places, minlength=size)
        return people

    def _codes(self, crowd: Crowd, name: str) -> "Ints":
        place = {each: n for n, sets in enumerate(self._merged[name]) for each in sets}
        import numpy as np  # noqa: PLC0415

        return np.asarray(crowd.people[name].map(place), dtype=np.int64)

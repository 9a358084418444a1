"""Another round that a reader could not tell from this one, found by HiGHS (scipy)."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.disclosure.rules import Range
from analysis.disclosure.unknowns import Unknowns

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_array

    Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

NEAR_ENOUGH = 0.02
"""A choice of what to hide may lose this share more than the best one would."""

A_LITTLE = 0.001
HALF = 0.5


class OutOfTime(Exception):
    """There was no time to prove it."""


@dataclass(frozen=True)
class Clock:
    """Until when solving may take; monotonic seconds."""

    end: float

    @classmethod
    def of(cls, seconds: float) -> "Clock":
        """One that ends so many seconds from now."""
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds.

        Raises:
            OutOfTime: there are none.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left


@dataclass(frozen=True)
class Cost:
    """What may be hidden to find one, and what that costs.

    `cells` are rows of `Unknowns.counts` that are known now and may be hidden, `figures`
    the cells (places in `cells`) that each figure tells, `weights` what each is worth.
    `reach` bounds how far a hidden count may differ from the truth.
    """

    cells: Sequence[int]
    figures: Sequence[Sequence[int]]
    weights: Sequence[float]
    reach: int


@dataclass(frozen=True)
class Told:
    """What a reader knows of the cells (rows of `Unknowns.counts`).

    Those in `known` exactly, and that those in `floors` hold somebody.
    """

    known: Sequence[int]
    floors: Sequence[int]


def extreme(found: Unknowns, told: Told, target: int, sign: int, clock: Clock) -> "Ints | None":
    """The round with the most (`sign` 1) or fewest (-1) in a cell that agrees with what is told.

    `None` where the solver does not find it; there is always at least the truth.
    """
    model = _Model(found, told, 0)
    aim = -sign * found.counts[[target], :].toarray()[0].astype(float)
    solved = model.least(aim, clock)
    return None if solved is None else _whole(solved)


def another(
    found: Unknowns, told: Told, target: tuple[int, Range], cost: Cost, clock: Clock
) -> "tuple[float, Ints, list[int]] | None":
    """A round with the target in its range, the least being hidden for it.

    Returns what it costs, the round, and the cells to hide; `None` where there is none.
    This is complementary suppression as an integer program for one cell at a time
    (Fischetti and Salazar 2001; Hundepool et al. 2012, Statistical Disclosure Control, 4.4).
    """
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_array, eye_array, hstack  # noqa: PLC0415

    atoms, cells, figures = found.truth.size, len(cost.cells), len(cost.figures)
    model = _Model(found, told, cells + figures)
    place, (low, high) = target
    model.add(found.counts[[place], :], low, np.inf if high is None else high)
    rows = found.counts[list(cost.cells), :]
    true = rows @ found.truth
    loose = hstack([cost.reach * eye_array(cells), csr_array((cells, figures))])
    model.add(rows, -np.inf, true, -loose)
    model.add(rows, true, np.inf, loose)
    tied = _tied(cost)
    model.add(csr_array((tied.shape[0], atoms)), -np.inf, 0, tied)
    weights = np.concatenate([np.zeros(atoms), np.full(cells, A_LITTLE), np.asarray(cost.weights)])
    solved = model.least(weights, clock)
    if solved is None:
        return None
    gone = [
        cell
        for cell, is_hidden in zip(cost.cells, solved[atoms:], strict=False)
        if is_hidden > HALF
    ]
    return float(weights @ solved), _whole(solved[:atoms]), gone


def _tied(cost: Cost) -> "csr_array":
    """Rows that are at most nought: a figure is lost with each cell that it tells."""
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    pairs = [(cell, n) for n, told in enumerate(cost.figures) for cell in told]
    rows = np.zeros((len(pairs), len(cost.cells) + len(cost.figures)))
    for row, (cell, figure) in zip(rows, pairs, strict=True):
        row[cell], row[len(cost.cells) + figure] = 1, -1
    return csr_array(rows)


def _whole(numbers: "Floats") -> "Ints":
    import numpy as np  # noqa: PLC0415

    return np.rint(numbers).astype(np.int64)


class _Model:
    """An integer program over the unknowns and, after them, `more` numbers from 0 to 1."""

    def __init__(self, found: Unknowns, told: Told, more: int) -> None:
        import numpy as np  # noqa: PLC0415

        self._more, self._people = more, int(found.sums[-1])
        self._limits: list[Any] = []
        self.add(found.relations, found.sums, found.sums)
        rows = found.counts[list(told.known), :]
        self.add(rows, rows @ found.truth, rows @ found.truth)
        self.add(found.counts[list(told.floors), :], 1, np.inf)

    def add(self, left: Any, low: Any, high: Any, right: Any = None) -> None:
        """Hold these rows between low and high; `right` is about the further numbers."""
        from scipy.optimize import LinearConstraint  # noqa: PLC0415 - slow to load
        from scipy.sparse import csr_array, hstack  # noqa: PLC0415

        if not left.shape[0]:
            return
        right = csr_array((left.shape[0], self._more)) if right is None else right
        whole = hstack([left, right], format="csr") if self._more else left
        self._limits.append(LinearConstraint(whole, low, high))

    def least(self, weights: "Floats", clock: Clock) -> "Floats | None":
        """The numbers of least weight; the best found where time is short."""
        import numpy as np  # noqa: PLC0415
        from scipy.optimize import Bounds, milp  # noqa: PLC0415

        atoms = weights.size - self._more
        top = np.concatenate([np.full(atoms, float(self._people)), np.ones(self._more)])
        gap = NEAR_ENOUGH if self._more else 0.0
        solved = milp(
            weights,
            integrality=np.ones(weights.size, dtype=np.int64),
            bounds=Bounds(0.0, top),
            constraints=self._limits,
            options={"time_limit": clock.left(), "mip_rel_gap": gap},
        )
        return None if solved.x is None else np.asarray(solved.x)

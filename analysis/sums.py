"""People's values, summed by household and counted by distinct pattern."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

DECIMALS = 9
"""Sums that differ only beyond these are one pattern: floating point, not families."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Patterns:
    """What a mean is made of: each distinct (total, size) of a unit, and how many have it.

    A unit is a household, or a person alone. `totals` (float64) are sums of values and
    `sizes` (float64) numbers of people, or sums of weights; `counts` (float64) are how many
    units have the pattern; patterns are sorted. `people` and `units` count everybody,
    `clustered` is whether any household is known, `all_same` whether all values are equal.
    """

    totals: Numbers
    sizes: Numbers
    counts: Numbers
    people: int
    clustered: bool
    all_same: bool

    @property
    def units(self) -> int:
        """How many households and people alone there are."""
        return int(self.counts.sum())

    @property
    def mean(self) -> float:
        """All sums over all sizes."""
        return float(self.counts @ self.totals / (self.counts @ self.sizes))

    @property
    def standard_error(self) -> float:
        """Of the mean as a ratio, linearised: Cochran (1977), Sampling Techniques, chapter 6.

        sqrt(G / (G - 1) sum (t - mean s)^2) / sum s, over G units. With a unit a person and
        sizes of 1 it is the ordinary s / sqrt(n).
        """
        apart = self.counts @ (self.totals - self.mean * self.sizes) ** 2
        return math.sqrt(self.units / (self.units - 1) * apart) / float(self.counts @ self.sizes)

    @property
    def means_same(self) -> bool:
        """Whether every unit has the same mean, to within floating point."""
        means = self.totals / self.sizes
        return bool(np.ptp(means) <= 10**-DECIMALS * max(1.0, float(np.abs(means).max())))


def by_household(
    values: ArrayLike,
    households: ArrayLike | Sequence[object] | None = None,
    weights: ArrayLike | None = None,
) -> Patterns:
    """The patterns of these people's values, whatever the order they come in.

    With `weights` (above 0) totals are of weight times value, and sizes of weights.

    Raises:
        ValueError: a value is missing, or the lengths or indexes differ.
    """
    heard = np.asarray(values, dtype="float64")
    if np.isnan(heard).any():
        raise ValueError("a value is missing; leave out the people who have none, and count them")
    weighed = _beside(values, weights, np.ones(len(heard)), "weights")
    home, known = _homes(values, households, len(heard))
    # Sorted, so that sums of floating point do not depend on who came first.
    order = np.lexsort((weighed, heard))
    home, heard, weighed = home[order], heard[order], weighed[order]
    totals, sizes = np.bincount(home, weighed * heard), np.bincount(home, weighed)
    pairs = np.column_stack([totals, sizes]).astype("float64")
    distinct, counts = _distinct(pairs)
    return Patterns(
        totals=distinct[:, 0],
        sizes=distinct[:, 1],
        counts=counts.astype("float64"),
        people=len(heard),
        clustered=known,
        all_same=len(heard) > 0 and bool(heard[0] == heard[-1]),
    )


def household_effect(values: ArrayLike, households: ArrayLike | Sequence[object] | None) -> float:
    """How many times as much these persons' mean varies as that of as many strangers.

    Kish's design effect (Kish (1965), Survey Sampling), by households: the linearised
    variance (`Patterns.standard_error`) over the ordinary one. Kept from 1 (members of a
    household answer like strangers) to sum m^2 / sum m over households of m persons (they
    answer as one), which stands where all values are equal, or all are of one household.

    Raises:
        ValueError: a value is missing, or the lengths or indexes differ.
    """
    units = by_household(values, households)
    if not units.clustered:
        return 1.0
    most = float(units.counts @ units.sizes**2 / (units.counts @ units.sizes))
    if units.all_same or units.units < 2:  # noqa: PLR2004 - one household has no spread
        return most
    strangers = float(np.asarray(values, dtype="float64").var(ddof=1)) / units.people
    return min(most, max(1.0, units.standard_error**2 / strangers))


def _distinct(pairs: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    # Grouped by what is rounded, and standing for the group is its least as it is: so
    # neither who came first nor rounding moves a figure. Faster than unique(axis=0).
    rounded = pairs.round(DECIMALS)
    order = np.lexsort((pairs[:, 1], pairs[:, 0], rounded[:, 1], rounded[:, 0]))
    pairs, rounded = pairs[order], rounded[order]
    new = np.ones(len(pairs), dtype="bool")
    new[1:] = (rounded[1:] != rounded[:-1]).any(axis=1)
    starts = np.flatnonzero(new)
    return pairs[starts], np.diff(np.append(starts, len(pairs)))


def _homes(
    values: ArrayLike, households: ArrayLike | Sequence[object] | None, people: int
) -> tuple[NDArray[np.int64], bool]:
    """A whole number for each person's household, and whether any household is known."""
    if households is None:
        return np.arange(people), False
    if isinstance(households, list | tuple):
        # numpy would make a missing name among names the household "nan".
        households = pd.Series(list(households), dtype="object").to_numpy()
    codes, names = pd.factorize(pd.Series(_fitting(values, households, people, "households")))
    alone = codes < 0
    home = codes.astype("int64")
    home[alone] = len(names) + np.arange(int(alone.sum()))
    return home, bool(len(names))


def _beside(values: ArrayLike, other: ArrayLike | None, default: Numbers, name: str) -> Numbers:
    if other is None:
        return default
    numbers = np.asarray(_fitting(values, other, len(default), name), dtype="float64")
    if not (numbers > 0).all():
        raise ValueError(f"{name} must all be above 0")
    return numbers


def _fitting(
    values: ArrayLike, other: ArrayLike | Sequence[object], people: int, name: str
) -> ArrayLike:
    listed: ArrayLike = other if isinstance(other, pd.Series) else np.asarray(other)
    if len(listed) != people:  # type: ignore[arg-type]  # a Series or an array has a length
        raise ValueError(f"there are {people} values and {len(listed)} {name}")  # type: ignore[arg-type]  # likewise
    both = isinstance(values, pd.Series) and isinstance(other, pd.Series)
    if both and not values.index.equals(other.index):  # type: ignore[union-attr]  # both are Series
        raise ValueError(f"values and {name} are not of the same people in the same order")
    return listed

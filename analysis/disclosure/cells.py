"""Counts as sets of people, told by what the people in them have in common."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.disclosure.rules import Kind

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

Where = frozenset[tuple[str, frozenset[str]]]
"""People by their groups: for each variable named, the categories they may be in."""


def where(**groups: str | Iterable[str]) -> Where:
    """People in these groups: `where(phase="primary", c10=("answered:4", "answered:5"))`."""
    return frozenset(
        (variable, frozenset([wanted] if isinstance(wanted, str) else wanted))
        for variable, wanted in groups.items()
    )


def both(first: Where, second: Where) -> Where:
    """The people in both, which must not name the same variable."""
    return first | second


@dataclass(frozen=True)
class Cell:
    """A count: of what kind, and of whom.

    People who are in several `parts` are counted once for each: parts that exclude one
    another count people, others count such things as comments.
    """

    kind: Kind
    parts: tuple[Where, ...]

    @property
    def variables(self) -> frozenset[str]:
        """Every variable it names."""
        return frozenset(name for part in self.parts for name, _ in part)


@dataclass
class Crowd:
    """The people of a round and how they divide.

    `people` has one row a person and one column (category) a variable; `categories` holds every
    category that a variable may have, whether or not anybody is in it: a reader does not
    know which are empty. `impossible` are combinations that nobody can be in.
    """

    people: pd.DataFrame
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    impossible: list[Where] = field(default_factory=list)
    _masks: dict[tuple[str, frozenset[str]], Flags] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, ids: pd.Index) -> "Crowd":
        """These people, not divided yet."""
        return cls(pd.DataFrame(index=ids))

    def divide(self, variable: str, groups: pd.Series, categories: Iterable[str]) -> None:
        """Divide the people by a variable; it may be done again with the same groups."""
        here = groups if groups.index is self.people.index else groups.reindex(self.people.index)
        if not isinstance(here.dtype, pd.CategoricalDtype):
            here = here.astype("str").astype("category")
        used = here.cat.remove_unused_categories().cat.categories
        known = tuple(dict.fromkeys([*categories, *used]))
        self.people[variable] = here.cat.set_categories(known)
        self._masks = {group: mask for group, mask in self._masks.items() if group[0] != variable}
        self.categories[variable] = known

    def mark(self, variable: str, mask: pd.Series) -> None:
        """Divide the people into "yes", where the mask is true, and "no"."""
        groups = mask.reindex(self.people.index, fill_value=False).map({True: "yes", False: "no"})
        self.divide(variable, groups, ("yes", "no"))

    def count(self, cell: Cell) -> int:
        """How many there are."""
        return sum(int(self.inside(part).sum()) for part in cell.parts)

    def others(self, variable: str, wanted: Iterable[str]) -> frozenset[str]:
        """The variable's other categories."""
        return frozenset(self.categories[variable]) - frozenset(wanted)

    def inside(self, part: Where) -> pd.Series:
        """Who they are (bool, by response id)."""
        inside = pd.Series(True, index=self.people.index)
        for group in part:
            if group not in self._masks:
                self._masks[group] = self._mask(*group)
            inside &= self._masks[group]
        return inside

    def _mask(self, variable: str, wanted: frozenset[str]) -> Flags:
        chosen = np.array([category in wanted for category in self.categories[variable]])
        return chosen[self.people[variable].cat.codes]

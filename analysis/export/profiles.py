"""Profiles as a file of responses may show them: those that too few share are joined.

People are numbered by what they have in common: person n has `combinations[numbers[n]]`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from analysis.export.cells import Cells
from analysis.export.columns import OTHER
from analysis.export.recoding import Numbers, array_of

Combination = tuple[str, ...]


class Grouped(NamedTuple):
    """Person n has `combinations[numbers[n]]`; no combination stands there twice."""

    combinations: Sequence[Combination]
    numbers: Numbers


def grouped(columns: Sequence[Cells]) -> Grouped:
    """What each person has in these columns of text; "" where a cell is empty."""
    together = np.zeros(len(columns[0]), "int64")
    for cells in columns:
        # Numbered anew each time, so that many columns of many codes still fit.
        _, together = np.unique(
            together * len(cells.distinct) + array_of(cells.numbers), return_inverse=True
        )
    _, first = np.unique(together, return_index=True)
    combinations = [
        tuple(str(cells.distinct[cells.numbers[int(at)]] or "") for cells in columns)
        for at in first
    ]
    return Grouped(combinations, together)


def joined(people: Grouped, threshold: int) -> Grouped:
    """Each person's combination, or "other" throughout where too few share it.

    The joined ones must themselves be at least `threshold`: the next rarest join them
    until they are.
    """
    return joined_within(Grouped([()], np.zeros_like(people.numbers)), people, threshold)


def joined_within(groups: Grouped, people: Grouped, threshold: int) -> Grouped:
    """The combinations joined apart in each group, so that no group and combination is rare."""
    wide = len(people.combinations)
    pairs, numbers, counts = np.unique(
        groups.numbers.astype("int64") * wide + people.numbers,
        return_inverse=True,
        return_counts=True,
    )
    met: dict[int, Counter[Combination]] = {}
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        met.setdefault(pair // wide, Counter())[people.combinations[pair % wide]] = count
    rare = {group: _rare(found, threshold) for group, found in met.items()}
    place: dict[Combination, int] = {}
    shown = []
    for pair in pairs.tolist():
        own = people.combinations[pair % wide]
        combination = (OTHER,) * len(own) if own in rare[pair // wide] else own
        shown.append(place.setdefault(combination, len(place)))
    return Grouped(list(place), np.array(shown, "int64")[numbers])


def _rare(counts: Mapping[Combination, int], threshold: int) -> set[Combination]:
    rarest_first = sorted(counts, key=lambda combination: (counts[combination], combination))
    rare: set[Combination] = set()
    people = 0
    for combination in rarest_first:
        if counts[combination] >= threshold and (people == 0 or people >= threshold):
            break
        rare.add(combination)
        people += counts[combination]
    return rare

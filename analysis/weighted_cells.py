"""The counts that a weighted figure tells, and whether it would tell a few people's answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from analysis.anchor_tables import mainstream, share_of
from analysis.disclosure import Cell, Crowd, Kind, Where, both, where
from analysis.frames import Answers
from analysis.mean_tables import Counted
from analysis.phase_tables import phases_of
from analysis.represented import Represented
from analysis.weighted import EVERYONE, PLACED, WEIGHTED
from analysis.weighting import NotWeighted, Weights
from surveys.model import Question

NEAR = 1e-9
"""What is nearer to nought than this is nought, in floating point."""


@dataclass(frozen=True)
class WeightGroups:
    """Who has which weight: all people of one group have the same.

    `by_phase` are the groups of each phase, `joined` those of equal weight, whole.
    `left` are the people without a weight, by phase where they have one. `weights` has the
    weight of each of `by_phase`, 0 where nobody is in it.
    """

    by_phase: tuple[tuple[Where, ...], ...]
    joined: tuple[tuple[Where, ...], ...]
    left: tuple[Where, ...]
    weights: Mapping[Where, float]

    @property
    def everybody(self) -> tuple[Where, ...]:
        """All people with a weight."""
        return tuple(chain.from_iterable(self.joined))

    def heads(self) -> tuple[Cell, ...]:
        """How many people each weight was made from: whoever has them all has the weights."""
        return tuple(Cell(Kind.ANSWER, group) for group in self.joined)


@dataclass(frozen=True)
class Weighing:
    """The round's weights or why there are none, and who has which of them."""

    found: Weights | NotWeighted
    groups: WeightGroups | None
    crowd: Crowd
    stands: Represented
    threshold: int

    @property
    def weights(self) -> Weights | None:
        """The weights, where there are any."""
        return self.found if isinstance(self.found, Weights) else None


def weight_groups(crowd: Crowd, stands: Represented, weights: Weights) -> WeightGroups:
    """The groups that these weights were made by."""
    phases = weights.groups.get("phase") or (stands.phases,)
    kinds = weights.groups.get("provision") or (None,)
    found = [
        [[stands.within(phase, kind) for phase in group] for kind in kinds] for group in phases
    ]
    joined = [_there(parts) for group in found for parts in group]
    by_phase = [
        _there(stands.within(phase, kind) for kind in kinds) for group in phases for phase in group
    ]
    left = chain.from_iterable(stands.left_out(crowd).values())
    theirs = {part: _weight(crowd, part, weights) for part in chain.from_iterable(by_phase)}
    there = tuple(each for each in joined if each)
    return WeightGroups(tuple(by_phase), there, tuple(left), theirs)


def _weight(crowd: Crowd, part: Where, weights: Weights) -> float:
    """That of anybody in it: all have the same."""
    inside = crowd.inside(part)
    ids = inside.index[inside]
    return float(weights.weights.loc[ids[0]]) if len(ids) else 0.0


def _there(parts: Iterable[Where | None]) -> tuple[Where, ...]:
    return tuple(part for part in parts if part is not None)


@dataclass(frozen=True)
class Told:
    """What each row tells; a row that is not in it is never shown."""

    base: Cell
    rows: Mapping[str, tuple[Cell, ...]]


def index_told(answers: Answers, weighing: Weighing, counted: Counted, has_index: Where) -> Told:
    """Of means: the counts that weights are made of, and never what makes out a few people's."""
    base, groups, crowd = counted.base(), weighing.groups, weighing.crowd
    rows: dict[str, tuple[Cell, ...]] = {EVERYONE: (base,)}
    if groups is None:
        return Told(base, rows)
    mine = _within(Kind.BASE, groups.everybody, has_index)
    left = _within(Kind.NO_ANSWER, groups.left, has_index)
    apart, limit = crowd.count(left), weighing.threshold
    if not 0 < apart < limit and not tells_of_few(crowd, groups, has_index, limit, shown=[PLACED]):
        rows[PLACED] = (base, mine, left)
    shown = [WEIGHTED, *(name for name in [PLACED] if name in rows)]
    if not tells_of_few(crowd, groups, has_index, limit, shown=shown):
        phases = [counted.base(where(phase=code)) for code in phases_of(answers)]
        heads = [_within(Kind.ANSWER, group, has_index) for group in groups.joined]
        rows[WEIGHTED] = (base, mine, left, *phases, *groups.heads(), *heads)
    return Told(base, rows)


def anchor_told(item: Question, weighing: Weighing) -> Told:
    """Of shares. They are made of counts: all of them follow, and none may be of a base of few."""
    everyone, groups, crowd = share_of(item, mainstream()), weighing.groups, weighing.crowd
    rows: dict[str, tuple[Cell, ...]] = {EVERYONE: everyone.cells}
    if groups is None:
        return Told(everyone.base, rows)
    mine, left = (
        share_of(item, *(both(part, mainstream()) for part in parts))
        for parts in (groups.everybody, groups.left)
    )
    apart = (left.agreeing, left.rest)
    if not 0 < crowd.count(left.base) < weighing.threshold:
        rows[PLACED] = (*everyone.cells, *mine.cells, *apart)
        parted = [
            share_of(item, *(both(part, mainstream()) for part in group)) for group in groups.joined
        ]
        if not any(0 < crowd.count(each.base) < weighing.threshold for each in parted):
            cells = [cell for each in parted for cell in (each.agreeing, each.rest)]
            rows[WEIGHTED] = (*rows[PLACED], *groups.heads(), *cells)
    return Told(everyone.base, rows)


def _within(kind: Kind, parts: Sequence[Where], valued: Where) -> Cell:
    return Cell(kind, tuple(both(part, valued) for part in parts))


def tells_of_few(
    crowd: Crowd, groups: WeightGroups, valued: Where, threshold: int, *, shown: Collection[str]
) -> bool:
    """Whether these means (`PLACED`, `WEIGHTED`), with the phases' own, tell that of a few.

    Each shown mean is a linear equation for the sums of the groups within the phases; the
    sum of a group follows where it is a combination of these equations.
    """
    import numpy as np  # noqa: PLC0415 - loaded by those who count

    cells = list(_cells(crowd, groups, valued))
    few = [n for n, cell in enumerate(cells) if cell.count < threshold]
    if not few:
        return False
    phases = [[float(cell.phase == phase) for cell in cells] for phase in {c.phase for c in cells}]
    means = {PLACED: [float(c.weight > 0) for c in cells], WEIGHTED: [c.weight for c in cells]}
    known = np.array([*phases, *(means[each] for each in shown)]).T
    wanted = np.eye(len(cells))[:, few]
    found = known @ np.linalg.lstsq(known, wanted, rcond=None)[0]
    follows = np.abs(found - wanted).max(axis=0, initial=0) < NEAR
    alone = [sum(cell.phase == cells[n].phase for cell in cells) == 1 for n in few]
    return bool((follows & ~np.array(alone, dtype="bool")).any())


@dataclass(frozen=True)
class _Part:
    """People of a phase with one weight (0 for those without), of whom some have a value."""

    phase: int
    weight: float
    count: int


def _cells(crowd: Crowd, groups: WeightGroups, valued: Where) -> Iterator[_Part]:
    for number, phase in enumerate(groups.by_phase):
        parts = [(groups.weights[part], [part]) for part in phase]
        for weight, some in [*parts, (0.0, _left_of(phase, groups.left))]:
            count = _count(crowd, some, valued)
            if count:
                yield _Part(number, weight, count)


def _left_of(phase: Sequence[Where], left: Sequence[Where]) -> list[Where]:
    """Those of the phase who have no weight."""
    names = {code for part in phase for name, codes in part if name == "phase" for code in codes}
    return [
        frozenset((name, codes & names if name == "phase" else codes) for name, codes in part)
        for part in left
        if any(name == "phase" and codes & names for name, codes in part)
    ]


def _count(crowd: Crowd, parts: Iterable[Where], valued: Where) -> int:
    return crowd.count(Cell(Kind.ANSWER, tuple(both(part, valued) for part in parts)))

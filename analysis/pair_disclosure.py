"""Which figures of pairs may be shown beside the releases of both rounds.

One crowd holds everybody of either round, divided by what both releases count and by being
a pair. Everything that either release tells is known; what it hides must stay hidden.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pandas as pd

from analysis.disclosure import (
    Cell,
    Crowd,
    Draft,
    DraftRow,
    Figure,
    Kind,
    Where,
    both,
    control,
    where,
)
from analysis.disclosure.cliques import Names, components
from analysis.dividing import INDEX
from analysis.errors import ReleaseRefused
from analysis.frames import NOT_GIVEN
from analysis.pairing import ELSEWHERE, NO_PAIR, Pairing, moved
from analysis.told import Release, named, named_where, told_by_all

PHASE, PAIR, BEFORE = "phase", "pair", "before: "
ABSENT = "not in this round"
HEADLINE = 100.0
"""What it costs to hide the pairs of everybody rather than those of one phase or move."""

SECONDS = 60.0
"""How long it may take to prove; what is not proved by then is not shown."""


@dataclass(frozen=True)
class Side:
    """One round: how its people divide, its drafts, and every release that people have."""

    crowd: Crowd
    drafts: Sequence[Draft]
    releases: Sequence[Release]


def shown_pairs(
    before: Side,
    after: Side,
    pairs: Pairing,
    asked: Mapping[str, Sequence[str]],
    threshold: int,
    told: Sequence[str] = (),
) -> frozenset[str] | None:
    """Of which names the number of pairs and their mean indexes may be shown.

    `asked` has for each name the groups of pairs (`Pairing.group`) that it joins; the names
    in `told` were shown by an earlier release of the later round. `None` where nothing can
    be proved: a release was made of other answers than these, or time is short.
    """
    earlier = Side(before.crowd, [named(draft, BEFORE) for draft in before.drafts], before.releases)
    known = [told_by_all(side.releases, side.drafts) for side in (earlier, after)]
    near = _near([*earlier.drafts, *after.drafts], [before.crowd, after.crowd])
    crowd = _crowd(before.crowd, after.crowd, pairs, near)
    draft = _draft(crowd, asked)
    always = [_present(crowd, ""), _present(crowd, BEFORE)]
    always += [row.figures[0].tells[0] for row in draft.rows if row.group in told]
    if None in known:
        return None
    try:
        [table] = control(
            crowd,
            [draft],
            threshold,
            told_before=frozenset(always).union(*(each or () for each in known)),
            beside=[each for each in [*earlier.drafts, *after.drafts] if _variables([each]) & near],
            seconds=SECONDS,
        )
    except ReleaseRefused:
        return None
    return frozenset(row["group"] for row in table["rows"] if row["status"] == "shown")


def _draft(crowd: Crowd, asked: Mapping[str, Sequence[str]]) -> Draft:
    rows = []
    for name, groups in asked.items():
        base = Cell(Kind.BASE, (where(**{PAIR: groups}),))
        weight = HEADLINE if len(groups) > 1 else 1.0
        figure = Figure({"base": crowd.count(base)}, (base,), weight)
        rows.append(DraftRow(name, (figure,), base=base))
    apart = frozenset(groups[0] for groups in asked.values() if len(groups) == 1)
    return Draft(PAIR, PAIR, (), tuple(rows), protects=tuple(_others(crowd, apart)))


def _others(crowd: Crowd, apart: frozenset[str]) -> Iterator[Cell]:
    """Who has an index and is in none of the groups that are shown `apart`.

    A mean of all and the means of some of them give that of the others: of everybody's less
    that of all pairs, of all pairs' less those of groups, of a phase's less those of groups.
    """
    yield Cell(Kind.BASE, (where(**{PAIR: crowd.others(PAIR, {*apart, NO_PAIR})}),))
    for prefix in (BEFORE, ""):
        has_index, phase = where(**{prefix + INDEX: "yes"}), prefix + PHASE
        yield Cell(Kind.BASE, (both(has_index, where(**{PAIR: NO_PAIR})),))
        for code in sorted(crowd.others(phase, [ABSENT])):
            rest = where(**{phase: code, PAIR: crowd.others(PAIR, apart)})
            yield Cell(Kind.BASE, (both(has_index, rest),))


def _ends(group: str) -> tuple[str, str]:
    old, _, new = group.partition(" to ")
    return old, new


def _crowd(before: Crowd, after: Crowd, pairs: Pairing, near: Names) -> Crowd:
    """Everybody of either round, once, divided by these variables."""
    later = dict(zip(pairs.matched["before"], pairs.matched["after"], strict=True))
    names = {one: later.get(one, f"{BEFORE}{one}") for one in before.people.index}
    alone = [name for one, name in names.items() if one not in later]
    crowd = Crowd.of(pd.Index([*after.people.index, *alone], dtype="object"))
    for prefix, one in ((BEFORE, before), ("", after)):
        people = one.people.rename(index=names) if prefix else one.people
        own = [variable for variable in one.categories if prefix + variable in near]
        for variable in own:
            column = people[variable].astype("object").reindex(crowd.people.index)
            categories = [*one.categories[variable], ABSENT]
            crowd.divide(prefix + variable, column.fillna(ABSENT), categories)
        barred = [each for each in one.impossible if {name for name, _ in each}.issubset(own)]
        crowd.impossible += [named_where(each, prefix) for each in barred]
        crowd.impossible += _absences(crowd, prefix, own)
    _divide_by_pairs(crowd, pairs)
    return crowd


def _absences(crowd: Crowd, prefix: str, variables: Sequence[str]) -> Iterator[Where]:
    """Who is not in a round gave it no answer at all."""
    phase = prefix + PHASE
    for variable in (prefix + each for each in variables if each != PHASE):
        yield where(**{phase: ABSENT, variable: crowd.others(variable, [ABSENT])})
        yield where(**{phase: crowd.others(phase, [ABSENT]), variable: ABSENT})


def _divide_by_pairs(crowd: Crowd, pairs: Pairing) -> None:
    given = [
        [each for each in crowd.categories[prefix + PHASE] if each not in {NOT_GIVEN, ABSENT}]
        for prefix in (BEFORE, "")
    ]
    moves = [moved(old, new) for old, new in product(*given)]
    groups = pd.Series(pairs.group.to_numpy(), index=pairs.matched["after"])
    everybody = groups.reindex(crowd.people.index).fillna(NO_PAIR)
    crowd.divide(PAIR, everybody, [*moves, ELSEWHERE, NO_PAIR])
    crowd.impossible.append(where(**{BEFORE + PHASE: ABSENT, PHASE: ABSENT}))
    for place, prefix in enumerate((BEFORE, "")):
        for phase in crowd.categories[prefix + PHASE]:
            wrong = [group for group in moves if _ends(group)[place] != phase]
            wrong += [ELSEWHERE] if phase == ABSENT else []
            crowd.impossible.append(where(**{prefix + PHASE: phase, PAIR: wrong}))
        if pairs.is_whole:
            without = crowd.others(prefix + INDEX, ["yes"])
            paired = crowd.others(PAIR, [NO_PAIR])
            crowd.impossible.append(where(**{prefix + INDEX: without, PAIR: paired}))


def _present(crowd: Crowd, prefix: str) -> Cell:
    """How many answered a round at all, which staff have seen."""
    return Cell(Kind.BASE, (where(**{prefix + PHASE: crowd.others(prefix + PHASE, [ABSENT])}),))


def _near(drafts: Sequence[Draft], crowds: Sequence[Crowd]) -> Names:
    """The variables that hang together with pairs."""
    sets = [frozenset({PHASE, INDEX, BEFORE + PHASE, BEFORE + INDEX})]
    sets += [cell.variables for draft in drafts for cell in _cells(draft) if cell.variables]
    for prefix, crowd in zip((BEFORE, ""), crowds, strict=True):
        sets += [frozenset(prefix + name for name, _ in each) for each in crowd.impossible]
    return next(names for names in components(sets) if PHASE in names)


def _cells(draft: Draft) -> list[Cell]:
    told = [cell for tells, _ in draft.told() for cell in tells]
    return [*told, *draft.protects, *draft.keeps_open]


def _variables(drafts: Sequence[Draft]) -> Names:
    return frozenset().union(*(cell.variables for draft in drafts for cell in _cells(draft)))

"""A whole release checked together: which of its tables' figures may be shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analysis.disclosure.audit import given_away
from analysis.disclosure.cells import Cell, Crowd
from analysis.disclosure.cliques import components
from analysis.disclosure.drafts import Draft, publish
from analysis.disclosure.hiding import Component, Showing, TellsOf, hide
from analysis.disclosure.rules import is_small
from analysis.disclosure.solving import Clock, OutOfTime
from analysis.disclosure.unknowns import TooManyUnknowns, unknowns
from analysis.errors import ReleaseRefused

Counts = Mapping[Cell, int]

TOLD_BEFORE = (
    "Together with the earlier release of this round it would tell a count of a few people,"
    " because the earlier one showed figures that this one must hide. Nothing was made and"
    " nothing was changed: the earlier release stands."
)

SECONDS = 120.0
"""How long a release may take to be proved; what is not proved by then is withheld."""


def control(
    crowd: Crowd,
    drafts: Sequence[Draft],
    threshold: int,
    *,
    told_before: Iterable[Cell] = (),
    beside: Sequence[Draft] = (),
    seconds: float = SECONDS,
) -> list[dict[str, Any]]:
    """The tables, in order, with everything hidden that is small or would tell what is small.

    `told_before` are counts that an earlier release of the same people has told; they
    count as known whatever this release shows. `beside` are tables of that release which
    this one does not show again: what they hide stays hidden.

    Raises:
        ReleaseRefused: what was told before gives away what this release must hide.
    """
    counts = _counts(crowd, [*drafts, *beside])
    small = {cell for cell, count in counts.items() if is_small(cell.kind, count, threshold)}
    showing = Showing(_figures(drafts, counts, threshold), frozenset(told_before))
    showing.hidden |= small - showing.fixed
    clock = Clock.of(seconds)
    must = frozenset(cell for draft in drafts for cell in draft.keeps_open)
    must |= {cell for each in beside for cell in (*each.keeps_open, *_told(each)) if counts[cell]}
    # Of a base a reader also knows whether anybody is in it, whichever release has its row.
    told = frozenset(cell for tells, _ in showing.figures for cell in tells)
    told = told.union(*map(_told, beside))
    parts = [
        (group, _component(crowd, group, told, must, threshold)) for group in _groups(crowd, counts)
    ]
    _hide_all_that_is_needed(parts, showing, clock)
    for group, component in parts:
        _pass(group, component, showing, clock)
    known = showing.known()
    return [publish(draft, counts.__getitem__, known, threshold) for draft in drafts]


def _told(draft: Draft) -> Iterator[Cell]:
    yield from (cell for tells, _ in draft.told() for cell in tells)


def _counts(crowd: Crowd, drafts: Sequence[Draft]) -> Counts:
    told = [cell for draft in drafts for cell in _told(draft)]
    more = [cell for draft in drafts for cell in (*draft.protects, *draft.keeps_open)]
    bases = [row.base for draft in drafts for row in draft.rows if row.base]
    bases += [draft.base for draft in drafts if draft.base]
    return {cell: crowd.count(cell) for cell in dict.fromkeys([*told, *more, *bases])}


def _figures(drafts: Sequence[Draft], counts: Counts, threshold: int) -> list[TellsOf]:
    return [
        each
        for draft in drafts
        if draft.base is None or counts[draft.base] >= threshold
        for each in draft.told()
    ]


def _groups(crowd: Crowd, counts: Counts) -> list[Counts]:
    """The counts that hang together; one of all people hangs with none."""
    barred = [frozenset(name for name, _ in each) for each in crowd.impossible]
    told = [cell.variables for cell in counts if cell.variables]
    return [
        {cell: count for cell, count in counts.items() if cell.variables & names}
        for names in components([*told, *barred])
    ]


def _component(
    crowd: Crowd, counts: Counts, told: frozenset[Cell], must: frozenset[Cell], threshold: int
) -> Component | None:
    """`None` where there are too many unknowns to prove anything."""
    if not counts:
        return None
    try:
        return Component(
            unknowns(crowd, counts), counts, told & counts.keys(), must & counts.keys(), threshold
        )
    except TooManyUnknowns:
        return None


def _hide_all_that_is_needed(
    parts: Sequence[tuple[Counts, Component | None]], showing: Showing, clock: Clock
) -> None:
    """A figure may tell counts of two components: until nothing more is hidden."""
    before = None
    while before != showing.hidden:
        before = set(showing.hidden)
        for group, component in parts:
            try:
                if component is not None:
                    hide(component, showing, clock)
                    continue
            except OutOfTime:
                pass
            showing.hidden |= group.keys() - showing.fixed


def _pass(group: Counts, component: Component | None, showing: Showing, clock: Clock) -> None:
    """Through the last gate, with nothing of these counts shown where it does not open.

    Raises:
        ReleaseRefused: what an earlier release told gives away what this one hides.
    """
    try:
        failed = component is None or given_away(component, showing.known(), clock)
    except OutOfTime:
        failed = True
    if failed and component is not None and showing.fixed & group.keys():
        raise ReleaseRefused(TOLD_BEFORE)
    if failed:
        showing.hidden |= group.keys() - showing.fixed

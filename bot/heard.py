"""Who has been heard in a round, by phase and kind of SEN help, beside the children there are."""

from collections.abc import Sequence

from bot.round_ports import HeardRow
from storage import rounds
from storage.database import Database
from surveys.phases import Phase
from surveys.plans import RoundPlan
from surveys.records import Round


def heard(db: Database, a_round: Round, plan: RoundPlan) -> tuple[HeardRow, ...]:
    """A row for each phase as a whole, and one for each kind of help in it.

    There is a row for every phase and kind that was heard or has a population, and for every
    phase whose families were asked.
    """
    groups = rounds.counts_by_group(db, a_round.id)
    known = {(row.phase, row.provision): row.count for row in plan.population}
    pairs = {(phase, kind) for phase, kind, _, _ in groups} | {each for each in known if each[1]}
    phases = {each[0] for each in (*pairs, *known)} | asked(db, a_round, plan)
    rows = []
    for phase in sorted(phases, key=_place):
        kinds = sorted(kind for each, kind in pairs if each == phase)
        within = [(kind, began, done) for each, kind, began, done in groups if each == phase]
        whole = (sum(row[1] for row in within), sum(row[2] for row in within))
        rows.append(_row(a_round, phase, "", whole, known.get((phase, "")), whole_phase=True))
        counts = {kind: (began, done) for kind, began, done in within}
        for kind in kinds:
            # A figure without a kind is of the whole phase, not of those who gave none.
            there_are = known.get((phase, kind)) if kind else None
            rows.append(_row(a_round, phase, kind, counts.get(kind, (0, 0)), there_are))
    return tuple(rows)


def unheard(db: Database, a_round: Round, plan: RoundPlan) -> bool:
    """Whether a phase that was asked, or a group with a population, is too small to publish."""
    wanted = asked(db, a_round, plan)
    return any(
        row.still_needed
        for row in heard(db, a_round, plan)
        if row.population is not None or (row.whole_phase and row.phase in wanted)
    )


def asked(db: Database, a_round: Round, plan: RoundPlan) -> set[str]:
    """The phases that the round is restricted to, and those of the families it invited."""
    chosen = plan.audience.phases or a_round.phases
    return {*chosen, *rounds.phases_invited(db, a_round.id)} - {""}


def _row(
    a_round: Round,
    phase: str,
    kind: str,
    counts: tuple[int, int],
    population: int | None,
    *,
    whole_phase: bool = False,
) -> HeardRow:
    began, done = counts
    needed = max(a_round.threshold - done, 0)
    return HeardRow(phase, kind, began, done, population, needed, whole_phase)


def _place(phase: str) -> tuple[int, str]:
    order: Sequence[str] = [each.value for each in Phase]
    return (order.index(phase) if phase in order else len(order), phase)

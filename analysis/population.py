"""The population a round stands for: its figures by phase and provision, and their sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from analysis.errors import AnalysisError
from analysis.frames import NOT_GIVEN
from surveys.phases import PHASE_NAMES, PROVISION_NAMES, Phase, Provision
from surveys.plans import Population

WHOLE = ""
"""The provision of a figure that is of the whole phase."""

NO_FIGURES = "The round has no population figures."
AS_GIVEN = (
    "Children with a plan and other children are added as the round gives them: a caseload"
    " counts residents, a school census counts pupils, and the two need not be the same"
    " children."
)
PHASE_ALONE = "By phase alone: the population is not given by provision for every phase."


class PopulationUnfit(AnalysisError):
    """The population figures cannot be used; says why."""


class Counted(StrEnum):
    """Whom a population figure counts. Two kinds are never added together."""

    PUPILS = "pupils in schools"
    RESIDENTS = "residents with plans"


@dataclass(frozen=True)
class Figures:
    """The population, checked.

    `cells` has the count of each phase and provision above 0. `phases` and `provisions`
    are what they add up to, in the field's order; `provisions` is empty where provision is
    not given for every phase. `notes` say what a reader must know of these sums.
    """

    cells: Mapping[tuple[str, str], int]
    phases: Mapping[str, int]
    provisions: Mapping[str, int]
    notes: tuple[str, ...]

    @property
    def total(self) -> int:
        """Everybody in the population."""
        return sum(self.phases.values())

    def whole(self, phase: str) -> bool:
        """Whether anybody of the phase is in the population, whatever their provision."""
        return (phase, WHOLE) in self.cells


def by_cell(population: Sequence[Population]) -> dict[tuple[str, str], int]:
    """The figures by phase and provision ("" for a whole phase), in the field's order.

    Raises:
        PopulationUnfit: a group is given twice.
    """
    rows = sorted(population, key=lambda row: (place(row.phase), place(row.provision)))
    cells: dict[tuple[str, str], int] = {}
    for row in rows:
        if (row.phase, row.provision) in cells:
            raise PopulationUnfit(
                f"The population of {named(row.phase, row.provision)} is given twice."
            )
        cells[row.phase, row.provision] = row.count
    return cells


def figures(
    population: Sequence[Population], counted: Mapping[str, Counted] | None = None
) -> Figures:
    """The population's sums by phase and by provision.

    A phase's figure is the one of the whole phase where it is given, and else the sum of
    its provisions; a whole and its parts are never added. `counted` says of a provision
    ("" for whole phases) whom its figures count. Pupils in schools and residents with
    plans are different populations (a caseload has children taught elsewhere, or not in
    school; a census has children who live elsewhere): figures known to be of both are not
    added; where it is not known, a note says so.

    Raises:
        PopulationUnfit: there are no figures, a group is given twice, parts exceed their
            whole, or pupils and residents would be added.
    """
    given = by_cell(population)
    cells = {cell: count for cell, count in given.items() if count}
    if not cells:
        raise PopulationUnfit(NO_FIGURES)
    kinds = {provision for _, provision in cells}
    _check_kinds(kinds, counted or {})
    phases, complete = {}, True
    for phase in dict.fromkeys(phase for phase, _ in cells):
        whole = cells.get((phase, WHOLE))
        parts = sum(n for (of, kind), n in cells.items() if of == phase and kind != WHOLE)
        if whole is not None and parts > whole:
            raise PopulationUnfit(
                f"The population of {named(phase)} is {whole:,}, and its parts add up to {parts:,}."
            )
        phases[phase] = parts if whole is None else whole
        complete = complete and parts == phases[phase]
    provisions = _provisions(cells) if complete else {}
    notes = () if complete else (PHASE_ALONE,)
    if _added_as_given(kinds, counted or {}):
        notes = (*notes, AS_GIVEN)
    return Figures(cells, phases, provisions, notes)


def left_out(people: pd.DataFrame, stands: Figures, *, crossed: bool = False) -> pd.Series:
    """Why a person is in no group of the population (str); "" for those who are in one.

    Where a whole phase is given, all its people are in it, whatever their provision;
    `crossed` asks for a provision too wherever the population is by provision. `people` has
    the columns `phase` and `provision`; the result has its index.
    """
    pairs = zip(people["phase"].astype(object), people["provision"].astype(object), strict=True)
    by_provision = crossed and bool(stands.provisions)
    reasons = [_reason(phase, provision, stands, by_provision) for phase, provision in pairs]
    return pd.Series(reasons, index=people.index, dtype="str")


def joined(sizes: Mapping[str, float], least: float) -> list[tuple[str, ...]]:
    """Neighbours joined until every group has at least `least`, or one group is left.

    The smallest group first (the earlier of equals), with the smaller of its neighbours
    in the order of `sizes` (the earlier of equals).
    """
    groups: list[tuple[tuple[str, ...], float]] = [((name,), n) for name, n in sizes.items()]
    while len(groups) > 1 and min(size for _, size in groups) < least:
        at = min(range(len(groups)), key=lambda n: groups[n][1])
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(groups)]
        first, second = sorted((at, min(beside, key=lambda n: groups[n][1])))
        (names, size), (more, further) = groups[first], groups[second]
        groups[first : second + 1] = [((*names, *more), size + further)]
    return [names for names, _ in groups]


def place(code: str) -> int:
    """Where a phase or a provision stands in the field's order; unknown ones come last."""
    order = [WHOLE, *Phase, *Provision, NOT_GIVEN]
    return order.index(code) if code in order else len(order)


def named(*codes: str) -> str:
    """A group's name, from the codes of its phase and provision."""
    pairs = (*PHASE_NAMES.items(), *PROVISION_NAMES.items(), (NOT_GIVEN, "not given"))
    names = {str(code): name for code, name in pairs}
    return ", ".join(names.get(code, code) for code in codes if code)


def all_named(codes: Iterable[str]) -> str:
    """The name of groups that were joined."""
    return " and ".join(named(code) for code in codes)


def _check_kinds(kinds: Iterable[str], counted: Mapping[str, Counted]) -> None:
    known = {counted[kind] for kind in kinds if kind in counted}
    if len(known) > 1:
        raise PopulationUnfit(
            f"The figures count {' and '.join(sorted(known))}: these are different populations"
            " and are not added. Take the people of one provision, and its figures, at a time."
        )


def _added_as_given(kinds: set[str], counted: Mapping[str, Counted]) -> bool:
    return Provision.EHCP.value in kinds and len(kinds) > 1 and not kinds <= counted.keys()


def _provisions(cells: Mapping[tuple[str, str], int]) -> dict[str, int]:
    parts = [(kind, count) for (_, kind), count in cells.items() if kind != WHOLE]
    order = sorted({kind for kind, _ in parts}, key=place)
    return {kind: sum(count for of, count in parts if of == kind) for kind in order}


def _reason(phase: str, provision: str, stands: Figures, by_provision: bool) -> str:
    if phase == NOT_GIVEN:
        return "phase not given"
    if phase not in stands.phases:
        return "phase not in the population figures"
    whole = stands.whole(phase) and not by_provision
    if whole or (phase, provision) in stands.cells:
        return ""
    if provision == NOT_GIVEN:
        return "provision not given"
    return "provision not in the population figures"

"""Whom a round's population figures stand for, told as people of a crowd."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from analysis.disclosure import Crowd, Where, where
from analysis.frames import NOT_GIVEN
from analysis.population import WHOLE, Figures, PopulationUnfit, by_cell, figures
from surveys.phases import Provision
from surveys.plans import Population

EVERY_KIND = frozenset({Provision.SEN_SUPPORT.value, Provision.EHCP.value})
"""Children are counted as one or the other: who applies or is not sure is among them."""


@dataclass(frozen=True)
class Represented:
    """The population of a round, and who of its people is in which group of it.

    `given` are its figures as they were entered, `phases` those of the questionnaire.
    `figures` is `None` where they cannot be added; `reason` says why. What is here depends
    on the plan and the questionnaire alone, never on who answered.
    """

    population: tuple[Population, ...]
    phases: tuple[str, ...]
    given: Mapping[tuple[str, str], int]
    figures: Figures | None
    reason: str

    def covers(self, phase: str) -> bool:
        """Whether every child of the phase is in the figures, whatever their provision."""
        kinds = {provision for of, provision in self.given if of == phase}
        return self.figures is not None and (WHOLE in kinds or kinds >= EVERY_KIND)

    @property
    def covers_all(self) -> bool:
        """Whether every child of the questionnaire's phases is, and nobody else."""
        named = {phase for phase, _ in self.given}
        return named <= set(self.phases) and all(map(self.covers, self.phases))

    def sizes(self) -> dict[str, int]:
        """How many children each phase has, and "" for all, where the figures cover them."""
        if self.figures is None:
            return {}
        known = {p: n for p, n in self.figures.phases.items() if self.covers(p)}
        return {**known, "": self.figures.total} if self.covers_all else known

    def by_phase_alone(self) -> "Represented":
        """The same by phase, so that people of every provision are in a group."""
        if self.figures is None or not self.covers_all:
            return self
        sizes = self.figures.phases
        whole = [Population(phase, WHOLE, sizes.get(phase, 0)) for phase in self.phases]
        return represented(whole, self.phases)

    def within(self, phase: str, provisions: Collection[str] | None = None) -> Where | None:
        """The people of the phase (and of these provisions) who are in a group of it."""
        if self.figures is None or phase not in self.figures.phases:
            return None
        if self.figures.whole(phase):
            return where(phase=phase)
        kinds = [kind for kind in self._kinds(phase) if provisions is None or kind in provisions]
        return where(phase=phase, provision=kinds) if kinds else None

    def everybody(self) -> tuple[Where, ...]:
        """All people who are in a group of the population."""
        return tuple(found for phase in self.phases if (found := self.within(phase)) is not None)

    def left_out(self, crowd: Crowd) -> dict[str, tuple[Where, ...]]:
        """The other people by reason, as `analysis.population.left_out` gives them."""
        if self.figures is None:
            return {}
        inside = self.figures.phases
        parted = [phase for phase in inside if not self.figures.whole(phase)]
        strangers = crowd.others("phase", [*inside, NOT_GIVEN])
        others = {p: crowd.others("provision", [*self._kinds(p), NOT_GIVEN]) for p in parted}
        return {
            "phase not given": (where(phase=NOT_GIVEN),),
            "phase not in the population figures": (where(phase=strangers),) if strangers else (),
            "provision not given": (where(phase=parted, provision=NOT_GIVEN),) if parted else (),
            "provision not in the population figures": tuple(
                where(phase=phase, provision=kinds) for phase, kinds in others.items() if kinds
            ),
        }

    def _kinds(self, phase: str) -> list[str]:
        cells = self.figures.cells if self.figures else {}
        return [kind for of, kind in cells if of == phase and kind != WHOLE]


def represented(population: Sequence[Population], phases: Sequence[str]) -> Represented:
    """These population figures, for a questionnaire that asks about these phases."""
    try:
        return Represented(
            tuple(population), tuple(phases), by_cell(population), figures(population), ""
        )
    except PopulationUnfit as unfit:
        return Represented(tuple(population), tuple(phases), {}, None, str(unfit))

"""A release's tables of a mean by phase: the confidence index, and the reading of comments."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import pandas as pd

from analysis import disclosure, tables
from analysis.disclosure import Cell, Draft, DraftRow, Figure, Kind, Where, both, where
from analysis.frames import NOT_GIVEN, Answers
from analysis.intervals import LABEL, of_mean
from analysis.tables import Column
from surveys.phases import PHASE_NAMES, Phase

ALL = "All phases"
NOT_GIVEN_NAME = "Phase not given"
WEIGHT, HEADLINE = 3.0, 1000.0
"""What it costs to hide one phase's mean, a little more for a large one, and that of all."""


@dataclass(frozen=True)
class Measure:
    """How a mean by phase is shown.

    `title` and `unit` head the value's column, `lowest` and `highest` bound it, `places`
    are its decimal places. `beside` is one more column and what fills it for some people.
    """

    title: str
    unit: str
    lowest: float
    highest: float
    places: int
    beside: tuple[Column, Callable[[list[str]], float | None]] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its table."""
        extra = (self.beside[0],) if self.beside else ()
        return (
            Column("group", "Phase"),
            Column("base", "People", "people"),
            Column("value", self.title, self.unit),
            Column("low", "From", self.unit),
            Column("high", "To", self.unit),
            *extra,
            Column("interval", "Interval by"),
            Column("note", "Note"),
        )


@dataclass(frozen=True)
class Counted:
    """Which people have a value.

    `everybody` are the people of the round. The `parts` exclude one another. Those in
    `unsure` are counted too, where the table has a column beside the value that tells of them.
    """

    everybody: int
    parts: tuple[Where, ...]
    unsure: tuple[Where, ...] = ()

    def base(self, *groups: Where) -> Cell:
        """Those who have one, in these groups."""
        return Cell(Kind.BASE, self._within(self.parts, groups))

    def beside(self, *groups: Where) -> tuple[Cell, ...]:
        """The cells of the column beside it."""
        parts = self._within(self.unsure, groups)
        return (Cell(Kind.NO_ANSWER, parts),) if parts else ()

    def _within(self, parts: tuple[Where, ...], groups: tuple[Where, ...]) -> tuple[Where, ...]:
        return tuple(reduce(both, groups, part) for part in parts)


def phases_of(answers: Answers) -> dict[str, str]:
    """The phases of the questionnaire, then "not given": name by code."""
    question = answers.questionnaire.question("phase")
    codes = [choice.code for choice in question.choices] if question else []
    return {**{code: PHASE_NAMES[Phase(code)] for code in codes}, NOT_GIVEN: NOT_GIVEN_NAME}


def by_phase(
    name: str,
    title: str,
    answers: Answers,
    values: pd.Series,
    measure: Measure,
    counted: Counted,
    *,
    threshold: int,
    **about: str,
) -> Draft:
    """A table of the mean of persons' `values` in each phase and in all of them.

    `values` is indexed by response id and missing where a person has none; `counted` gives
    the cells of those who have one.
    """
    valued = values.dropna()
    phase = answers.people.loc[valued.index, "phase"]
    rows = [_row(ALL, valued, measure, counted, ())]
    for code, words in phases_of(answers).items():
        people = valued[phase == code]
        if code != NOT_GIVEN or not people.empty:
            rows.append(_row(words, people, measure, counted, (where(phase=code),)))
    return Draft(
        name,
        title,
        measure.columns,
        tuple(rows),
        {"method": LABEL, "base_note": "People with a value.", **about},
        base=counted.base() if len(valued) else None,
        withheld=disclosure.rules.FOLLOWS,
        hidden=disclosure.rules.HIDDEN.format(threshold=threshold),
    )


def _row(
    name: str,
    people: pd.Series,
    measure: Measure,
    counted: Counted,
    group: tuple[Where, ...],
) -> DraftRow:
    base = counted.base(*group)
    if people.empty:
        return DraftRow(name, (Figure({"base": 0}, (base,)),), base=base)
    interval = of_mean([float(value) for value in people], measure.lowest, measure.highest)
    weight = WEIGHT + len(people) / (1 + counted.everybody) if group else HEADLINE
    cells = {
        "base": len(people),
        "value": tables.rounded(float(people.mean()), measure.places),
        "low": tables.rounded(interval.low, measure.places),
        "high": tables.rounded(interval.high, measure.places),
        "interval": interval.method,
        "note": disclosure.low_base_note(len(people)),
    }
    figures = [Figure(cells, (base,), weight)]
    if measure.beside:
        column, fill = measure.beside
        value = tables.rounded(fill([str(person) for person in people.index]))
        figures.append(Figure({column.key: value}, (base, *counted.beside(*group))))
    return DraftRow(name, tuple(figures), base=base)

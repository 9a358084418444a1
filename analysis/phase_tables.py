"""A release's tables of a mean by phase: the confidence index, and the reading of comments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import disclosure, tables
from analysis.frames import NOT_GIVEN, Answers
from analysis.intervals import LABEL, of_mean
from analysis.tables import Column, Row
from surveys.phases import PHASE_NAMES, Phase

ALL = "All phases"
NOT_GIVEN_NAME = "Phase not given"
NOBODY = "no answers"


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
    threshold: int,
    **about: str,
) -> Row:
    """A table of the mean of persons' `values` in each phase and in all of them.

    `values` is indexed by response id and missing where a person has none.
    """
    groups = _groups(answers, values)
    bases = {group: len(people) for group, people in groups.items()}
    about = {"method": LABEL, "base_note": "People with a value.", **about}
    if 0 < sum(bases.values()) < threshold:
        reason = disclosure.TOO_FEW.format(threshold=threshold)
        return tables.withheld(name, title, measure.columns, reason, **about)
    hidden = disclosure.rows_to_hide(bases, threshold)
    reason = disclosure.HIDDEN.format(threshold=threshold)
    if hidden is None:
        hidden, reason = frozenset(groups), disclosure.FOLLOWS
    everybody = pd.concat(list(groups.values())) if groups else values.dropna()
    rows = [_row(ALL, everybody, measure)]
    names = phases_of(answers)
    rows += [
        _phase_row(names[group], people, measure, reason if group in hidden else "")
        for group, people in groups.items()
    ]
    return tables.published(name, title, measure.columns, rows, **about)


def _groups(answers: Answers, values: pd.Series) -> Mapping[str, pd.Series]:
    valued = values.dropna()
    phase = answers.people.loc[valued.index, "phase"]
    groups = {code: valued[phase == code] for code in phases_of(answers)}
    if groups[NOT_GIVEN].empty:
        del groups[NOT_GIVEN]
    return groups


def _phase_row(name: str, people: pd.Series, measure: Measure, hidden: str) -> Row:
    if people.empty:
        return tables.not_shown(name, measure.columns, tables.NO_ANSWERS, NOBODY)
    if hidden:
        return tables.not_shown(name, measure.columns, tables.NOT_PUBLISHED, hidden)
    return _row(name, people, measure)


def _row(name: str, people: pd.Series, measure: Measure) -> Row:
    if people.empty:
        return tables.not_shown(name, measure.columns, tables.NO_ANSWERS, NOBODY)
    interval = of_mean([float(value) for value in people], measure.lowest, measure.highest)
    cells: Row = {
        "base": len(people),
        "value": tables.rounded(float(people.mean()), measure.places),
        "low": tables.rounded(interval.low, measure.places),
        "high": tables.rounded(interval.high, measure.places),
        "interval": interval.method,
        "note": disclosure.low_base_note(len(people)),
    }
    if measure.beside:
        column, fill = measure.beside
        cells[column.key] = tables.rounded(fill([str(person) for person in people.index]))
    return tables.shown(group=name, **cells)

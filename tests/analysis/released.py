"""Releases for the tests of their tables: people, a population, ways of answering."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.release import build_release
from surveys.model import Questionnaire
from surveys.phases import Phase
from surveys.plans import Population
from tests.analysis.answers import (
    MADE_ON,
    Said,
    a_round,
    answers_of,
    columns_of,
    confidence,
    responses_of,
)
from tests.analysis.people import population_of

NONE = {("early_years", ""): 0, ("post_16", ""): 0}
"""Phases that have nobody, so that the population of the others is everybody's."""


def population(**phases: int) -> tuple[Population, ...]:
    """Whole phases; the others have nobody."""
    return population_of({(phase.value, ""): phases.get(phase.value, 0) for phase in Phase})


def release(
    people: Sequence[Said],
    asked: Questionnaire | None = None,
    *,
    stands_for: Sequence[Population] = (),
    households: Sequence[int] = (),
    modes: Sequence[str] = (),
) -> dict[str, Any]:
    """A round's release; everybody answered by web unless `modes` says otherwise."""
    form = asked or confidence()
    responses = responses_of(people, form)
    if modes:
        responses = [replace(one, mode=m) for one, m in zip(responses, modes, strict=True)]
    return build_release(
        a_round(form),
        form,
        columns_of(responses, answers_of(people), households),
        population=stands_for,
        made_on=MADE_ON,
        code_version="1",
    )


def table(made: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in made["tables"] if each["name"] == name)


def rows(made: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """Every row of a table by its group."""
    return {row["group"]: row for row in table(made, name)["rows"]}

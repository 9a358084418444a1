"""A release's tables of a mean by phase: the confidence index, and the reading of comments."""

from collections.abc import Mapping

from analysis.disclosure import Draft, where
from analysis.frames import NOT_GIVEN, Answers
from analysis.mean_tables import Counted, Group, Measure, Values, mean_table
from surveys.phases import PHASE_NAMES, Phase

ALL = "All phases"
NOT_GIVEN_NAME = "Phase not given"


def phases_of(answers: Answers) -> dict[str, str]:
    """The phases of the questionnaire, then "not given": name by code."""
    question = answers.questionnaire.question("phase")
    codes = [choice.code for choice in question.choices] if question else []
    return {**{code: PHASE_NAMES[Phase(code)] for code in codes}, NOT_GIVEN: NOT_GIVEN_NAME}


def by_phase(
    name: str,
    title: str,
    answers: Answers,
    values: Values,
    measure: Measure,
    counted: Counted,
    *,
    threshold: int,
    population: Mapping[str, int] | None = None,
    **about: str,
) -> Draft:
    """A table of the mean of persons' `values` in each phase and in all of them.

    `counted` gives the cells of those who have one. `population` is how many people a
    phase, or "" for all of them, stands for, where that is known.
    """
    phase, stands = answers.people["phase"], population or {}
    groups = [Group(ALL, (), values, stands.get(""))]
    for code, words in phases_of(answers).items():
        some = values.among(phase == code)
        if code != NOT_GIVEN or len(some.of):
            groups.append(Group(words, (where(phase=code),), some, stands.get(code)))
    return mean_table(name, title, groups, measure, counted, threshold=threshold, about=about)

"""The columns of a file of responses: every question of every version, in order."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from enum import StrEnum
from itertools import chain, count
from typing import NamedTuple

from analysis.errors import ExportRefused
from surveys.model import Choice, Question, Questionnaire, QuestionType, State

PERSON = {
    "participant": "A running number in a shuffled order. It stands for nobody.",
    "round": "The round.",
    "questionnaire_version": "The version of the questionnaire that was answered.",
    "mode": "How the answers were given; other where too few with this profile gave them so.",
    "language": "The language they were given in; other as for mode.",
}
"""The columns before the questions, with what they mean."""

NOTHINGS = {
    State.DOES_NOT_APPLY: -1,
    State.NOT_ASKED: -7,
    State.DONT_KNOW: -8,
    State.SKIPPED: -9,
}
"""The numbers that stand for no answer where a format declares such numbers (SPSS)."""
FAR = -9_999_990
"""Added to them in a column of numbers, where -8 can be an answer."""
OTHER = "other"
"""The code of profiles that are joined, and its label."""
JOINED = "Other: too few people share this profile for it to be shown"
TICKED = {"1": "Ticked", "0": "Not ticked"}


class Part(StrEnum):
    """What a column of a question holds."""

    CODE = "code"
    BOX = "box"
    STATE = "state"


class Column(NamedTuple):
    """One column: a question's code, one of its boxes (`code` says which), or its state."""

    question: str
    part: Part
    code: str = ""


def asked_in(versions: Sequence[Questionnaire]) -> list[Question]:
    """The questions with columns, in the last version's order, then those it dropped.

    A question has the choices of all its versions. A parent's own words have no column:
    they can name a child, and travel apart after a person has read them.

    Raises:
        ExportRefused: a question has another type in another version, so one column
            would mix, say, comments with codes.
    """
    _check_types(versions)
    questions: dict[str, Question] = {}
    for version in reversed(versions):
        for question in version.questions:
            if question.is_answerable and question.type is not QuestionType.TEXT:
                known = questions.get(question.key)
                questions[question.key] = _with_choices(known, question) if known else question
    return list(questions.values())


def _check_types(versions: Sequence[Questionnaire]) -> None:
    types: dict[str, QuestionType] = {}
    for version in versions:
        for question in version.questions:
            if types.setdefault(question.key, question.type) is not question.type:
                raise ExportRefused(
                    f"The question {question.key} is {types[question.key].value} in one version"
                    f" and {question.type.value} in another, so its answers cannot stand in one"
                    " column. Give the new question a name of its own, in a round of its own."
                )


def named(questions: Sequence[Question]) -> dict[Column, str]:
    """The name of every column of these questions, in order; no two are alike.

    A question called "language", or a box whose name is another question's, gets a number
    behind it ("language_2"): two columns of one name would be read as one. The codebook
    has the same names.
    """
    names: dict[Column, str] = {}
    taken = {name.casefold() for name in PERSON}
    for question in questions:
        for column, wanted in _columns(question):
            names[column] = _free(wanted, taken)
            taken.add(names[column].casefold())
    return names


def _columns(question: Question) -> Iterator[tuple[Column, str]]:
    if question.type is QuestionType.SELECT_MULTIPLE:
        for choice in boxes(question):
            yield Column(question.key, Part.BOX, choice.code), f"{question.key}_{choice.code}"
    else:
        yield Column(question.key, Part.CODE), question.key
    yield Column(question.key, Part.STATE), f"{question.key}_state"


def _free(wanted: str, taken: AbstractSet[str]) -> str:
    numbered = (f"{wanted}_{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if name.casefold() not in taken)


def boxes(question: Question) -> list[Choice]:
    """The boxes that are answers. Don't know and does not apply are states."""
    return [choice for choice in question.choices if choice.state is State.ANSWERED]


def _with_choices(known: Question, question: Question) -> Question:
    more = [choice for choice in question.choices if known.choice(choice.code) is None]
    return replace(known, choices=(*known.choices, *more))

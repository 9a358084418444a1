"""The columns of a file of responses: every question of every version, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from surveys.model import Choice, Question, Questionnaire, QuestionType, State

PERSON = {
    "participant": "A running number in a shuffled order. It stands for nobody.",
    "questionnaire_version": "The version of the questionnaire that was answered.",
    "mode": "How the answers were given; other where too few with this profile gave them so.",
    "language": "The language they were given in; other as for mode.",
}
"""The columns before the questions, with what they mean."""

STATE = "_state"


def asked_in(versions: Sequence[Questionnaire]) -> list[Question]:
    """The questions with columns, in the last version's order, then those it dropped.

    A question has the choices of all its versions. A parent's own words have no column:
    they can name a child, and travel apart after a person has read them.
    """
    questions: dict[str, Question] = {}
    for version in reversed(versions):
        for question in version.questions:
            if question.is_answerable and question.type is not QuestionType.TEXT:
                known = questions.get(question.key)
                questions[question.key] = _with_choices(known, question) if known else question
    return list(questions.values())


def columns_of(question: Question) -> Iterator[str]:
    """A question's columns: its code, or one a box, and the state of its answer."""
    if question.type is QuestionType.SELECT_MULTIPLE:
        yield from (box(question, choice) for choice in boxes(question))
    else:
        yield question.key
    yield question.key + STATE


def box(question: Question, choice: Choice) -> str:
    """The column of one box of a "choose all that apply" question."""
    return f"{question.key}_{choice.code}"


def boxes(question: Question) -> list[Choice]:
    """The boxes that are answers. Don't know and does not apply are states."""
    return [choice for choice in question.choices if choice.state is State.ANSWERED]


def _with_choices(known: Question, question: Question) -> Question:
    more = [choice for choice in question.choices if known.choice(choice.code) is None]
    return replace(known, choices=(*known.choices, *more))

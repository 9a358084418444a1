"""Which questions this parent meets, given what has been answered so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from surveys.expressions import as_text, is_true
from surveys.model import Choice, Question, Questionnaire, QuestionType, State
from surveys.phases import Moment
from surveys.session import Answer, Frame

ACKNOWLEDGEMENT = Choice("OK", {"en": "OK"})
"""The only choice of an `acknowledge` question that lists none."""

Values = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Route:
    """The way through a questionnaire for one set of answers.

    `questions` are the ones a parent answers, in order. `notes_before` has, by question
    key, the keys of the notes that stand directly before it, and `closing_notes` those
    after the last one. `values` is what expressions see: answers on the route and
    calculations, by key; a question without an answered value is absent.
    """

    questions: tuple[Question, ...]
    notes_before: Mapping[str, tuple[str, ...]]
    closing_notes: tuple[str, ...]
    values: Mapping[str, str | tuple[str, ...]]

    def question(self, key: str | None) -> Question | None:
        """The question with this key if it is on the route."""
        return next((question for question in self.questions if question.key == key), None)


def route(
    questionnaire: Questionnaire, answers: Mapping[str, Answer], frame: Frame, today: date
) -> Route:
    """The route in one pass forward: only answers already on it decide what follows.

    So an answer that leaves the route takes with it whatever depended on it. `today` is
    the date in England.
    """
    questions: list[Question] = []
    notes_before: dict[str, tuple[str, ...]] = {}
    notes: tuple[str, ...] = ()
    values: Values = {}
    for question in questionnaire.questions:
        if (question.relevant or question.moment) and not _is_met(question, values, frame, today):
            continue
        if question.type is QuestionType.NOTE:
            notes = (*notes, question.key)
        elif question.type is QuestionType.CALCULATE:
            values[question.key] = as_text(question.calculation, values, today)
        else:
            questions.append(question)
            notes_before[question.key], notes = notes, ()
            answer = answers.get(question.key)
            if answer and answer.state is State.ANSWERED and answer.value is not None:
                values[question.key] = answer.value
    return Route(tuple(questions), notes_before, notes, values)


def choices_offered(question: Question, frame: Frame) -> tuple[Choice, ...]:
    """The choices this round puts before a parent.

    The `phase` question is limited to the round's phases; where none of its choices is
    among them, all are offered.
    """
    if question.type is QuestionType.ACKNOWLEDGE and not question.choices:
        return (ACKNOWLEDGEMENT,)
    if question.key != "phase":
        return question.choices
    within = tuple(choice for choice in question.choices if choice.code in frame.phases)
    return within or question.choices


def _is_met(question: Question, values: Values, frame: Frame, today: date) -> bool:
    if frame.moment and question.moment not in ("", Moment.BOTH, frame.moment):
        return False
    return is_true(question.relevant, values, today)

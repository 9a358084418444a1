"""What the web chat says about a reply it could not take, and about answers."""

from surveys.events import Miss, NotUnderstood
from surveys.model import Labels, Question, QuestionType, State, in_language
from surveys.position import Position
from surveys.session import Answer
from surveys.understanding import LONGEST_TEXT

NOTHING = {
    State.DONT_KNOW: "Don't know",
    State.DOES_NOT_APPLY: "Does not apply",
    State.SKIPPED: "Skipped",
    State.NOT_ASKED: "Not answered yet",
}
EMPTY = {
    QuestionType.SELECT_ONE: "Choose one answer",
    QuestionType.SELECT_MULTIPLE: "Choose at least one answer",
    QuestionType.ACKNOWLEDGE: "Choose OK to go on",
    QuestionType.TEXT: "Write your answer",
    QuestionType.INTEGER: "Write a number",
    QuestionType.DECIMAL: "Write a number",
    QuestionType.DATE: "Write a date",
}
MISSED = {
    Miss.NO_MATCH: "Choose one of the answers on this page",
    Miss.NEAR_MISS: "Choose one of the answers on this page",
    Miss.NOT_A_NUMBER: "Write a number, such as 12",
    Miss.NOT_A_WHOLE_NUMBER: "Write a whole number, such as 12",
    Miss.NOT_A_DATE: "Write a real date, such as 27 3 2026",
    Miss.TOO_LONG: f"Make your answer {LONGEST_TEXT:,} characters or fewer",
    Miss.CONSTRAINT: "That answer does not fit this question. Please check it",
    Miss.UNREADABLE: "We could not read that. Please write it again",
}

NOT_SAVED = "Your words are not saved yet. Press Continue to save them, or empty the box first"
"""Said where Skip or Back was pressed beside words just written."""


def why_not(here: Position, question: Question, refused: NotUnderstood) -> str:
    """Why the reply was not taken and what to do, in a sentence without a full stop."""
    if refused.miss in (Miss.EMPTY, Miss.REQUIRED):
        asked = EMPTY[question.type]
        return asked if question.required else f"{asked}, or press Skip this question"
    if refused.miss is Miss.CONSTRAINT:
        own = in_own_language(here, question.constraint_messages)
        return own or MISSED[refused.miss]
    if refused.miss is Miss.NEAR_MISS and question.type is QuestionType.SELECT_MULTIPLE:
        return "Some of your answers cannot go together. Untick one of them"
    return MISSED[refused.miss]


def answer_in_words(here: Position, question: Question, answer: Answer | None) -> str:
    """The answer as a parent reads it back."""
    state = answer.state if answer else State.NOT_ASKED
    if answer is None or state is not State.ANSWERED or answer.value is None:
        return _own_nothing(here, question, state)
    if not isinstance(answer.value, str):
        return ", ".join(_label(here, question, code) for code in answer.value)
    if question.type is QuestionType.DATE:
        year, month, day = answer.value.split("-")
        return f"{int(day)}/{int(month)}/{year}"
    return _label(here, question, answer.value)


def in_own_language(here: Position, labels: Labels) -> str:
    """The text in the parent's language, else in the questionnaire's own."""
    return in_language(labels, here.session.language, here.questionnaire.default_language)


def _label(here: Position, question: Question, code: str) -> str:
    found = next((choice for choice in here.choices(question) if choice.code == code), None)
    return in_own_language(here, found.labels) if found else code


def _own_nothing(here: Position, question: Question, state: State) -> str:
    for choice in here.choices(question):
        if state is not State.ANSWERED and choice.state is state:
            return in_own_language(here, choice.labels)
    return NOTHING.get(state, "")

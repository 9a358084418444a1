"""What the web chat says about a reply it could not take, and about answers."""

from bot.words import Words
from surveys.events import Miss, NotUnderstood
from surveys.model import Labels, Question, QuestionType, State, in_language
from surveys.position import Position
from surveys.session import Answer
from surveys.understanding import LONGEST_TEXT

NOTHING = {
    State.DONT_KNOW: "state.dont_know",
    State.DOES_NOT_APPLY: "state.does_not_apply",
    State.SKIPPED: "state.skipped",
    State.NOT_ASKED: "state.not_answered_yet",
}
EMPTY = {
    QuestionType.SELECT_ONE: "web.empty.select_one",
    QuestionType.SELECT_MULTIPLE: "web.empty.select_multiple",
    QuestionType.ACKNOWLEDGE: "web.empty.acknowledge",
    QuestionType.TEXT: "web.empty.text",
    QuestionType.INTEGER: "web.empty.number",
    QuestionType.DECIMAL: "web.empty.number",
    QuestionType.DATE: "web.empty.date",
}
MISSED = {
    Miss.NO_MATCH: "web.miss.no_match",
    Miss.NEAR_MISS: "web.miss.no_match",
    Miss.NOT_A_NUMBER: "web.miss.not_a_number",
    Miss.NOT_A_WHOLE_NUMBER: "web.miss.not_a_whole_number",
    Miss.NOT_A_DATE: "web.miss.not_a_date",
    Miss.TOO_LONG: "web.miss.too_long",
    Miss.CONSTRAINT: "web.miss.constraint",
    Miss.UNREADABLE: "web.miss.unreadable",
}
"""The keys of what is said."""


def why_not(here: Position, question: Question, refused: NotUnderstood) -> str:
    """Why the reply was not taken and what to do, in a sentence without a full stop."""
    words = interface(here)
    if refused.miss in (Miss.EMPTY, Miss.REQUIRED):
        asked = words.say(EMPTY[question.type])
        return asked if question.required else words.say("web.empty.or_skip", asked=asked)
    if refused.miss is Miss.CONSTRAINT:
        own = in_own_language(here, question.constraint_messages)
        return own or words.say(MISSED[refused.miss])
    if refused.miss is Miss.NEAR_MISS and question.type is QuestionType.SELECT_MULTIPLE:
        return words.say("web.miss.together")
    return words.say(MISSED[refused.miss], most=words.number(LONGEST_TEXT))


def answer_in_words(here: Position, question: Question, answer: Answer | None) -> str:
    """The answer as a parent reads it back."""
    state = answer.state if answer else State.NOT_ASKED
    if answer is None or state is not State.ANSWERED or answer.value is None:
        return _own_nothing(here, question, state)
    if not isinstance(answer.value, str):
        return interface(here).listed(_label(here, question, code) for code in answer.value)
    if question.type is QuestionType.DATE:
        year, month, day = answer.value.split("-")
        return f"{int(day)}/{int(month)}/{year}"
    return _label(here, question, answer.value)


def interface(here: Position) -> Words:
    """The interface in the parent's language."""
    return Words(here.session.language)


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
    return interface(here).say(NOTHING[state]) if state in NOTHING else ""

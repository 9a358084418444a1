"""The words of the terminal for what happened in a turn."""

from surveys.events import (
    AlreadyFinished,
    AnswerDropped,
    AnswerRecorded,
    Event,
    Finished,
    Miss,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    SelectionChanged,
    TapIgnored,
    Welcomed,
)
from surveys.model import Question, Questionnaire, QuestionType, in_language
from surveys.route import choices_offered
from surveys.session import Answer, Session
from surveys.model import State

STATE_WORDS = {
    State.DONT_KNOW: "Don't know",
    State.DOES_NOT_APPLY: "Does not apply",
    State.SKIPPED: "Skipped",
    State.NOT_ASKED: "Not asked",
}

_MISSES = {
    Miss.NO_MATCH: "That was not one of the choices. Please type a number or the words of a choice.",
    Miss.NEAR_MISS: "Did you mean one of these?",
    Miss.EMPTY: "Please type an answer, or type skip.",
    Miss.NOT_A_NUMBER: "Please type a number.",
    Miss.NOT_A_WHOLE_NUMBER: "Please type a whole number.",
    Miss.NOT_A_DATE: "Please type a date, such as 25/11/2026.",
    Miss.TOO_LONG: "That is longer than 4,000 letters. Please make it shorter.",
    Miss.CONSTRAINT: "That answer does not fit here.",
    Miss.REQUIRED: "We need an answer to this one to go on.",
    Miss.UNREADABLE: "Please answer in words.",
}


def lines(form: Questionnaire, session: Session, event: Event, help_numbers: tuple[str, ...]) -> list[str]:
    """What the terminal says about one event."""
    match event:
        case Welcomed():
            return _welcome(form, session)
        case QuestionAsked():
            return _question(form, session, event, help_numbers)
        case NotUnderstood():
            return _not_understood(form, session, event)
        case AnswerDropped(key):
            return [f"(We no longer need your answer to: {_label(form, session, key)})"]
        case ReviewReached():
            return _review(form, session)
        case Finished():
            return ["Thank you. In a real round your answers would now be sent."]
        case AlreadyFinished():
            return ["You have finished."]
        case AnswerRecorded() | SelectionChanged() | TapIgnored():
            return []


def _welcome(form: Questionnaire, session: Session) -> list[str]:
    title = in_language(form.titles, session.language, form.default_language)
    return [title, "This is a rehearsal: nothing is kept. Type start to begin, or quit to leave."]


def _question(
    form: Questionnaire, session: Session, asked: QuestionAsked, help_numbers: tuple[str, ...]
) -> list[str]:
    question = form.question(asked.key)
    assert question is not None  # noqa: S101 - the engine asks only its own questions
    said = [_label(form, session, key) for key in asked.notes]
    if question.type is QuestionType.TEXT:
        said += ["Nobody watches this chat live.", *help_numbers]
    said.append(f"Question {asked.number} of {asked.of}: {_label(form, session, asked.key)}")
    hint = in_language(question.hints, session.language, form.default_language)
    return said + ([hint] if hint else []) + _choices(form, session, question) + [_ways(question)]


def _choices(form: Questionnaire, session: Session, question: Question) -> list[str]:
    offered = choices_offered(question, session.frame)
    by_code = any(choice.code.isdigit() for choice in offered)
    marks = [choice.code if by_code else str(n) for n, choice in enumerate(offered, start=1)]
    return [
        f"  {mark:>3}  {in_language(choice.labels, session.language, form.default_language)}"
        for mark, choice in zip(marks, offered, strict=True)
    ]


def _ways(question: Question) -> str:
    return "(or: back, quit)" if question.required else "(or: skip, back, quit)"


def _not_understood(form: Questionnaire, session: Session, event: NotUnderstood) -> list[str]:
    question = form.question(event.key)
    message = _MISSES[event.miss]
    if event.miss is Miss.CONSTRAINT and question is not None:
        own = in_language(question.constraint_messages, session.language, form.default_language)
        message = own or message
    labels = [
        in_language(choice.labels, session.language, form.default_language)
        for choice in (question.choices if question else ())
        if choice.code in event.suggestions
    ]
    return [message, *(f"  - {label}" for label in labels)]


def _review(form: Questionnaire, session: Session) -> list[str]:
    said = [
        f"  {_label(form, session, key)}\n      {answer_words(form, session, key, answer)}"
        for key, answer in session.answers.items()
    ]
    return ["Your answers:", *said, "Type send to finish, or back to change the last one."]


def answer_words(form: Questionnaire, session: Session, key: str, answer: Answer) -> str:
    """An answer in words."""
    question = form.question(key)
    if answer.value is None or question is None:
        return STATE_WORDS[answer.state]
    codes = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    found = [question.choice(code) for code in codes]
    return ", ".join(
        in_language(choice.labels, session.language, form.default_language) if choice else code
        for choice, code in zip(found, codes, strict=True)
    )


def _label(form: Questionnaire, session: Session, key: str) -> str:
    question = form.question(key)
    return in_language(question.labels, session.language, form.default_language) if question else key

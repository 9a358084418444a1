"""The words of the terminal for what happened in a turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.commands import Command
from surveys.events import (
    AlreadyFinished,
    AnswerDropped,
    CommandTaken,
    Event,
    Finished,
    HelpOffered,
    Miss,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    Welcomed,
)
from surveys.model import Labels, Question, Questionnaire, QuestionType, State, in_language
from surveys.route import choices_offered
from surveys.session import Answer, Session

_STATES = {
    State.DONT_KNOW: "Don't know",
    State.DOES_NOT_APPLY: "Does not apply",
    State.SKIPPED: "Skipped",
    State.NOT_ASKED: "Not asked",
}

_MISSES = {
    Miss.NO_MATCH: "That is not one of the choices. Please type a number or the words of a choice.",
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


@dataclass(frozen=True)
class Terminal:
    """Words events for one rehearsal, in the session's language.

    `notice` has the paragraphs of the privacy notice's short form.
    """

    form: Questionnaire
    session: Session
    help_numbers: tuple[str, ...]
    notice: tuple[str, ...] = ()

    def lines(self, event: Event) -> list[str]:
        """What the terminal says about one event; nothing about most."""
        word = _WORDINGS.get(type(event))
        return word(self, event) if word else []

    def text(self, labels: Labels) -> str:
        """The text in the session's language."""
        return in_language(labels, self.session.language, self.form.default_language)

    def label(self, key: str) -> str:
        """The question's or note's own words."""
        question = self.form.question(key)
        return self.text(question.labels) if question else key


def _welcomed(here: Terminal, _: Welcomed) -> list[str]:
    start = "This is a rehearsal: nothing is kept. Type start to begin, or quit to leave."
    return [here.text(here.form.titles), *_notice(here), start]


def _notice(here: Terminal) -> list[str]:
    """The privacy notice with a line between its paragraphs."""
    return ["", *(line for paragraph in here.notice for line in (paragraph, ""))]


def _commanded(here: Terminal, event: CommandTaken) -> list[str]:
    if event.command is Command.PRIVACY:
        return _notice(here)
    return ["That works in a real round. Here nothing is kept."]


def _asked(here: Terminal, event: QuestionAsked) -> list[str]:
    question = here.form.question(event.key)
    assert question is not None  # noqa: S101 - the engine asks only its own questions
    said = ["", *(here.label(key) for key in event.notes)]
    if question.type is QuestionType.TEXT:
        said += ["Nobody watches this chat live.", *here.help_numbers]
    said.append(f"Question {event.number} of {event.of}: {here.text(question.labels)}")
    hint = here.text(question.hints)
    return [*said, *([hint] if hint else []), *_choices(here, question), _ways(question)]


def _choices(here: Terminal, question: Question) -> list[str]:
    offered = choices_offered(question, here.session.frame)
    by_code = any(choice.code.isdigit() for choice in offered)
    marks = [choice.code if by_code else str(n) for n, choice in enumerate(offered, start=1)]
    return [
        f"  {mark:>3}  {here.text(choice.labels)}"
        for mark, choice in zip(marks, offered, strict=True)
    ]


def _ways(question: Question) -> str:
    return "(or: back, quit)" if question.required else "(or: skip, back, quit)"


def _not_understood(here: Terminal, event: NotUnderstood) -> list[str]:
    question = here.form.question(event.key)
    message = _MISSES[event.miss]
    if event.miss is Miss.CONSTRAINT and question is not None:
        message = here.text(question.constraint_messages) or message
    near = (
        [choice for choice in question.choices if choice.code in event.suggestions]
        if question
        else []
    )
    return [message, *(f"  - {here.text(choice.labels)}" for choice in near)]


def _dropped(here: Terminal, event: AnswerDropped) -> list[str]:
    return [f"(We no longer need your answer to: {here.label(event.key)})"]


def _help(here: Terminal, _: HelpOffered) -> list[str]:
    return [
        "",
        "Thank you for telling us. If anyone is in danger now, call 999.",
        *here.help_numbers,
        "(In a real round this comment would be read first, and a case would be open.)",
    ]


def _review(here: Terminal, event: ReviewReached) -> list[str]:
    said = [
        f"  {here.label(key)}\n      {_answer(here, key, answer)}"
        for key, answer in here.session.answers.items()
    ]
    notes = [here.label(key) for key in event.notes]
    return [
        "",
        "Your answers:",
        *said,
        *notes,
        "Type send to finish, or back to change the last one.",
    ]


def _answer(here: Terminal, key: str, answer: Answer) -> str:
    question = here.form.question(key)
    if answer.value is None or question is None:
        return _STATES[answer.state]
    codes = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    found = [(code, question.choice(code)) for code in codes]
    return ", ".join(here.text(choice.labels) if choice else code for code, choice in found)


_WORDINGS: Mapping[type[Event], Callable[[Terminal, Any], list[str]]] = {
    Welcomed: _welcomed,
    QuestionAsked: _asked,
    NotUnderstood: _not_understood,
    AnswerDropped: _dropped,
    ReviewReached: _review,
    Finished: lambda _, __: ["Thank you. In a real round your answers would now be sent."],
    CommandTaken: _commanded,
    AlreadyFinished: lambda _, __: ["You have finished."],
    HelpOffered: _help,
}

"""The words of the terminal for what happened in a turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.languages import offered, own_name
from bot.words import Words
from surveys.commands import Command
from surveys.events import (
    AlreadyFinished,
    AnswerDropped,
    CommandTaken,
    Event,
    Finished,
    HelpOffered,
    LanguageChanged,
    Miss,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    Welcomed,
)
from surveys.model import Labels, Question, Questionnaire, QuestionType, State, in_language
from surveys.route import choices_offered
from surveys.session import Answer, Session
from surveys.understanding import LONGEST_TEXT

_STATES = {
    State.DONT_KNOW: "state.dont_know",
    State.DOES_NOT_APPLY: "state.does_not_apply",
    State.SKIPPED: "state.skipped",
    State.NOT_ASKED: "state.not_asked",
}

_MISSES = {
    Miss.NO_MATCH: "terminal.miss.no_match",
    Miss.NEAR_MISS: "terminal.miss.near_miss",
    Miss.EMPTY: "terminal.miss.empty",
    Miss.NOT_A_NUMBER: "telegram.miss.not_a_number",
    Miss.NOT_A_WHOLE_NUMBER: "telegram.miss.not_a_whole_number",
    Miss.NOT_A_DATE: "telegram.miss.not_a_date",
    Miss.TOO_LONG: "telegram.miss.too_long",
    Miss.CONSTRAINT: "telegram.miss.constraint",
    Miss.REQUIRED: "telegram.miss.required",
    Miss.UNREADABLE: "terminal.miss.unreadable",
}
"""The keys of what is said."""


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

    @property
    def words(self) -> Words:
        """The interface in the session's language."""
        return Words(self.session.language)

    def text(self, labels: Labels) -> str:
        """The text in the session's language."""
        return in_language(labels, self.session.language, self.form.default_language)

    def label(self, key: str) -> str:
        """The question's or note's own words."""
        question = self.form.question(key)
        return self.text(question.labels) if question else key


def _welcomed(here: Terminal, _: Welcomed) -> list[str]:
    return [here.text(here.form.titles), *_notice(here), here.words.say("terminal.welcome")]


def _notice(here: Terminal) -> list[str]:
    """The privacy notice with a line between its paragraphs."""
    return ["", *(line for paragraph in here.notice for line in (paragraph, ""))]


def _asked(here: Terminal, event: QuestionAsked) -> list[str]:
    question = here.form.question(event.key)
    assert question is not None  # noqa: S101 - the engine asks only its own questions
    said = ["", *(here.label(key) for key in event.notes)]
    if question.type is QuestionType.TEXT:
        said += [here.words.say("telegram.not_watched"), *here.words.help_lines(here.help_numbers)]
    progress = here.words.say("question.progress", number=event.number, of=event.of)
    said.append(f"{progress}: {here.text(question.labels)}")
    hint = here.text(question.hints)
    ways = here.words.say("terminal.ways_required" if question.required else "terminal.ways")
    return [*said, *([hint] if hint else []), *_choices(here, question), ways]


def _choices(here: Terminal, question: Question) -> list[str]:
    offered = choices_offered(question, here.session.frame)
    by_code = any(choice.code.isdigit() for choice in offered)
    marks = [choice.code if by_code else str(n) for n, choice in enumerate(offered, start=1)]
    return [
        f"  {mark:>3}  {here.text(choice.labels)}"
        for mark, choice in zip(marks, offered, strict=True)
    ]


def _not_understood(here: Terminal, event: NotUnderstood) -> list[str]:
    question = here.form.question(event.key)
    message = here.words.say(_MISSES[event.miss], most=here.words.number(LONGEST_TEXT))
    if event.miss is Miss.CONSTRAINT and question is not None:
        message = here.text(question.constraint_messages) or message
    near = (
        [choice for choice in question.choices if choice.code in event.suggestions]
        if question
        else []
    )
    return [message, *(f"  - {here.text(choice.labels)}" for choice in near)]


def _dropped(here: Terminal, event: AnswerDropped) -> list[str]:
    return [f"({here.words.say('telegram.dropped', question=here.label(event.key))})"]


def _help(here: Terminal, _: HelpOffered) -> list[str]:
    say = here.words.say
    return [
        "",
        f"{say('help.thanks')} {say('help.now')}",
        *here.words.help_lines(here.help_numbers, after=say("help.now")),
        say("terminal.help"),
    ]


def _commanded(here: Terminal, event: CommandTaken) -> list[str]:
    if event.command is Command.PRIVACY:
        return _notice(here)
    if event.command is Command.EASY_READ:
        return [here.words.say("telegram.easy_read.none")]
    if event.command is not Command.LANGUAGE:
        return [here.words.say("terminal.command")]
    codes = offered(here.form, None)
    width = max(map(len, codes))
    names = [f"  {code:<{width}}  {own_name(code)}" for code in codes]
    return [here.words.say("terminal.languages", code=codes[-1]), *names]


def _spoken(here: Terminal, event: LanguageChanged) -> list[str]:
    return [here.words.say("telegram.language", language=own_name(event.code))]


def _review(here: Terminal, event: ReviewReached) -> list[str]:
    said = [
        f"  {here.label(key)}\n      {_answer(here, key, answer)}"
        for key, answer in here.session.answers.items()
    ]
    notes = [here.label(key) for key in event.notes]
    say = here.words.say
    return ["", say("terminal.review.answers"), *said, *notes, say("terminal.review.ready")]


def _answer(here: Terminal, key: str, answer: Answer) -> str:
    question = here.form.question(key)
    if answer.value is None or question is None:
        return here.words.say(_STATES[answer.state])
    codes = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    found = [(code, question.choice(code)) for code in codes]
    return here.words.listed(here.text(choice.labels) if choice else code for code, choice in found)


_WORDINGS: Mapping[type[Event], Callable[[Terminal, Any], list[str]]] = {
    Welcomed: _welcomed,
    QuestionAsked: _asked,
    NotUnderstood: _not_understood,
    AnswerDropped: _dropped,
    ReviewReached: _review,
    Finished: lambda here, _: [here.words.say("terminal.finished")],
    CommandTaken: _commanded,
    LanguageChanged: _spoken,
    AlreadyFinished: lambda here, _: [here.words.say("terminal.already_finished")],
    HelpOffered: _help,
}

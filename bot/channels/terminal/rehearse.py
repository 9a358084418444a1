"""A rehearsal: lines in, lines out, one session in memory."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.channels.terminal.wording import Terminal
from surveys import engine
from surveys.concern import Tier
from surveys.events import AnswerRecorded, Event, HelpOffered
from surveys.heard import heard
from surveys.inputs import Input, LanguageChosen, Opened, Typed
from surveys.model import Questionnaire
from surveys.overheard import overheard
from surveys.session import Frame, Session, Stage

LEAVE = frozenset({"quit", "exit"})

_LANGUAGE = "/language "
"""With a code behind it, it is the button that a terminal has not."""


def rehearse(
    form: Questionnaire,
    moment: str,
    help_numbers: tuple[str, ...],
    clock: Callable[[], datetime],
    *,
    language: str = "",
    notice: Callable[[str], tuple[str, ...]] = lambda _: (),
    read: Callable[[], str] = input,
    write: Callable[[str], None] = print,
) -> Session:
    """Talk until the parent finishes, types quit, or the input ends; returns the session.

    It speaks `language`, or the questionnaire's own where that is "". `notice` gives the
    paragraphs of the privacy notice in a language.
    """
    session = engine.start(form, language or form.default_language, Frame(moment=moment))
    said: Input = Opened()
    while True:
        sprint = engine.step(form, session, said, clock())
        session = sprint.session
        terminal = Terminal(form, session, help_numbers, notice(session.language))
        for event in _with_help(form, session, said, sprint.events):
            for line in terminal.lines(event):
                write(line)
        if session.stage is Stage.FINISHED:
            return session
        typed = _next_line(read)
        if typed is None or typed.strip().lower() in LEAVE:
            return session
        said = _meant(typed)


def _with_help(
    form: Questionnaire, session: Session, said: Input, events: tuple[Event, ...]
) -> Iterator[Event]:
    aside = overheard(form, session, said, events)
    if aside is not None and aside.concern.tier is Tier.URGENT:
        yield HelpOffered()
    for event in events:
        yield event
        if isinstance(event, AnswerRecorded):
            found = heard(form, event, session.language)
            if found is not None and found.tier is Tier.URGENT:
                yield HelpOffered()


def _meant(typed: str) -> Input:
    command, _, code = typed.strip().partition(_LANGUAGE)
    return LanguageChosen(code.strip()) if code and not command else Typed(typed)


def _next_line(read: Callable[[], str]) -> str | None:
    try:
        return read()
    except EOFError:
        return None

"""A rehearsal: lines in, lines out, one session in memory."""

from collections.abc import Callable
from datetime import datetime

from bot.channels.terminal.wording import Terminal
from surveys import engine
from surveys.inputs import Input, Opened, Typed
from surveys.model import Questionnaire
from surveys.session import Frame, Session, Stage

LEAVE = frozenset({"quit", "exit"})


def rehearse(
    form: Questionnaire,
    moment: str,
    help_numbers: tuple[str, ...],
    clock: Callable[[], datetime],
    *,
    read: Callable[[], str] = input,
    write: Callable[[str], None] = print,
) -> Session:
    """Talk until the parent finishes, types quit, or the input ends; returns the session."""
    session = engine.start(form, form.default_language, Frame(moment=moment))
    said: Input = Opened()
    while True:
        sprint = engine.step(form, session, said, clock())
        session = sprint.session
        terminal = Terminal(form, session, help_numbers)
        for event in sprint.events:
            for line in terminal.lines(event):
                write(line)
        if session.stage is Stage.FINISHED:
            return session
        typed = _next_line(read)
        if typed is None or typed.strip().lower() in LEAVE:
            return session
        said = Typed(typed)


def _next_line(read: Callable[[], str]) -> str | None:
    try:
        return read()
    except EOFError:
        return None

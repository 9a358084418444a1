"""The conversation: one turn in, one Sprint out. Sends nothing and stores nothing.

A session is plain data that may be written out and read back between any two turns;
the same turns from the same session always give the same events.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from surveys import replies
from surveys.commands import ANYWHERE, Command
from surveys.easy_read import turned
from surveys.errors import SessionRefused
from surveys.events import (
    AlreadyFinished,
    CommandTaken,
    LanguageChanged,
    QuestionAsked,
    Welcomed,
    Why,
)
from surveys.inputs import (
    Chosen,
    CommandGiven,
    Filled,
    Input,
    LanguageChosen,
    NextChild,
    NoOtherChild,
    NoticeAcknowledged,
    Opened,
    Overheard,
    Revisited,
    SelectionDone,
    Skipped,
    Submitted,
    Toggled,
    Typed,
    Unreadable,
    WentBack,
)
from surveys.model import Questionnaire
from surveys.position import Position, date_in_england, stand
from surveys.session import Frame, Session, Stage
from surveys.turns import Sprint, go_on, ignore, resume, stay
from surveys.wanted import wanted

__all__ = ["Sprint", "ask", "start", "step"]

_REPLIES: Mapping[type[Input], Callable[[Position, Any], Sprint]] = {
    Opened: lambda here, _: resume(here),
    NoticeAcknowledged: lambda here, _: resume(here),
    Chosen: replies.chosen,
    Toggled: replies.toggled,
    SelectionDone: replies.selection_done,
    Typed: lambda here, said: replies.typed(here, said.text),
    Filled: replies.filled,
    Skipped: replies.skipped,
    WentBack: replies.went_back,
    Revisited: replies.revisited,
    # The service begins another child's session; here the one at hand goes on.
    NextChild: lambda here, _: resume(here),
    NoOtherChild: lambda here, _: resume(here),
    CommandGiven: lambda here, _: resume(here),
    Submitted: lambda here, _: replies.submitted(here),
    Unreadable: lambda here, _: replies.unreadable(here),
    # Whoever keeps the turn listens to them (`surveys/overheard.py`).
    Overheard: lambda here, _: stay(here),
}


def start(questionnaire: Questionnaire, language: str, frame: Frame) -> Session:
    """A new session at the welcome, before the first turn."""
    return Session(questionnaire.hash, language, frame)


def step(questionnaire: Questionnaire, session: Session, said: Input, now: datetime) -> Sprint:
    """What comes of one turn. No input and no session of the questionnaire makes it fail.

    `now` carries its time zone; expressions see its date in England.

    Raises:
        SessionRefused: the session belongs to another version of the questionnaire.
    """
    here = _stand(questionnaire, session, now)
    asked_for = _command(here, said)
    if asked_for in ANYWHERE:
        return stay(here, CommandTaken(asked_for))
    if asked_for is Command.EASY_READ:
        return _read_easily(here)
    if isinstance(said, LanguageChosen):
        return _speak(here, said.code)
    if session.stage is Stage.FINISHED:
        return stay(here, AlreadyFinished())
    if session.stage is Stage.WELCOME:
        return go_on(here, Why.NEXT) if _begins(here, said) else stay(here, Welcomed())
    return _REPLIES[type(said)](here, said)


def ask(
    questionnaire: Questionnaire, session: Session, key: str, now: datetime
) -> QuestionAsked | None:
    """How question `key` would be asked now, or `None` if it is not on the route.

    For a page at that question's address. Changes nothing.

    Raises:
        SessionRefused: the session belongs to another version of the questionnaire.
    """
    here = _stand(questionnaire, session, now)
    question = here.route.question(key)
    if question is None:
        return None
    answered = key in session.answers and question != here.current
    return here.asked(question, Why.CHANGING if answered else Why.NEXT)


def _stand(questionnaire: Questionnaire, session: Session, now: datetime) -> Position:
    if session.questionnaire_hash != questionnaire.hash:
        raise SessionRefused(
            f"the session belongs to version {session.questionnaire_hash} of a questionnaire, "
            f"not to {questionnaire.hash} ({questionnaire.key}): load the version it names"
        )
    return stand(questionnaire, session, date_in_england(now))


def _speak(here: Position, code: str) -> Sprint:
    """The same place in another language, if it is one of the questionnaire's."""
    if code not in here.questionnaire.languages:
        return ignore(here, code)
    there = here.now(replace(here.session, language=code))
    match here.session.stage:
        case Stage.WELCOME:
            again = stay(there, Welcomed())
        case Stage.FINISHED:
            again = stay(there, AlreadyFinished())
        case _:
            again = resume(there)
    return Sprint(again.session, (LanguageChanged(code), *again.events))


def _read_easily(here: Position) -> Sprint:
    """The same place in easy read, or out of it; the command alone where there is none."""
    code = turned(here.session.language)
    if code not in here.questionnaire.languages:
        return stay(here, CommandTaken(Command.EASY_READ))
    return _speak(here, code)


def _begins(here: Position, said: Input) -> bool:
    return isinstance(said, NoticeAcknowledged) or _command(here, said) is Command.START


def _command(here: Position, said: Input) -> Command | None:
    if isinstance(said, CommandGiven):
        return said.command
    if isinstance(said, Typed):
        return wanted(here, said.text)
    return None

"""Playing turns against the engine, with every session written out and read back."""

import json
from typing import TypeVar

from surveys.engine import Sprint, start, step
from surveys.events import Event
from surveys.inputs import Chosen, Input, NoticeAcknowledged, Skipped, Typed
from surveys.model import Questionnaire
from surveys.session import Frame, Session
from tests.builders import CONFIDENCE, NOW

E = TypeVar("E", bound=Event)
STARTED = NoticeAcknowledged()
TO_TOPICS: tuple[Input, ...] = (
    STARTED,
    Chosen("phase", "primary"),
    Chosen("has_plan", "no"),
    Chosen("listened", "4"),
)
TO_REVIEW: tuple[Input, ...] = (*TO_TOPICS, Skipped("topics"), Typed("Fine"))
"""Turns that lead to the boxes, and to the review."""


def after(
    *said: Input, form: Questionnaire = CONFIDENCE, language: str = "en", frame: Frame | None = None
) -> Sprint:
    """The last sprint of a new conversation in which all this was said."""
    sprint = Sprint(start(form, language, frame or Frame()))
    for each in said:
        sprint = step(form, reread(sprint.session), each, NOW)
    return sprint


def then(sprint: Sprint, said: Input, form: Questionnaire = CONFIDENCE) -> Sprint:
    """The sprint after one more turn."""
    return step(form, reread(sprint.session), said, NOW)


def reread(session: Session) -> Session:
    """The session as it comes back from the database."""
    return Session.from_dict(json.loads(json.dumps(session.to_dict())))


def only(kind: type[E], sprint: Sprint) -> E:
    """The one event of this kind."""
    (event,) = (each for each in sprint.events if isinstance(each, kind))
    return event

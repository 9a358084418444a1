"""The privacy notice in a family's conversation: which edition it acknowledged, and news of it.

A chat is told by a message, so being told is certain when it is queued. A page only shows
the news; the form posted from that page says that it did.
"""

from collections.abc import Sequence

from bot.notice.edition import read_code
from bot.ports import ChatPlace, Turn
from storage import notices
from storage.database import Database
from storage.notices import NoticeRead
from storage.seats import Seat
from surveys.commands import Command
from surveys.events import CommandTaken, Event, NoticeChanged
from surveys.inputs import NoticeAcknowledged
from surveys.session import Session, Stage


def follow(
    db: Database, turn: Turn, seat: Seat, before: Session, after: Session, current: str
) -> tuple[tuple[Event, ...], NoticeRead]:
    """Keep what a turn says of the notice; returns the news to send, and what was told by now.

    `before` and `after` are the session around the turn; `current` is the edition shown now.
    """
    now, events = _told(turn, seat.notice, before, after, current)
    if now != seat.notice:
        notices.keep(db, seat.place.invitation.id, now)
    return events, now


def shown(db: Database, turn: Turn, seat: Seat, events: Sequence[Event], current: str) -> None:
    """A chat that asked for the notice has it, and needs no news of it."""
    if isinstance(turn.place, ChatPlace) and CommandTaken(Command.PRIVACY) in events:
        read = NoticeRead(current, seat.notice.acknowledged)
        notices.keep(db, seat.place.invitation.id, read)


def is_news(session: Session | None, read: NoticeRead, current: str) -> bool:
    """Whether a parent who is past the welcome must still be told of another notice."""
    return session is not None and session.stage is not Stage.WELCOME and read.told != current


def _told(
    turn: Turn, was: NoticeRead, before: Session, after: Session, current: str
) -> tuple[NoticeRead, tuple[Event, ...]]:
    in_chat = isinstance(turn.place, ChatPlace)
    if after.stage is Stage.WELCOME:
        return (NoticeRead(current, was.acknowledged) if in_chat else was), ()
    begins = before.stage is Stage.WELCOME
    now = _acknowledged(turn, was, current) if begins else was
    if now.told == current:
        return now, ()
    if in_chat:
        return NoticeRead(current, now.acknowledged), (NoticeChanged(),)
    return (NoticeRead(current, now.acknowledged) if turn.notice == current else now), ()


def _acknowledged(turn: Turn, was: NoticeRead, current: str) -> NoticeRead:
    """What was read is what the button says; for a typed "start", what was shown last."""
    said = turn.input
    named = said.edition if isinstance(said, NoticeAcknowledged) and read_code(said.edition) else ""
    edition = named or was.told or current
    return NoticeRead(edition, edition)

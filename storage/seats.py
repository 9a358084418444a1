"""Everything that one turn stands on, read by one statement.

Every tap and every page asks for all of this, and beside a busy event loop it is the number
of statements that takes time, not what they do.
"""

import json
import sqlite3
from dataclasses import dataclass, replace

from storage import invitations, rounds
from storage.chats import Chat
from storage.conversations import Place
from storage.database import Database
from storage.notices import NOTHING_READ, NoticeRead
from storage.vault import hash_secret
from surveys.records import Round
from surveys.session import Session


@dataclass(frozen=True)
class Seat:
    """The place a turn belongs to, the round it is in, and how far its conversation has come.

    `chat` is the one it came by, if any. `run` and `session` are `None` before the first
    turn, and `response_id` before the welcome is left.
    """

    place: Place
    round: Round
    chat: Chat | None = None
    run: str | None = None
    session: Session | None = None
    response_id: str | None = None
    notice: NoticeRead = NOTHING_READ


_CONVERSATION = "session.run, session.body, link.response_id"
_NOTICE = "coalesce(notice_read.told, ''), coalesce(notice_read.acknowledged, '')"
_CHAT = "chat.lookup, chat.channel, chat.address, chat.invitation_id, chat.status"
_ALONE = f"SELECT {invitations.COLUMNS}, {_CONVERSATION}, {_NOTICE}, {rounds.COLUMNS}"
_JOINED = (
    " JOIN round ON round.id = invitation.round_id"
    " JOIN questionnaire ON questionnaire.hash = round.questionnaire_hash"
    " LEFT JOIN session ON session.invitation_id = invitation.id"
    "  AND session.child_number = invitation.child_number"
    " LEFT JOIN link ON link.round_id = invitation.round_id"
    "  AND link.invitation_id = invitation.id AND link.child_number = invitation.child_number"
    " LEFT JOIN notice_read ON notice_read.invitation_id = invitation.id"
)
_BY_INVITATION = f"{_ALONE} FROM invitation{_JOINED} WHERE invitation."
_BY_CHAT = (
    f"{_ALONE}, {_CHAT} FROM chat JOIN invitation ON invitation.id = chat.invitation_id"
    f"{_JOINED} WHERE chat.lookup = ?"
)
_INVITATION_END = invitations.WIDTH
_ROUND_BEGIN = _INVITATION_END + 5
_ROUND_END = _ROUND_BEGIN + rounds.WIDTH


def by_token(db: Database, token: str) -> Seat | None:
    """The seat to which this token leads, be it the family's or an officer's for it."""
    found = _one(db, f"{_BY_INVITATION}token_hash = ?", hash_secret(token))
    return found or _assisted(db, token)


def by_invitation(db: Database, invitation_id: str) -> Seat | None:
    """The seat of this invitation."""
    return _one(db, f"{_BY_INVITATION}id = ?", invitation_id)


def by_chat(db: Database, lookup: str) -> Seat | None:
    """The seat of the chat found by this keyed hash."""
    return _one(db, _BY_CHAT, lookup)


def _assisted(db: Database, token: str) -> Seat | None:
    invitation = invitations.assisted(db, token)
    found = None if invitation is None else by_invitation(db, invitation.id)
    if invitation is None or found is None:
        return None
    return replace(found, place=Place(invitation))


def _one(db: Database, statement: str, value: str) -> Seat | None:
    row = db.conn.execute(statement, (value,)).fetchone()
    return None if row is None else _seat(row)


def _seat(row: sqlite3.Row) -> Seat:
    run, body, response_id, told, acknowledged = row[_INVITATION_END:_ROUND_BEGIN]
    chat = row[_ROUND_END:]
    return Seat(
        place=Place(invitations.as_invitation(row[:_INVITATION_END])),
        round=rounds.as_round(row[_ROUND_BEGIN:_ROUND_END]),
        chat=Chat(*chat) if chat else None,
        run=run,
        session=None if body is None else Session.from_dict(json.loads(body)),
        response_id=response_id,
        notice=NoticeRead(told, acknowledged),
    )

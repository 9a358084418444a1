"""Chats on push channels: a sealed address and the invitation it answers."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.times import to_text


@dataclass(frozen=True)
class Chat:
    """One chat. `address` is sealed; `lookup` is the keyed hash it is found by."""

    lookup: str
    channel: str
    address: str
    invitation_id: str
    status: str


def others(db: Database, invitation_id: str, lookup: str) -> list[Chat]:
    """The chats, but for the one found by `lookup`, that answer this invitation."""
    rows = db.conn.execute(
        "SELECT lookup, channel, address, invitation_id, status FROM chat"
        " WHERE invitation_id = ? AND lookup <> ?",
        (invitation_id, lookup),
    )
    return [Chat(*row) for row in rows]


def unlink(db: Database, lookup: str) -> None:
    """From now on this chat answers nothing."""
    db.conn.execute("DELETE FROM chat WHERE lookup = ?", (lookup,))


def link(db: Database, chat: Chat, now: datetime) -> None:
    """From now on this chat answers this invitation."""
    db.conn.execute(
        "INSERT INTO chat VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (lookup) DO UPDATE SET"
        " invitation_id = excluded.invitation_id, status = excluded.status,"
        " linked_at = excluded.linked_at",
        (
            chat.lookup,
            chat.channel,
            chat.address,
            chat.invitation_id,
            chat.status,
            to_text(now),
        ),
    )


def mark(db: Database, lookup: str, status: str) -> None:
    """Whether the chat takes messages: "active" or "blocked"."""
    db.conn.execute(
        "UPDATE chat SET status = ? WHERE lookup = ? AND status <> ?", (status, lookup, status)
    )

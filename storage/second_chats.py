"""Chats that gave a code which another chat is using, and were asked whether they mean it."""

from datetime import datetime

from storage.database import Database
from storage.times import from_text, to_text


def asked_at(db: Database, lookup: str, invitation_id: str) -> datetime | None:
    """When this chat was asked, or `None` where it was not."""
    row = db.conn.execute(
        "SELECT asked_at FROM second_chat WHERE invitation_id = ? AND lookup = ?",
        (invitation_id, lookup),
    ).fetchone()
    return None if row is None else from_text(row["asked_at"])


def ask(db: Database, lookup: str, invitation_id: str, now: datetime) -> None:
    """This chat gave the code and is asked now, perhaps anew."""
    db.conn.execute(
        "INSERT INTO second_chat VALUES (?, ?, ?) ON CONFLICT (invitation_id, lookup)"
        " DO UPDATE SET asked_at = excluded.asked_at",
        (invitation_id, lookup, to_text(now)),
    )


def forget(db: Database, invitation_id: str) -> None:
    """Whoever gives this code from now on is asked again."""
    db.conn.execute("DELETE FROM second_chat WHERE invitation_id = ?", (invitation_id,))

"""Chats that gave a code which another chat is using, and were asked whether they mean it."""

from datetime import datetime

from storage.database import Database
from storage.times import to_text


def ask(db: Database, lookup: str, invitation_id: str, now: datetime) -> bool:
    """Note that this chat gave the code; whether it had done so before."""
    noted = db.conn.execute(
        "INSERT INTO second_chat VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (invitation_id, lookup, to_text(now)),
    )
    return noted.rowcount == 0


def forget(db: Database, invitation_id: str) -> None:
    """Whoever gives this code from now on is asked again."""
    db.conn.execute("DELETE FROM second_chat WHERE invitation_id = ?", (invitation_id,))

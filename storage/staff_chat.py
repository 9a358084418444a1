"""Where the chat of staff is by now: a group gets another id when it grows."""

from storage.database import Database


def moved(db: Database, named: str, moved_to: str) -> None:
    """The chat that the settings call `named` has this id from now on."""
    db.conn.execute(
        "INSERT INTO staff_chat VALUES (?, ?)"
        " ON CONFLICT (named) DO UPDATE SET moved_to = excluded.moved_to",
        (named, moved_to),
    )


def now_at(db: Database, named: str) -> str:
    """The id of the chat that the settings call `named`."""
    row = db.conn.execute("SELECT moved_to FROM staff_chat WHERE named = ?", (named,)).fetchone()
    return named if row is None else str(row["moved_to"])

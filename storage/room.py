"""Whether the database has room to grow."""

import sqlite3

from storage.database import Database

ENOUGH = 256 * 1024
"""Bytes: some dozens of long comments, and the log that they are first written to."""


def has_room(db: Database) -> bool:
    """Write as much as is enough and take it away again, in the transaction under way.

    A small change may hold on a full disk, where it finds a place in a page that is there.
    The commit may still find that there is none.
    """
    try:
        row = db.conn.execute(
            "INSERT INTO failure (error, failed_at) VALUES (?, '') RETURNING id", ("x" * ENOUGH,)
        ).fetchone()
        db.conn.execute("DELETE FROM failure WHERE id = ?", (row["id"],))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL and db.conn.in_transaction:
            return False
        raise
    return True

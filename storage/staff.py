"""Staff links and sessions (only hashes of their secrets), and the audit log."""

from datetime import datetime

from storage.database import Database
from storage.times import to_text
from storage.vault import hash_secret


def add_link(db: Database, secret: str, expires_at: datetime) -> None:
    """Keep a link that opens the staff pages once, until it expires."""
    db.conn.execute(
        "INSERT INTO staff_link VALUES (?, ?)", (hash_secret(secret), to_text(expires_at))
    )


def spend_link(db: Database, secret: str, now: datetime) -> bool:
    """Use up a link; `False` where there is none or it has expired."""
    db.conn.execute("DELETE FROM staff_link WHERE expires_at <= ?", (to_text(now),))
    spent = db.conn.execute("DELETE FROM staff_link WHERE hash = ?", (hash_secret(secret),))
    return spent.rowcount == 1


def add_session(db: Database, secret: str, expires_at: datetime) -> None:
    """Keep a signed-in browser, until it expires."""
    db.conn.execute(
        "INSERT INTO staff_session VALUES (?, ?)", (hash_secret(secret), to_text(expires_at))
    )


def end_session(db: Database, secret: str) -> None:
    """Sign a browser out."""
    db.conn.execute("DELETE FROM staff_session WHERE hash = ?", (hash_secret(secret),))


def has_session(db: Database, secret: str, now: datetime) -> bool:
    """Whether this browser is signed in."""
    row = db.conn.execute(
        "SELECT 1 FROM staff_session WHERE hash = ? AND expires_at > ?",
        (hash_secret(secret), to_text(now)),
    ).fetchone()
    return row is not None


def log(
    db: Database, now: datetime, actor: str, action: str, subject: str, detail: str = ""
) -> None:
    """Add a line to the audit log. `detail` never holds an answer, name or token."""
    db.conn.execute(
        "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
        (to_text(now), actor, action, subject, detail),
    )

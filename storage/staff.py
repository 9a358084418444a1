"""Staff links and sessions (only hashes of their secrets), and the audit log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.accounts import Account, account_of
from storage.database import Database
from storage.times import from_text, to_text
from storage.vault import hash_secret


class LinkKind(StrEnum):
    """What a single-use link is for."""

    SET_UP = "set_up"
    SIGN_IN = "sign_in"


@dataclass(frozen=True)
class Link:
    """A single-use link that is still good. `code_key` is sealed ("" for signing in)."""

    account: Account
    code_key: str


@dataclass(frozen=True)
class Session:
    """A signed-in browser, and when it was last used."""

    account: Account
    seen_at: datetime


def add_link(
    db: Database,
    secret: str,
    account_id: str,
    kind: LinkKind,
    expires_at: datetime,
    code_key: str = "",
) -> None:
    """Keep a link that works once, until it expires."""
    db.conn.execute(
        "INSERT INTO staff_link (hash, account_id, kind, code_key, expires_at)"
        " VALUES (?, ?, ?, ?, ?)",
        (hash_secret(secret), account_id, kind.value, code_key, to_text(expires_at)),
    )


def link(db: Database, secret: str, kind: LinkKind, now: datetime) -> Link | None:
    """The link of this kind, unspent, where it has not expired. Looking spends nothing."""
    row = db.conn.execute(
        "SELECT account.*, staff_link.code_key AS link_code_key FROM staff_link"
        " JOIN account ON account.id = staff_link.account_id"
        " WHERE hash = ? AND kind = ? AND expires_at > ? AND account.active",
        (hash_secret(secret), kind.value, to_text(now)),
    ).fetchone()
    return None if row is None else Link(account_of(row), row["link_code_key"])


def spend_link(db: Database, secret: str) -> None:
    """Use up a link."""
    db.conn.execute("DELETE FROM staff_link WHERE hash = ?", (hash_secret(secret),))


def end_links(db: Database, account_id: str) -> None:
    """Use up every link of an account."""
    db.conn.execute("DELETE FROM staff_link WHERE account_id = ?", (account_id,))


def add_session(
    db: Database, secret: str, account_id: str, now: datetime, expires_at: datetime
) -> None:
    """Keep a signed-in browser, until it expires."""
    db.conn.execute(
        "INSERT INTO staff_session (hash, account_id, expires_at, seen_at) VALUES (?, ?, ?, ?)",
        (hash_secret(secret), account_id, to_text(expires_at), to_text(now)),
    )


def session(db: Database, secret: str, now: datetime, idle_since: datetime) -> Session | None:
    """The session with this secret, unless it has expired or was last used by `idle_since`."""
    row = db.conn.execute(
        "SELECT account.*, staff_session.seen_at FROM staff_session"
        " JOIN account ON account.id = staff_session.account_id"
        " WHERE hash = ? AND expires_at > ? AND seen_at > ? AND account.active",
        (hash_secret(secret), to_text(now), to_text(idle_since)),
    ).fetchone()
    return None if row is None else Session(account_of(row), from_text(row["seen_at"]))


def touch_session(db: Database, secret: str, now: datetime) -> None:
    """The browser was used now."""
    db.conn.execute(
        "UPDATE staff_session SET seen_at = ? WHERE hash = ?", (to_text(now), hash_secret(secret))
    )


def end_session(db: Database, secret: str) -> None:
    """Sign a browser out."""
    db.conn.execute("DELETE FROM staff_session WHERE hash = ?", (hash_secret(secret),))


def end_sessions(db: Database, account_id: str) -> None:
    """Sign out every browser of an account."""
    db.conn.execute("DELETE FROM staff_session WHERE account_id = ?", (account_id,))


def forget_expired(db: Database, now: datetime, idle_since: datetime) -> None:
    """Remove links and sessions that open nothing any more."""
    db.conn.execute("DELETE FROM staff_link WHERE expires_at <= ?", (to_text(now),))
    db.conn.execute(
        "DELETE FROM staff_session WHERE expires_at <= ? OR seen_at <= ?",
        (to_text(now), to_text(idle_since)),
    )


def log(
    db: Database, now: datetime, actor: str, action: str, subject: str, detail: str = ""
) -> None:
    """Add a line to the audit log. `detail` never holds an answer, name or token."""
    db.conn.execute(
        "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
        (to_text(now), actor, action, subject, detail),
    )

"""Messages to push: written with what caused them, claimed, sent, recorded.

Prompts and alerts are sent from here, invitations and reminders from `storage/mailings.py`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.database import Database
from storage.times import from_text, to_text

_OURS = "kind IN ('prompt', 'alert')"
STAFF = "staff"
"""In place of a lookup: the chat of staff, whose address is found when an alert is sent."""


@dataclass(frozen=True)
class Message:
    """One message of a channel. `address` is sealed.

    `kind` is prompt, invitation, reminder or alert.
    """

    channel: str
    lookup: str
    address: str
    invitation_id: str | None
    kind: str
    message_key: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class Claimed:
    """A message that this process is sending now; `attempts` counts this one."""

    id: int
    attempts: int
    message: Message


def add(db: Database, message: Message, due_at: datetime) -> None:
    """Queue a message."""
    _insert(db, message, "queued", 0, due_at)


def add_claimed(db: Database, message: Message, now: datetime) -> Claimed | None:
    """Queue a message, claimed at once; `None` where others to its address go first."""
    waiting = db.conn.execute(
        "SELECT 1 FROM outbox WHERE lookup = ? AND status IN ('queued', 'claimed')",
        (message.lookup,),
    ).fetchone()
    if waiting is not None:
        add(db, message, now)
        return None
    return Claimed(_insert(db, message, "claimed", 1, now), 1, message)


def add_alert(db: Database, channel: str, message_key: str, now: datetime) -> None:
    """Queue an alert for staff, unless one waits, which says as much. It is about nobody."""
    waits = db.conn.execute("SELECT 1 FROM outbox WHERE status = 'queued' AND kind = 'alert'")
    if waits.fetchone() is None:
        since = {"since": to_text(now)}
        add(db, Message(channel, STAFF, "", None, "alert", message_key, since), now)


def waiting_alert(db: Database) -> tuple[datetime, str] | None:
    """Since when the oldest alert waits, and why it was refused, or ""; `None`: none waits."""
    row = db.conn.execute(
        "SELECT arguments ->> 'since' AS since, reason FROM outbox"
        " WHERE status IN ('queued', 'claimed') AND kind = 'alert' ORDER BY id LIMIT 1"
    ).fetchone()
    return None if row is None else (from_text(row["since"]), str(row["reason"]))


def hasten_alerts(db: Database, now: datetime) -> None:
    """Whatever kept an alert back is tried again now."""
    db.conn.execute(
        "UPDATE outbox SET due_at = ? WHERE status = 'queued' AND kind = 'alert'", (to_text(now),)
    )


def drop_alerts(db: Database) -> None:
    """Nobody is to be alerted any more."""
    db.conn.execute("DELETE FROM outbox WHERE kind = 'alert'")


def claim(db: Database, now: datetime, limit: int) -> list[Claimed]:
    """Claim the oldest due prompt or alert of each address that has none under way."""
    rows = db.conn.execute(
        "UPDATE outbox SET status = 'claimed', attempts = attempts + 1 WHERE id IN ("  # noqa: S608 - our own words
        f" SELECT min(id) FROM outbox WHERE status IN ('queued', 'claimed') AND {_OURS}"
        " GROUP BY lookup HAVING max(status = 'claimed') = 0 ORDER BY min(id)"
        ") AND due_at <= ? AND id IN (SELECT id FROM outbox WHERE status = 'queued'"
        f" AND {_OURS} ORDER BY id LIMIT ?) RETURNING *",
        (to_text(now), limit),
    ).fetchall()
    return [
        Claimed(
            row["id"],
            row["attempts"],
            Message(
                channel=row["channel"],
                lookup=row["lookup"],
                address=row["address"],
                invitation_id=row["invitation_id"],
                kind=row["kind"],
                message_key=row["message_key"],
                arguments=json.loads(row["arguments"]),
            ),
        )
        for row in sorted(rows, key=lambda row: row["id"])
    ]


def mark_sent(db: Database, items: Iterable[Claimed]) -> None:
    """They were delivered. Only an invitation or reminder is kept, for the record."""
    for item in items:
        if item.message.kind in {"prompt", "alert"}:
            db.conn.execute("DELETE FROM outbox WHERE id = ?", (item.id,))
        else:
            db.conn.execute("UPDATE outbox SET status = 'sent' WHERE id = ?", (item.id,))


def put_back(db: Database, message_id: int, due_at: datetime, reason: str = "") -> None:
    """Try again from `due_at`; `reason` says why it was refused, if it was."""
    db.conn.execute(
        "UPDATE outbox SET status = 'queued', due_at = ?, reason = ? WHERE id = ?",
        (to_text(due_at), reason, message_id),
    )


def mark_failed(db: Database, message_id: int, reason: str) -> None:
    """It will not be delivered."""
    db.conn.execute(
        "UPDATE outbox SET status = 'failed', reason = ? WHERE id = ?", (reason, message_id)
    )


def fail_waiting(db: Database, lookup: str, reason: str) -> int:
    """Nothing more is sent to this address; returns how many messages that ended."""
    ended = db.conn.execute(
        "UPDATE outbox SET status = 'failed', reason = ? WHERE lookup = ? AND status = 'queued'",
        (reason, lookup),
    )
    return ended.rowcount


def fail_invited(db: Database, invitation_id: str, reason: str) -> None:
    """Nothing that waits for this family is sent."""
    db.conn.execute(
        "UPDATE outbox SET status = 'failed', reason = ?"
        " WHERE invitation_id = ? AND status = 'queued'",
        (reason, invitation_id),
    )


def recover(db: Database) -> None:
    """After a crash: what was being sent is sent again."""
    db.conn.execute(
        f"UPDATE outbox SET status = 'queued' WHERE status = 'claimed' AND {_OURS}"  # noqa: S608 - our own words
    )


def next_due(db: Database) -> str | None:
    """The earliest due time among queued prompts and alerts, as text."""
    row = db.conn.execute(
        f"SELECT min(due_at) AS due FROM outbox WHERE status = 'queued' AND {_OURS}"  # noqa: S608 - our own words
    ).fetchone()
    return None if row["due"] is None else str(row["due"])


def forget_waiting(db: Database) -> tuple[int, int]:
    """After a restore: what waits in the backup was perhaps sent since, and is not sent again.

    An alert is: twice is better than not at all. Returns how many invitations and reminders
    became unknown, and how many prompts went.
    """
    waiting = "status IN ('queued', 'claimed')"
    unknown = db.conn.execute(
        "UPDATE outbox SET status = 'unknown', reason = 'restored from a backup'"  # noqa: S608 - our own words
        f" WHERE NOT {_OURS} AND {waiting}"
    )
    dropped = db.conn.execute(
        f"DELETE FROM outbox WHERE kind = 'prompt' AND {waiting}"  # noqa: S608 - our own words
    )
    return unknown.rowcount, dropped.rowcount


def _insert(db: Database, message: Message, status: str, attempts: int, due_at: datetime) -> int:
    added = db.conn.execute(
        "INSERT INTO outbox (channel, lookup, address, invitation_id, kind, message_key,"
        " arguments, status, attempts, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            message.channel,
            message.lookup,
            message.address,
            message.invitation_id,
            message.kind,
            message.message_key,
            json.dumps(message.arguments, ensure_ascii=False),
            status,
            attempts,
            to_text(due_at),
        ),
    )
    return int(added.fetchone()["id"])

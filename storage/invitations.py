"""Invitations: who may answer. Only the hash of a token is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from storage.database import Database
from storage.times import to_text
from storage.vault import hash_secret

COLUMNS = (  # what `as_invitation` reads, in its order
    "invitation.id, invitation.round_id, invitation.kind, invitation.stopped_at IS NOT NULL,"
    " invitation.child_number, invitation.contact_id, invitation.earlier_id, invitation.assisted"
)
WIDTH = COLUMNS.count(",") + 1


@dataclass(frozen=True)
class Invitation:
    """One invitation. `kind` is "personal", or "open" for somebody who came by an open link.

    `contact_id` is the family it went to, where contacts are held; `earlier_id` the
    invitation of the round that this one follows. `assisted` is "phone" or "paper"
    where an officer enters the answers, and else "".
    `stopped`: the family asked for no more messages, and has not started again.
    `child_number`: which child, in the order they were answered for, is spoken of now.
    """

    id: str
    round_id: str
    kind: str
    stopped: bool = False
    child_number: int = 1
    contact_id: str | None = None
    earlier_id: str | None = None
    assisted: str = ""


def add(db: Database, invitation: Invitation, token: str, now: datetime) -> None:
    """Keep a first-generation invitation and its token's hash."""
    add_many(db, [(invitation, token)], now)


def add_many(db: Database, made: Iterable[tuple[Invitation, str]], now: datetime) -> None:
    """Keep many invitations with their tokens' hashes."""
    db.conn.executemany(
        "INSERT INTO invitation (id, round_id, kind, generation, token_hash, created_at,"
        " contact_id, earlier_id, assisted) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)",
        (
            (
                each.id,
                each.round_id,
                each.kind,
                hash_secret(token),
                to_text(now),
                each.contact_id,
                each.earlier_id,
                each.assisted,
            )
            for each, token in made
        ),
    )


def by_id(db: Database, invitation_id: str) -> Invitation | None:
    """The invitation with this id."""
    return _one(db, "id", invitation_id)


def by_token(db: Database, token: str) -> Invitation | None:
    """The invitation whose token this is; `assisted` where it is the officer's."""
    found = _one(db, "token_hash", hash_secret(token))
    return found or assisted(db, token)


def next_child(db: Database, invitation: Invitation) -> Invitation:
    """From now on the conversation is about one more child."""
    number = invitation.child_number + 1
    db.conn.execute("UPDATE invitation SET child_number = ? WHERE id = ?", (number, invitation.id))
    return replace(invitation, child_number=number)


def answered_by_contact(db: Database, round_id: str) -> dict[str, str]:
    """By contact, its invitation to this round, where a response to it was finished."""
    rows = db.conn.execute(
        "SELECT DISTINCT invitation.contact_id, invitation.id FROM invitation"
        " JOIN link ON link.round_id = invitation.round_id"
        "  AND link.invitation_id = invitation.id"
        " JOIN response ON response.id = link.response_id"
        " WHERE invitation.round_id = ? AND invitation.contact_id IS NOT NULL"
        " AND response.finished_on IS NOT NULL",
        (round_id,),
    )
    return {row["contact_id"]: row["id"] for row in rows}


def assisted(db: Database, token: str) -> Invitation | None:
    """The invitation that an officer's own token leads to, `assisted` as the officer said."""
    row = db.conn.execute(
        "SELECT invitation_id, mode FROM assist WHERE token_hash = ?", (hash_secret(token),)
    ).fetchone()
    found = None if row is None else _one(db, "id", row["invitation_id"])
    return None if found is None else replace(found, assisted=row["mode"])


def as_invitation(cells: Sequence[Any]) -> Invitation:
    """The invitation of a row's cells of `COLUMNS`."""
    id_, round_id, kind, stopped, *rest = cells
    return Invitation(id_, round_id, kind, bool(stopped), *rest)


def _one(db: Database, column: str, value: str) -> Invitation | None:
    row = db.conn.execute(
        f"SELECT {COLUMNS} FROM invitation WHERE {column} = ?",  # noqa: S608 - our own column names
        (value,),
    ).fetchone()
    return None if row is None else as_invitation(row)

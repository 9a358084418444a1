"""Invitations: who may answer. Only the hash of a token is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from storage.database import Database
from storage.times import to_text
from storage.vault import hash_secret


@dataclass(frozen=True)
class Invitation:
    """One invitation. `kind` is "personal", or "open" for somebody who came by an open link.

    `stopped`: the family asked for no more messages, and has not started again.
    `child_number`: which child, in the order they were answered for, is spoken of now.
    """

    id: str
    round_id: str
    kind: str
    stopped: bool = False
    child_number: int = 1


def add(db: Database, invitation: Invitation, token: str, now: datetime) -> None:
    """Keep a first-generation invitation and its token's hash."""
    add_many(db, [(invitation, token)], now)


def add_many(db: Database, made: Iterable[tuple[Invitation, str]], now: datetime) -> None:
    """Keep many invitations with their tokens' hashes."""
    db.conn.executemany(
        "INSERT INTO invitation (id, round_id, kind, generation, token_hash, created_at)"
        " VALUES (?, ?, ?, 1, ?, ?)",
        (
            (invitation.id, invitation.round_id, invitation.kind, hash_secret(token), to_text(now))
            for invitation, token in made
        ),
    )


def by_id(db: Database, invitation_id: str) -> Invitation | None:
    """The invitation with this id."""
    return _one(db, "id", invitation_id)


def by_token(db: Database, token: str) -> Invitation | None:
    """The invitation whose token this is."""
    return _one(db, "token_hash", hash_secret(token))


def next_child(db: Database, invitation: Invitation) -> Invitation:
    """From now on the conversation is about one more child."""
    number = invitation.child_number + 1
    db.conn.execute("UPDATE invitation SET child_number = ? WHERE id = ?", (number, invitation.id))
    return replace(invitation, child_number=number)


def _one(db: Database, column: str, value: str) -> Invitation | None:
    row = db.conn.execute(
        f"SELECT id, round_id, kind, stopped_at, child_number FROM invitation WHERE {column} = ?",  # noqa: S608 - our own column names
        (value,),
    ).fetchone()
    if row is None:
        return None
    return Invitation(
        row["id"], row["round_id"], row["kind"], row["stopped_at"] is not None, row["child_number"]
    )

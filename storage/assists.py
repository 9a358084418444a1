"""Replies that an officer enters on a family's own invitation, by a link of the officer's.

The family's own link stays the family's: what it says there is never taken for "by phone".
"""

from dataclasses import dataclass

from storage.database import Database
from storage.vault import hash_secret


@dataclass(frozen=True)
class Said:
    """A response to an invitation: how it came, whether it has answers, and whether it ended."""

    id: str
    mode: str
    has_answers: bool
    finished: bool


def put(db: Database, invitation_id: str, token: str, mode: str) -> None:
    """By this token an officer answers this invitation, by "phone" or on "paper"."""
    db.conn.execute(
        "INSERT INTO assist VALUES (?, ?, ?) ON CONFLICT (invitation_id)"
        " DO UPDATE SET token_hash = excluded.token_hash, mode = excluded.mode",
        (invitation_id, hash_secret(token), mode),
    )


def of_contact(db: Database, round_id: str, contact_id: str) -> list[str]:
    """The ids of the family's invitations to this round."""
    rows = db.conn.execute(
        "SELECT id FROM invitation WHERE contact_id = ? AND round_id = ? ORDER BY created_at, id",
        (contact_id, round_id),
    )
    return [row["id"] for row in rows]


def said(db: Database, invitation_id: str) -> list[Said]:
    """Every response to the invitation, first child first."""
    rows = db.conn.execute(
        "SELECT response.id, response.mode, response.finished_on IS NOT NULL AS finished,"
        " EXISTS (SELECT 1 FROM answer WHERE answer.response_id = response.id"
        "  AND answer.state <> 'not_asked') AS has_answers"
        " FROM link JOIN response ON response.id = link.response_id"
        " JOIN invitation ON invitation.id = link.invitation_id"
        "  AND invitation.round_id = link.round_id"
        " WHERE invitation.id = ? ORDER BY link.child_number",
        (invitation_id,),
    )
    return [
        Said(row["id"], row["mode"], bool(row["has_answers"]), bool(row["finished"]))
        for row in rows
    ]


def set_mode(db: Database, response_id: str, mode: str) -> None:
    """A response without answers yet comes this way."""
    db.conn.execute("UPDATE response SET mode = ? WHERE id = ?", (mode, response_id))

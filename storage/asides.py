"""Words that a parent typed outside any question and that somebody must read.

They hang on an invitation, as sessions do, and on no answer. Cutting a round unties them;
erasing an invitation removes those that are still tied to it.
"""

import json
import secrets
import sqlite3
from collections.abc import Sequence
from datetime import date

from storage.database import Database
from surveys.concern import Concern, Tier
from surveys.records import WaitingComment

_SELECT = """
SELECT aside.*, round.name AS round, round.demonstration, round.questionnaire_hash
FROM aside JOIN round ON round.id = aside.round_id
"""


def put(
    db: Database, invitation_id: str, round_id: str, words: str, found: Concern, due_on: date
) -> str:
    """The id under which the words wait. The same words wait once until they are read."""
    known = db.conn.execute(
        "SELECT id FROM aside WHERE invitation_id = ? AND words = ? AND status = 'waiting'",
        (invitation_id, words),
    ).fetchone()
    if known is not None:
        return str(known["id"])
    aside_id = secrets.token_hex(8)
    db.conn.execute(
        "INSERT INTO aside VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?)",
        (
            aside_id,
            round_id,
            invitation_id,
            words,
            found.tier.value,
            json.dumps(found.rules),
            due_on.isoformat(),
        ),
    )
    return aside_id


def drop_draft(db: Database, invitation_id: str, rules: Sequence[str], words: str) -> int:
    """Drop drafts of an answer that is kept by now; returns how many.

    Drafts are what one of `rules` alone found: `rules[0]` names the answer, and the others are
    drafts where the words are the answer's own. Whatever a case is about stays.
    """
    own, *others = (json.dumps([rule]) for rule in rules)
    places = ", ".join("?" * len(others))
    dropped = db.conn.execute(
        f"DELETE FROM aside WHERE invitation_id = ? AND (rules = ?"  # noqa: S608 - only places
        f" OR (rules IN ({places}) AND words = ?))"
        " AND id NOT IN (SELECT response_id FROM safeguarding_case)",
        (invitation_id, own, *others, words),
    )
    return dropped.rowcount


def waiting(db: Database) -> list[WaitingComment]:
    """Everything to read that was typed outside a question."""
    rows = db.conn.execute(f"{_SELECT} WHERE aside.status = 'waiting'")
    return [_as_waiting(row) for row in rows]


def mark_read(db: Database, aside_id: str) -> bool:
    """Somebody read these words; `False` where they are not waiting (any more)."""
    marked = db.conn.execute(
        "UPDATE aside SET status = 'read' WHERE id = ? AND status = 'waiting'", (aside_id,)
    )
    return marked.rowcount == 1


def read(db: Database, aside_id: str) -> WaitingComment | None:
    """The words with this id, where they were read."""
    row = db.conn.execute(
        f"{_SELECT} WHERE aside.id = ? AND aside.status = 'read'", (aside_id,)
    ).fetchone()
    return None if row is None else _as_waiting(row)


def put_back(db: Database, aside_id: str) -> bool:
    """These words wait again; `False` where they are not there, or were not read."""
    waits = db.conn.execute(
        "UPDATE aside SET status = 'waiting' WHERE id = ? AND status = 'read'", (aside_id,)
    )
    return waits.rowcount == 1


def held(db: Database, invitation_id: str) -> list[str]:
    """The words kept of one family, in an order that tells nothing."""
    rows = db.conn.execute(
        "SELECT words FROM aside WHERE invitation_id = ? ORDER BY id", (invitation_id,)
    )
    return [str(row["words"]) for row in rows]


def has_open_case(db: Database, invitation_id: str) -> bool:
    """Whether a case that words of this family opened is not closed."""
    row = db.conn.execute(
        "SELECT 1 FROM safeguarding_case WHERE status <> 'closed' AND question_key = ''"
        " AND response_id IN (SELECT id FROM aside WHERE invitation_id = ?)",
        (invitation_id,),
    ).fetchone()
    return row is not None


def untie(db: Database, round_id: str) -> None:
    """Forget who typed the words of this round; they wait on."""
    db.conn.execute("UPDATE aside SET invitation_id = NULL WHERE round_id = ?", (round_id,))


def count_stranger(db: Database, day: date) -> None:
    """Somebody without an invitation was given the help numbers on this day."""
    db.conn.execute(
        "INSERT INTO stranger VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET helped = helped + 1",
        (day.isoformat(),),
    )


def strangers_helped(db: Database, since: date) -> int:
    """How often that was, from this day on."""
    row = db.conn.execute(
        "SELECT coalesce(sum(helped), 0) FROM stranger WHERE day >= ?", (since.isoformat(),)
    ).fetchone()
    return int(row[0])


def _as_waiting(row: sqlite3.Row) -> WaitingComment:
    return WaitingComment(
        id=row["id"],
        round=row["round"],
        demonstration=bool(row["demonstration"]),
        questionnaire_hash=row["questionnaire_hash"],
        question_key="",
        concern=Concern(Tier(row["concern"]), tuple(json.loads(row["rules"]))),
        due_on=date.fromisoformat(row["due_on"]),
        text=row["words"],
    )

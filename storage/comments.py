"""Comments that wait to be read, and the cases that urgent ones open."""

import json
import secrets
import sqlite3
from datetime import date, datetime

from storage import asides
from storage.database import Database
from storage.times import from_text, to_text
from storage.vault import new_id
from surveys.concern import Concern, Tier
from surveys.records import ReadComment, WaitingComment

_SELECT = """
SELECT comment.*, answer.value AS text, round.name AS round, round.demonstration,
    response.questionnaire_hash
FROM comment
JOIN answer USING (response_id, question_key)
JOIN response ON response.id = comment.response_id
JOIN round ON round.id = response.round_id
"""
# Each count is of an index that holds what waits and nothing else.
_COUNT = """
SELECT (SELECT count(*) FROM comment WHERE status = 'waiting')
    + (SELECT count(*) FROM aside WHERE status = 'waiting')
"""
_SOONEST = (Tier.URGENT, Tier.READ_FIRST, Tier.NONE)


def put(db: Database, response_id: str, question_key: str, found: Concern, due_on: date) -> None:
    """The stored answer is a comment to read by that day; a changed one waits again."""
    db.conn.execute(
        "INSERT INTO comment (response_id, question_key, id, status, concern, rules, due_on)"
        " VALUES (?, ?, ?, 'waiting', ?, ?, ?) ON CONFLICT (response_id, question_key)"
        " DO UPDATE SET id = excluded.id, status = excluded.status, concern = excluded.concern,"
        " rules = excluded.rules, due_on = excluded.due_on",
        (
            response_id,
            question_key,
            _comment_id(),
            found.tier.value,
            json.dumps(found.rules),
            due_on.isoformat(),
        ),
    )


def remove(db: Database, response_id: str, question_key: str) -> None:
    """The answer is a comment no longer."""
    db.conn.execute(
        "DELETE FROM comment WHERE response_id = ? AND question_key = ?",
        (response_id, question_key),
    )


def waiting(db: Database) -> list[WaitingComment]:
    """Every comment to read, and what was typed outside a question: see `_in_turn`."""
    rows = db.conn.execute(f"{_SELECT} WHERE comment.status = 'waiting'")
    found = [_as_waiting(row) for row in rows]
    return sorted((*found, *asides.waiting(db)), key=_in_turn)


def count_waiting(db: Database) -> int:
    """How many there are to read, without reading them."""
    row = db.conn.execute(_COUNT).fetchone()
    return int(row[0])


def mark_read(db: Database, comment_id: str) -> bool:
    """Somebody read this wording; `False` where it is not waiting (any more)."""
    marked = db.conn.execute(
        "UPDATE comment SET status = 'read' WHERE id = ? AND status = 'waiting'", (comment_id,)
    )
    return marked.rowcount == 1 or asides.mark_read(db, comment_id)


def read_since(db: Database, since: datetime) -> list[ReadComment]:
    """What was read from then on and is not waiting again, the latest first."""
    rows = db.conn.execute(
        "SELECT subject, at, actor, max(id) AS latest FROM audit"
        " WHERE action = 'comment read' AND at >= ? GROUP BY subject ORDER BY latest DESC",
        (to_text(since),),
    )
    found = ((_read(db, row["subject"]), row) for row in rows.fetchall())
    return [
        ReadComment(comment, from_text(row["at"]), row["actor"])
        for comment, row in found
        if comment is not None
    ]


def put_back(db: Database, comment_id: str) -> bool:
    """This wording waits again; `False` where it is not there, or was not read."""
    waits = db.conn.execute(
        "UPDATE comment SET status = 'waiting' WHERE id = ? AND status = 'read'", (comment_id,)
    )
    return waits.rowcount == 1 or asides.put_back(db, comment_id)


def open_case(
    db: Database,
    response_id: str,
    question_key: str,
    found: Concern,
    sealed_contact: str,
    now: datetime,
) -> str | None:
    """The id of a new case, or `None` where this answer has one that is not closed.

    For words outside a question `response_id` is their id (`storage/asides.py`) and
    `question_key` is "".

    The case has a sealed contact of its own and no tie to the link between people and
    answers: cutting a round, changing the answer or erasing it leaves the case.
    """
    case_id = new_id()
    opened = db.conn.execute(
        "INSERT INTO safeguarding_case"
        " (id, response_id, question_key, rules, opened_at, contact, status, round_id)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', coalesce("
        "  (SELECT round_id FROM response WHERE id = ?2),"
        "  (SELECT round_id FROM aside WHERE id = ?2))) ON CONFLICT DO NOTHING",
        (
            case_id,
            response_id,
            question_key,
            json.dumps(found.rules),
            to_text(now),
            sealed_contact,
        ),
    )
    return case_id if opened.rowcount == 1 else None


def close_case(
    db: Database, case_id: str, now: datetime, by: str = "", sealed_note: str = ""
) -> bool:
    """The matter is dealt with; `False` where it was closed before, or there is none."""
    closed = db.conn.execute(
        "UPDATE safeguarding_case SET status = 'closed', closed_at = ?, closed_by = ?, note = ?"
        " WHERE id = ? AND status <> 'closed'",
        (to_text(now), by, sealed_note, case_id),
    )
    return closed.rowcount == 1


def cases_closed(db: Database, before: datetime, most: int = -1) -> list[str]:
    """The ids of cases that were closed before then; one that is not closed never is."""
    rows = db.conn.execute(
        "SELECT id FROM safeguarding_case WHERE status = 'closed' AND closed_at < ? LIMIT ?",
        (to_text(before), most),
    )
    return [str(row["id"]) for row in rows]


def forget_case(db: Database, case_id: str) -> bool:
    """Remove a case; whether there was one. Only for `storage.erasing`, which makes it last."""
    gone = db.conn.execute("DELETE FROM safeguarding_case WHERE id = ?", (case_id,))
    return gone.rowcount == 1


def _read(db: Database, comment_id: str) -> WaitingComment | None:
    row = db.conn.execute(
        f"{_SELECT} WHERE comment.id = ? AND comment.status = 'read'", (comment_id,)
    ).fetchone()
    return asides.read(db, comment_id) if row is None else _as_waiting(row)


def _in_turn(waits: WaitingComment) -> tuple[int, date, str]:
    """Urgent ones, those to read first, the others; the oldest due first."""
    return _SOONEST.index(waits.concern.tier), waits.due_on, waits.id


def _comment_id() -> str:
    """A random id that a person can type after a command: it never begins with a hyphen."""
    return secrets.token_hex(8)


def _as_waiting(row: sqlite3.Row) -> WaitingComment:
    return WaitingComment(
        id=row["id"],
        round=row["round"],
        demonstration=bool(row["demonstration"]),
        questionnaire_hash=row["questionnaire_hash"],
        question_key=row["question_key"],
        concern=Concern(Tier(row["concern"]), tuple(json.loads(row["rules"]))),
        due_on=date.fromisoformat(row["due_on"]),
        text=row["text"],
    )

"""Safeguarding cases: those that wait, those closed of late, and taking one on.

`storage.comments` opens, closes and forgets them. A case stays whatever becomes of its words.
"""

import json
import sqlite3
from datetime import datetime

from storage.database import Database
from storage.times import from_optional, from_text, to_text
from surveys.records import CaseRecord, CaseStep

_SELECT = """
SELECT matter.*, round.name AS round, coalesce(round.demonstration, 0) AS demonstration,
    coalesce(round.questionnaire_hash, '') AS questionnaire_hash,
    coalesce(answer.value, aside.words) AS words
FROM safeguarding_case AS matter
LEFT JOIN round ON round.id = matter.round_id
LEFT JOIN answer ON answer.response_id = matter.response_id
    AND answer.question_key = matter.question_key AND answer.state = 'answered'
LEFT JOIN aside ON aside.id = matter.response_id AND matter.question_key = ''
"""
# Words beside the answers open one case a family, which stands for all that wait of theirs.
_OF_COMMENTS = """
SELECT comment.id AS comment_id, matter.id AS case_id
FROM comment JOIN safeguarding_case AS matter
    ON matter.response_id = comment.response_id AND matter.question_key = comment.question_key
WHERE comment.status = 'waiting' AND matter.status <> 'closed'
UNION ALL
SELECT aside.id, matter.id
FROM aside JOIN aside AS first
    ON first.id = aside.id OR first.invitation_id = aside.invitation_id
JOIN safeguarding_case AS matter ON matter.response_id = first.id AND matter.question_key = ''
WHERE aside.status = 'waiting' AND aside.concern = 'urgent' AND matter.status <> 'closed'
"""


def waiting(db: Database) -> list[CaseRecord]:
    """Every case that is not closed, the oldest first."""
    rows = db.conn.execute(
        f"{_SELECT} WHERE matter.status <> 'closed' ORDER BY matter.opened_at, matter.id"
    )
    return [_as_case(row) for row in rows]


def count_waiting(db: Database) -> int:
    """How many there are, without reading them."""
    row = db.conn.execute(
        "SELECT count(*) FROM safeguarding_case WHERE status <> 'closed'"
    ).fetchone()
    return int(row[0])


def closed_since(db: Database, since: datetime) -> list[CaseRecord]:
    """The cases closed from then on, the latest first."""
    rows = db.conn.execute(
        f"{_SELECT} WHERE matter.status = 'closed' AND matter.closed_at >= ?"
        " ORDER BY matter.closed_at DESC, matter.id",
        (to_text(since),),
    )
    return [_as_case(row) for row in rows]


def by_id(db: Database, case_id: str) -> CaseRecord | None:
    """The case with this id, closed or not."""
    row = db.conn.execute(f"{_SELECT} WHERE matter.id = ?", (case_id,)).fetchone()
    return None if row is None else _as_case(row)


def of_comments(db: Database) -> dict[str, str]:
    """By the id of each waiting comment, the case about it that is not closed."""
    return {row["comment_id"]: row["case_id"] for row in db.conn.execute(_OF_COMMENTS)}


def sealed(db: Database, case_id: str) -> tuple[str, str]:
    """How to reach the family, and the note it was closed with; "" where there is none."""
    row = db.conn.execute(
        "SELECT contact, note FROM safeguarding_case WHERE id = ?", (case_id,)
    ).fetchone()
    return ("", "") if row is None else (row["contact"], row["note"])


def acknowledge(db: Database, case_id: str, now: datetime, by: str) -> bool:
    """Somebody takes it on; `False` where somebody has, it is closed, or there is none."""
    taken = db.conn.execute(
        "UPDATE safeguarding_case SET status = 'acknowledged', acknowledged_at = ?,"
        " acknowledged_by = ? WHERE id = ? AND status = 'open'",
        (to_text(now), by, case_id),
    )
    return taken.rowcount == 1


def steps(db: Database, case_id: str) -> list[CaseStep]:
    """What the audit log has of a case, the first step first."""
    rows = db.conn.execute(
        "SELECT at, actor, action FROM audit WHERE subject = ? AND action LIKE 'case %'"
        " ORDER BY id",
        (case_id,),
    )
    return [CaseStep(from_text(row["at"]), row["actor"], row["action"]) for row in rows]


def _as_case(row: sqlite3.Row) -> CaseRecord:
    return CaseRecord(
        id=row["id"],
        round=row["round"] or "",
        demonstration=bool(row["demonstration"]),
        questionnaire_hash=row["questionnaire_hash"],
        question_key=row["question_key"],
        rules=tuple(json.loads(row["rules"])),
        opened_at=from_text(row["opened_at"]),
        words=row["words"] or "",
        acknowledged_at=from_optional(row["acknowledged_at"]),
        acknowledged_by=row["acknowledged_by"],
        closed_at=from_optional(row["closed_at"]) if row["status"] == "closed" else None,
        closed_by=row["closed_by"],
        is_closed=row["status"] == "closed",
    )

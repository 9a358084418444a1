"""Rounds and their operational counts."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from storage.database import Database
from storage.times import from_optional, from_text, to_text
from surveys.records import Round, RoundStatus

COLUMNS = (  # what `as_round` reads, in its order
    "round.id, round.name, questionnaire.key, round.questionnaire_hash, round.status,"
    " round.opens_at, round.closes_at, round.moment, round.phases, round.linked,"
    " round.threshold, round.demonstration, round.opened_at, round.closed_at"
)
WIDTH = COLUMNS.count(",") + 1
_SELECT = (
    f"SELECT {COLUMNS} FROM round"  # noqa: S608 - our own column names
    " JOIN questionnaire ON questionnaire.hash = round.questionnaire_hash "
)


def add(db: Database, new: Round, open_code: str, now: datetime) -> None:
    """Keep a new round."""
    db.conn.execute(
        "INSERT INTO round (id, name, questionnaire_hash, status, opens_at, closes_at, moment,"
        " phases, linked, threshold, demonstration, open_code, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new.id,
            new.name,
            new.questionnaire_hash,
            new.status.value,
            to_text(new.opens_at),
            to_text(new.closes_at),
            new.moment,
            json.dumps(new.phases),
            int(new.linked),
            new.threshold,
            int(new.demonstration),
            open_code,
            to_text(now),
        ),
    )


def by_id(db: Database, round_id: str) -> Round | None:
    """The round with this id."""
    return _one(db, "WHERE round.id = ?", round_id)


def by_name(db: Database, name: str) -> Round | None:
    """The round with this name, whatever its capitals."""
    return _one(db, "WHERE round.name = ?", name)


def by_open_code(db: Database, code: str) -> Round | None:
    """The round whose open link carries this code."""
    return _one(db, "WHERE round.open_code = ?", code)


def everything(db: Database) -> list[Round]:
    """Every round, newest first."""
    rows = db.conn.execute(_SELECT + "ORDER BY round.created_at DESC, round.name")
    return [as_round(tuple(row)) for row in rows]


def open_code(db: Database, round_id: str) -> str:
    """The code of the round's open link."""
    row = db.conn.execute("SELECT open_code FROM round WHERE id = ?", (round_id,)).fetchone()
    return str(row["open_code"])


def mark_open(db: Database, round_id: str, now: datetime) -> None:
    """A draft is open from now on."""
    db.conn.execute(
        "UPDATE round SET status = 'open', opened_at = ? WHERE id = ? AND status = 'draft'",
        (to_text(now), round_id),
    )


def mark_closed(db: Database, round_id: str, now: datetime) -> None:
    """An open round is closed from now on."""
    db.conn.execute(
        "UPDATE round SET status = 'closed', closed_at = ? WHERE id = ? AND status = 'open'",
        (to_text(now), round_id),
    )


def is_touched(db: Database, round_id: str) -> bool:
    """Whether anybody may hold a link to it, or has said something in it."""
    row = db.conn.execute(
        "SELECT EXISTS (SELECT 1 FROM invitation WHERE round_id = :id)"
        " OR EXISTS (SELECT 1 FROM aside WHERE round_id = :id)"
        " OR EXISTS (SELECT 1 FROM response WHERE round_id = :id) AS touched",
        {"id": round_id},
    ).fetchone()
    return bool(row["touched"])


def delete_draft(db: Database, round_id: str) -> None:
    """Forget a draft that nobody has touched, and its plan."""
    db.conn.execute("DELETE FROM round_plan WHERE round_id = ?", (round_id,))
    db.conn.execute("DELETE FROM round WHERE id = ? AND status = 'draft'", (round_id,))


def due_to_close(db: Database, now: datetime) -> list[Round]:
    """Open rounds whose closing time has come, and closed ones still without a release."""
    due = (
        "WHERE (round.status = 'open' AND round.closes_at <= ?)"
        " OR (round.status = 'closed' AND NOT EXISTS"
        " (SELECT 1 FROM release WHERE release.round_id = round.id))"
    )
    return [as_round(tuple(row)) for row in db.conn.execute(_SELECT + due, (to_text(now),))]


def last_closed(db: Database, questionnaire_key: str) -> Round | None:
    """The round of this questionnaire that closed last, demonstrations left out."""
    row = db.conn.execute(
        _SELECT + "WHERE questionnaire.key = ? AND round.status = 'closed'"
        " AND NOT round.demonstration ORDER BY round.closed_at DESC LIMIT 1",
        (questionnaire_key,),
    ).fetchone()
    return None if row is None else as_round(tuple(row))


def closed_before(db: Database, later: Round) -> Round | None:
    """The last round before this one that asked the same at the same moment and has a release.

    Demonstrations come before demonstrations alone, real rounds before real ones.
    """
    return _one(
        db,
        "WHERE questionnaire.key = :key AND round.moment = :moment"
        " AND round.demonstration = :demonstration AND round.status = 'closed'"
        " AND round.id <> :id AND round.closed_at < coalesce(:closed, '9')"
        " AND EXISTS (SELECT 1 FROM release WHERE release.round_id = round.id)"
        " ORDER BY round.closed_at DESC, round.id LIMIT 1",
        {
            "key": later.questionnaire_key,
            "moment": later.moment,
            "demonstration": int(later.demonstration),
            "id": later.id,
            "closed": None if later.closed_at is None else to_text(later.closed_at),
        },
    )


def followed_by(db: Database, earlier_id: str) -> list[str]:
    """The ids of rounds that have a release and were planned to follow this one."""
    rows = db.conn.execute(
        "SELECT round_id FROM round_plan WHERE body ->> '$.follows' = ? AND EXISTS"
        " (SELECT 1 FROM release WHERE release.round_id = round_plan.round_id)",
        (earlier_id,),
    )
    return [str(row["round_id"]) for row in rows]


def counts(db: Database, round_id: str) -> tuple[int, int, int]:
    """How many are invited, have started and have finished."""
    row = db.conn.execute(
        "SELECT (SELECT count(*) FROM invitation WHERE round_id = :id) AS invited,"
        " count(*) AS started, count(finished_on) AS finished"
        " FROM response WHERE round_id = :id",
        {"id": round_id},
    ).fetchone()
    return row["invited"], row["started"], row["finished"]


def counts_by_phase(db: Database, round_id: str) -> list[tuple[str | None, int, int]]:
    """For each phase given (`None`: not yet), how many have started and finished."""
    rows = db.conn.execute(
        "SELECT answer.value AS phase, count(*) AS started, count(response.finished_on) AS finished"
        " FROM response LEFT JOIN answer ON answer.response_id = response.id"
        " AND answer.question_key = 'phase' WHERE response.round_id = ? GROUP BY answer.value",
        (round_id,),
    )
    return [(row["phase"], row["started"], row["finished"]) for row in rows]


def counts_by_group(db: Database, round_id: str) -> list[tuple[str, str, int, int]]:
    """For each phase and provision given, how many have started and finished."""
    rows = db.conn.execute(
        "SELECT phase.value AS phase, coalesce(provision.value, '') AS provision,"
        " count(*) AS started, count(response.finished_on) AS finished FROM response"
        " JOIN answer AS phase ON phase.response_id = response.id"
        "  AND phase.question_key = 'phase' AND phase.state = 'answered'"
        " LEFT JOIN answer AS provision ON provision.response_id = response.id"
        "  AND provision.question_key = 'provision' AND provision.state = 'answered'"
        " WHERE response.round_id = ? GROUP BY 1, 2",
        (round_id,),
    )
    return [(row["phase"], row["provision"], row["started"], row["finished"]) for row in rows]


def phases_invited(db: Database, round_id: str) -> set[str]:
    """The phases of the children whose families were invited, as the contacts say them."""
    rows = db.conn.execute(
        "SELECT DISTINCT contact_child.phase FROM invitation"
        " JOIN contact_child ON contact_child.contact_id = invitation.contact_id"
        " WHERE invitation.round_id = ?",
        (round_id,),
    )
    return {str(row["phase"]) for row in rows}


@lru_cache(maxsize=256)
def as_round(cells: tuple[Any, ...]) -> Round:
    """The round of a row's cells of `COLUMNS`."""
    # Every turn reads its round, which hardly ever changes: the same row is the same round.
    id_, name, key, content_hash, status, opens_at, closes_at, moment = cells[:8]
    phases, linked, threshold, demonstration, opened_at, closed_at = cells[8:]
    return Round(
        id=id_,
        name=name,
        questionnaire_key=key,
        questionnaire_hash=content_hash,
        status=RoundStatus(status),
        opens_at=from_text(opens_at),
        closes_at=from_text(closes_at),
        moment=moment,
        phases=tuple(json.loads(phases)),
        linked=bool(linked),
        threshold=threshold,
        demonstration=bool(demonstration),
        opened_at=from_optional(opened_at),
        closed_at=from_optional(closed_at),
    )


def _one(db: Database, where: str, value: str | dict[str, Any]) -> Round | None:
    asked = (value,) if isinstance(value, str) else value
    row = db.conn.execute(_SELECT + where, asked).fetchone()
    return None if row is None else as_round(tuple(row))

"""A conversation's place (`session`) and what was said in it (`response`, `answer`)."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from storage import asides
from storage.database import Database
from storage.invitations import Invitation
from storage.times import to_text
from surveys.records import ResponseRecord
from surveys.session import Answer, Session


@dataclass(frozen=True)
class Place:
    """Where a conversation is stored: an invitation and the child it is about now."""

    invitation: Invitation

    @property
    def child_number(self) -> int:
        """Which of the family's children, counted from 1."""
        return self.invitation.child_number


def sessions(db: Database, invitation_id: str) -> list[Session]:
    """The sessions of every child on this invitation, first child first."""
    rows = db.conn.execute(
        "SELECT body FROM session WHERE invitation_id = ? ORDER BY child_number", (invitation_id,)
    )
    return [Session.from_dict(json.loads(row["body"])) for row in rows]


def save(db: Database, place: Place, run: str, session: Session, now: datetime) -> None:
    """Keep where the conversation is now."""
    db.conn.execute(
        "INSERT INTO session VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (invitation_id, child_number)"
        " DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
        (
            place.invitation.id,
            place.child_number,
            run,
            json.dumps(session.to_dict(), ensure_ascii=False),
            to_text(now),
        ),
    )


_BEGIN = """
INSERT INTO response (id, round_id, questionnaire_hash, mode, language, started_on, series)
SELECT :id, round.id, :questionnaire, :mode, :language, :day, CASE WHEN round.linked THEN
    coalesce((SELECT earlier.series FROM link JOIN response AS earlier
        ON earlier.id = link.response_id
        WHERE link.invitation_id = :earlier AND link.child_number = :child),
    lower(hex(randomblob(16)))) END
FROM round WHERE round.id = :round
"""


def begin_response(db: Database, place: Place, response: ResponseRecord) -> None:
    """Keep a new response and its link, unique on round, invitation and child.

    In a linked round it has a series, which is that of the same child's response in the
    round that this one follows.
    """
    invitation = place.invitation
    db.conn.execute(
        _BEGIN,
        {
            "id": response.id,
            "questionnaire": response.questionnaire_hash,
            "mode": response.mode,
            "language": response.language,
            "day": response.started_on.isoformat(),
            "earlier": invitation.earlier_id,
            "child": place.child_number,
            "round": invitation.round_id,
        },
    )
    db.conn.execute(
        "INSERT INTO link VALUES (?, ?, ?, ?)",
        (place.invitation.round_id, place.invitation.id, place.child_number, response.id),
    )


def put_answer(db: Database, response_id: str, question_key: str, answer: Answer) -> None:
    """Set the one row of this question. Setting it again changes it."""
    value = " ".join(answer.value) if isinstance(answer.value, tuple) else answer.value
    db.conn.execute(
        "INSERT INTO answer VALUES (?, ?, ?, ?) ON CONFLICT (response_id, question_key)"
        " DO UPDATE SET state = excluded.state, value = excluded.value",
        (response_id, question_key, answer.state.value, value),
    )


def put_language(db: Database, response_id: str, language: str) -> None:
    """The parent answers in this language from now on."""
    db.conn.execute("UPDATE response SET language = ? WHERE id = ?", (language, response_id))


def withdraw(db: Database, place: Place) -> None:
    """Take back a later child's conversation that holds no answer yet, with its response."""
    invitation = place.invitation
    child = (invitation.id, place.child_number)
    [response] = db.conn.execute(
        "DELETE FROM link WHERE invitation_id = ? AND child_number = ? RETURNING response_id", child
    ).fetchall()
    db.conn.execute("DELETE FROM response WHERE id = ?", (response["response_id"],))
    db.conn.execute("DELETE FROM session WHERE invitation_id = ? AND child_number = ?", child)
    db.conn.execute(
        "UPDATE invitation SET child_number = child_number - 1 WHERE id = ?", (invitation.id,)
    )


def finish_response(db: Database, response_id: str, day: date) -> None:
    """The parent sent the answers on this day."""
    db.conn.execute(
        "UPDATE response SET finished_on = ? WHERE id = ? AND finished_on IS NULL",
        (day.isoformat(), response_id),
    )


def cut(db: Database, round_id: str) -> int:
    """Forget who gave which response of this round; returns how many rows that were.

    Only for `storage.erasing`, which makes it last.
    """
    said = sum(_forget(db, table, round_id) for table in ("session", "link"))
    beside = ("chat", "second_chat", "notice_read", "assist", "outbox")
    reached = sum(_forget(db, table, round_id) for table in beside)
    asides.untie(db, round_id)
    if said:
        # A delivery key holds an update's number or a form's nonce, and no round: all go.
        db.conn.execute("DELETE FROM delivery")
    return said + reached


def _forget(db: Database, table: str, round_id: str) -> int:
    gone = db.conn.execute(
        f"DELETE FROM {table}"  # noqa: S608 - our own table names
        " WHERE invitation_id IN (SELECT id FROM invitation WHERE round_id = ?)",
        (round_id,),
    )
    return gone.rowcount

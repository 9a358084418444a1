"""What a round that closed long ago loses: parents' own words, then each set of answers.

Only rounds that have a release, which stands. What somebody must still read, and what a
safeguarding case that is not closed is about, waits until that is done.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.ledger import What
from storage.times import from_text, to_text

_OLD = (
    "round.status = 'closed' AND round.closed_at < :before"
    " AND EXISTS (SELECT 1 FROM release WHERE release.round_id = round.id)"
)

FOLLOWED = (
    "EXISTS (SELECT 1 FROM round_plan JOIN round AS later ON later.id = round_plan.round_id"
    " WHERE round_plan.body ->> '$.follows' = round.id"
    " AND (later.status <> 'draft' OR later.closes_at > :now)"
    " AND NOT EXISTS (SELECT 1 FROM release WHERE release.round_id = later.id))"
)
"""Whether a round that follows has yet to have its release, and so needs this one for pairs.

A draft that nobody opened by the day it was to close holds nothing.
"""

_UNREAD = "EXISTS (SELECT 1 FROM comment WHERE comment.status = 'waiting' AND {})"
_MATTER = (
    "EXISTS (SELECT 1 FROM safeguarding_case AS matter WHERE matter.status <> 'closed' AND {})"
)


@dataclass(frozen=True)
class Ageing:
    """One kind of row that a round loses.

    `what` is its entry in the ledger, `rows` where the rows are, joined to their round,
    `waits` when one must stay a while, `key` what the `steps` that remove it are given.
    """

    what: What
    table: str
    words: str
    rows: str
    waits: str
    key: str
    steps: tuple[str, ...]


_HERE = "({0}.response_id, {0}.question_key) = (answer.response_id, answer.question_key)"
# A limit keeps SQLite from reading each questionnaire once for every response.
_TEXTS = (
    "(SELECT questionnaire.hash, question.value ->> 'key' AS key"
    " FROM questionnaire, json_each(questionnaire.body, '$.questions') AS question"
    " WHERE question.value ->> 'type' = 'text' LIMIT -1) AS asked"
)
_SESSION = (
    "(invitation_id, child_number) ="
    " (SELECT invitation_id, child_number FROM link WHERE response_id = ?1)"
)
_THERE = """'$.answers."' || ?2 || '"'"""
# An answer without its words stays "answered": as many parents wrote something as before.
_WORDS = Ageing(
    What.WORDS_GONE,
    table="answer",
    words="parents' own words, of which only the count stays",
    # Crosswise: from the few old rounds to their answers, and not the other way about.
    rows="FROM round CROSS JOIN response ON response.round_id = round.id"
    f" CROSS JOIN {_TEXTS} ON asked.hash = response.questionnaire_hash"
    " CROSS JOIN answer ON answer.response_id = response.id AND answer.question_key = asked.key"
    " WHERE answer.state = 'answered' AND answer.value <> ''",
    waits=f"({_UNREAD.format(_HERE.format('comment'))}"
    f" OR {_MATTER.format(_HERE.format('matter'))})",
    key="answer.response_id, answer.question_key",
    steps=(
        f"UPDATE session SET body = json_remove(body, {_THERE}) WHERE {_SESSION}",  # noqa: S608 - our own words
        "UPDATE answer SET value = '' WHERE response_id = ?1 AND question_key = ?2",
    ),
)
_ASIDES = Ageing(
    What.WORDS_GONE,
    table="aside",
    words="words typed outside a question",
    rows="FROM aside JOIN round ON round.id = aside.round_id WHERE 1",
    waits=f"(aside.status = 'waiting' OR {_MATTER.format('matter.response_id = aside.id')})",
    key="aside.id",
    steps=("DELETE FROM aside WHERE id = ?1",),
)
_ANSWERS = Ageing(
    What.ANSWERS_GONE,
    table="response",
    words="responses with all their answers",
    rows="FROM response JOIN round ON round.id = response.round_id WHERE 1",
    waits=f"({_UNREAD.format('comment.response_id = response.id')}"
    f" OR {_MATTER.format('matter.response_id = response.id')} OR {FOLLOWED})",
    key="response.id",
    steps=(
        f"DELETE FROM session WHERE {_SESSION}",  # noqa: S608 - our own words
        "DELETE FROM response WHERE id = ?1",
    ),
)
AGEING = (_WORDS, _ASIDES, _ANSWERS)


def count(db: Database, kind: Ageing, before: datetime, now: datetime) -> tuple[int, int]:
    """How many rows of rounds that closed before then may go, and how many must wait."""
    row = db.conn.execute(
        f"SELECT count(*) AS every, coalesce(sum({kind.waits}), 0) AS waits {kind.rows} AND {_OLD}",
        {"before": to_text(before), "now": to_text(now)},
    ).fetchone()
    return int(row["every"]) - int(row["waits"]), int(row["waits"])


def next_round(
    db: Database, kind: Ageing, before: datetime, now: datetime
) -> tuple[str, datetime] | None:
    """The id and closing of a round that has such rows, or `None` where none has."""
    row = db.conn.execute(
        f"SELECT round.id, round.closed_at {kind.rows} AND {_OLD} AND NOT {kind.waits} LIMIT 1",
        {"before": to_text(before), "now": to_text(now)},
    ).fetchone()
    return None if row is None else (row["id"], from_text(row["closed_at"]))


def remove(db: Database, kind: Ageing, round_id: str, now: datetime, most: int = -1) -> int:
    """Remove a round's rows of a kind, `most` of them or all; returns how many.

    Only for `storage.erasing`, which makes it last.
    """
    rows = db.conn.execute(
        f"SELECT {kind.key} {kind.rows} AND round.id = :round AND NOT {kind.waits} LIMIT :most",
        {"round": round_id, "now": to_text(now), "most": most},
    )
    keys = [tuple(row) for row in rows]
    for step in kind.steps:
        db.conn.executemany(step, keys)
    return len(keys)

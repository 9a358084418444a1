"""What is kept no longer: rules, each with its table, counted or removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import ageing, comments, erasing
from storage.ageing import FOLLOWED, Ageing
from storage.database import Database
from storage.ledger import What
from storage.times import to_text

CHUNK = 500


@dataclass(frozen=True)
class Cutoffs:
    """Everything of its kind from before these moments goes. Rounds: that closed before them."""

    now: datetime
    deliveries: datetime
    messages: datetime
    failures: datetime
    contacts: datetime
    links: datetime
    read_comments: datetime
    audit: datetime
    words: datetime
    answers: datetime
    cases: datetime


@dataclass(frozen=True)
class Rule:
    """What goes from which table: in words, the rows, and the moment before which."""

    table: str
    what: str
    where: str
    before: datetime


def rules(cutoffs: Cutoffs) -> tuple[Rule, ...]:
    """Every rule but the one that cuts linked rounds (`linked_to_cut`)."""
    of_linked = (
        "invitation_id IN (SELECT invitation.id FROM invitation"
        " JOIN round ON round.id = invitation.round_id"
        " WHERE round.linked = 1 AND round.status = 'closed' AND round.closed_at < ?)"
    )
    read = (
        "status = 'read' AND response_id IN (SELECT response.id FROM response"
        " JOIN round ON round.id = response.round_id"
        " WHERE round.status = 'closed' AND round.closed_at < ?)"
    )
    ended = "status IN ('sent', 'failed', 'unknown')"
    return (
        Rule("delivery", "delivery keys", "received_at < ?", cutoffs.deliveries),
        Rule(
            "outbox",
            "replies that could not be delivered",
            "kind = 'prompt' AND status = 'failed' AND due_at < ?",
            cutoffs.deliveries,
        ),
        Rule(
            "outbox",
            "records of invitations and reminders",
            f"kind <> 'prompt' AND {ended} AND due_at < ?",
            cutoffs.messages,
        ),
        Rule("failure", "failures", "failed_at < ?", cutoffs.failures),
        Rule("chat", "chats of closed linked rounds", of_linked, cutoffs.contacts),
        Rule("second_chat", "second chats of closed linked rounds", of_linked, cutoffs.contacts),
        Rule("comment", "comments read in closed rounds", read, cutoffs.read_comments),
        Rule("audit", "lines of the audit log", "at < ?", cutoffs.audit),
        Rule("staff_link", "staff links that expired", "expires_at <= ?", cutoffs.now),
        Rule("staff_session", "staff sessions that expired", "expires_at <= ?", cutoffs.now),
    )


def count(db: Database, rule: Rule) -> int:
    """How many rows a rule would remove."""
    row = db.conn.execute(
        f"SELECT count(*) AS rows FROM {rule.table} WHERE {rule.where}",  # noqa: S608 - our own words
        (to_text(rule.before),),
    ).fetchone()
    return int(row["rows"])


def remove_some(db: Database, rule: Rule) -> int:
    """Remove at most a chunk of a rule's rows, so that no parent waits; returns how many."""
    key = _KEYS.get(rule.table, "id")
    gone = db.conn.execute(
        f"DELETE FROM {rule.table} WHERE ({key}) IN"  # noqa: S608 - our own words
        f" (SELECT {key} FROM {rule.table} WHERE {rule.where} LIMIT {CHUNK})",
        (to_text(rule.before),),
    )
    return gone.rowcount


def linked_to_cut(db: Database, cutoffs: Cutoffs) -> dict[str, int]:
    """Linked rounds, by id, whose links are too old, and how many links each has.

    A round that another still follows keeps them: they say which answers are a pair.
    """
    rows = db.conn.execute(
        "SELECT round.id, count(*) AS links FROM round JOIN link ON link.round_id = round.id"  # noqa: S608 - our own words
        " WHERE round.linked = 1 AND round.status = 'closed' AND round.closed_at < :before"
        f" AND NOT {FOLLOWED} GROUP BY round.id",
        {"before": to_text(cutoffs.links), "now": to_text(cutoffs.now)},
    )
    return {row["id"]: row["links"] for row in rows}


def cut(db: Database, round_ids: Sequence[str], now: datetime) -> None:
    """Cut those rounds from their invitations, as an anonymous one is when it closes."""
    for round_id in round_ids:
        erasing.cut(db, round_id, now)


def count_old(db: Database, kind: Ageing, cutoffs: Cutoffs) -> tuple[int, int]:
    """How many rows of a kind would go from closed rounds, and how many must wait."""
    return ageing.count(db, kind, _before(kind, cutoffs), cutoffs.now)


def age_some(db: Database, kind: Ageing, cutoffs: Cutoffs) -> int:
    """Remove at most a chunk of a kind's rows from one round; returns how many."""
    found = ageing.next_round(db, kind, _before(kind, cutoffs), cutoffs.now)
    return erasing.age(db, kind, *found, cutoffs.now, CHUNK) if found else 0


def count_cases(db: Database, cutoffs: Cutoffs) -> int:
    """How many safeguarding cases were closed long enough ago."""
    return len(comments.cases_closed(db, cutoffs.cases))


def forget_some_cases(db: Database, cutoffs: Cutoffs) -> int:
    """Forget at most a chunk of them; returns how many."""
    old = comments.cases_closed(db, cutoffs.cases, CHUNK)
    for case_id in old:
        erasing.forget_case(db, case_id, cutoffs.now)
    return len(old)


def _before(kind: Ageing, cutoffs: Cutoffs) -> datetime:
    return cutoffs.words if kind.what is What.WORDS_GONE else cutoffs.answers


_KEYS = {
    "delivery": "key",
    "chat": "lookup",
    "second_chat": "invitation_id, lookup",
    "comment": "response_id, question_key",
    "staff_link": "hash",
    "staff_session": "hash",
}

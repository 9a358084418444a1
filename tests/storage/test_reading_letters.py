"""Reading a round of thousands of letters looks each up, and reads no table once for each."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from storage import assists, contacts, following, invitations, mailings
from storage.database import Database

READ_WHOLE = re.compile(r"SCAN (link|outbox|response)\b")

READERS: dict[str, Callable[[Database, datetime], object]] = {
    "the next letter due": lambda db, now: mailings.next_due(db, "email", now),
    "whom to remind": lambda db, _: mailings.invited(db, "r1"),
    "whom to ask": lambda db, _: contacts.families(db, "r1"),
    "how to reach a family": lambda db, _: mailings.reach(db, "i1"),
    "where a family came from": lambda db, _: mailings.used(db, "i1"),
    "the letters of a mail merge": lambda db, _: mailings.merged(db, 1),
    "what a family said": lambda db, _: assists.said(db, "i1"),
    "who is known by a chat alone": lambda db, _: following.families(db, "r1", "r2"),
    "who answered": lambda db, _: invitations.answered_by_contact(db, "r1"),
}


@pytest.mark.parametrize("name", READERS)
def test_no_table_of_answers_or_letters_is_read_whole(
    db: Database, now: datetime, name: str
) -> None:
    asked: list[str] = []
    db.conn.set_trace_callback(asked.append)
    READERS[name](db, now)
    db.conn.set_trace_callback(None)
    assert asked
    assert [step for sql in asked for step in plan(db, sql) if READ_WHOLE.match(step)] == []


def plan(db: Database, sql: str) -> list[str]:
    """What SQLite would do to answer this, a table a line."""
    return [row["detail"] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]

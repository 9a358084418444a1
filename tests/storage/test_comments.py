"""The queue of comments to read, and the cases of urgent ones."""

import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest

from storage import comments, conversations, database, questionnaires, rounds
from storage.conversations import Place
from storage.database import Database
from storage.invitations import Invitation, add
from storage.migrations import migrations
from surveys.concern import Concern, Tier
from surveys.model import State
from surveys.records import ResponseRecord, Round, RoundStatus
from surveys.session import Answer
from tests.builders import CONFIDENCE

DUE = date(2027, 3, 2)
NONE, FIRST = Concern(Tier.NONE), Concern(Tier.READ_FIRST, ("afraid",))
URGENT = Concern(Tier.URGENT, ("suicide", "afraid"))


def respond(db: Database, now: datetime, response_id: str = "r1", text: str = "Words.") -> None:
    """A response with one comment in a round of its own."""
    questionnaires.add(db, CONFIDENCE, now)
    closes = now.replace(month=12)
    a_round = Round(
        response_id, response_id, "test", CONFIDENCE.hash, RoundStatus.DRAFT, now, closes
    )
    rounds.add(db, a_round, response_id, now)
    invitation = Invitation(f"i-{response_id}", response_id, "personal")
    add(db, invitation, f"t-{response_id}", now)
    response = ResponseRecord(response_id, CONFIDENCE.hash, "web", "en", now.date(), None)
    conversations.begin_response(db, Place(invitation), response)
    conversations.put_answer(db, response_id, "change", Answer(State.ANSWERED, text))
    conversations.put_answer(db, response_id, "phase", Answer(State.ANSWERED, "primary"))


def test_what_waits_is_in_the_order_to_read_it(db: Database, now: datetime) -> None:
    for name, found, due in (
        ("a", NONE, DUE),
        ("b", NONE, DUE.replace(day=1)),
        ("c", FIRST, DUE),
        ("d", URGENT, DUE.replace(day=9)),
        ("e", FIRST, DUE.replace(day=1)),
    ):
        respond(db, now, name, f"Words of {name}.")
        comments.put(db, name, "change", found, due)
    every = comments.waiting(db)
    assert [each.round for each in every] == ["d", "e", "c", "b", "a"]
    assert every[0].concern == URGENT
    assert every[0].text == "Words of d."
    assert every[0].due_on == DUE.replace(day=9)


def test_a_read_comment_waits_no_more_until_it_changes(db: Database, now: datetime) -> None:
    respond(db, now)
    comments.put(db, "r1", "change", URGENT, DUE)
    [first] = comments.waiting(db)
    assert first.concern == URGENT
    assert comments.mark_read(db, first.id)
    assert not comments.mark_read(db, first.id)
    assert comments.waiting(db) == []
    comments.put(db, "r1", "change", NONE, DUE)
    [again] = comments.waiting(db)
    assert again.concern == NONE
    assert again.id != first.id
    assert not comments.mark_read(db, first.id), "the old wording was read, not the new one"


def test_what_waits_is_counted_without_being_read(db: Database, now: datetime) -> None:
    assert comments.count_waiting(db) == 0
    for name in ("a", "b"):
        respond(db, now, name)
        comments.put(db, name, "change", NONE, DUE)
    db.conn.execute(
        "INSERT INTO aside VALUES ('x', 'a', NULL, 'Words.', 'waiting', 'urgent', '[]', ?)",
        (DUE.isoformat(),),
    )
    assert comments.count_waiting(db) == len(comments.waiting(db)) == 3
    comments.mark_read(db, comments.waiting(db)[0].id)
    comments.mark_read(db, comments.waiting(db)[0].id)
    assert comments.count_waiting(db) == len(comments.waiting(db)) == 1
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    comments.count_waiting(db)
    db.conn.set_trace_callback(None)
    plan = [row["detail"] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {statements[0]}")]
    looked = [detail for detail in plan if "SCAN" in detail and "CONSTANT" not in detail]
    assert [detail.split()[-1] for detail in looked] == ["comment_waiting", "aside_waiting"]


def test_a_comment_goes_with_its_answer(db: Database, now: datetime) -> None:
    respond(db, now)
    comments.put(db, "r1", "change", NONE, DUE)
    db.conn.execute("DELETE FROM answer WHERE question_key = 'change'")
    assert comments.waiting(db) == []
    assert db.conn.execute("SELECT count(*) FROM comment").fetchone()[0] == 0


def test_a_comment_is_removed(db: Database, now: datetime) -> None:
    respond(db, now)
    comments.put(db, "r1", "change", NONE, DUE)
    comments.remove(db, "r1", "change")
    assert comments.waiting(db) == []


def test_no_table_of_comments_keeps_an_order_or_a_time(db: Database) -> None:
    for table in ("comment", "safeguarding_case"):
        with pytest.raises(Exception, match="rowid"):
            db.conn.execute(f"SELECT rowid FROM {table}")
    columns = [row["name"] for row in db.conn.execute("PRAGMA table_info(comment)")]
    assert [name for name in columns if name.endswith("_at")] == []


def test_one_answer_has_one_case_until_it_is_closed(db: Database, now: datetime) -> None:
    respond(db, now)
    assert comments.open_case(db, "r1", "change", URGENT, "sealed", now)
    assert comments.open_case(db, "r1", "change", URGENT, "sealed", now) is None
    db.conn.execute("UPDATE safeguarding_case SET status = 'closed'")
    assert comments.open_case(db, "r1", "change", URGENT, "sealed", now)


def test_a_case_outlives_the_response_it_came_from(db: Database, now: datetime) -> None:
    respond(db, now)
    comments.open_case(db, "r1", "change", URGENT, "sealed", now)
    db.conn.execute("DELETE FROM response")
    assert db.conn.execute("SELECT contact FROM safeguarding_case").fetchone()[0] == "sealed"


def respond_before(db: Database, now: datetime) -> None:
    """A response as the tables were before comments were queued."""
    questionnaires.add(db, CONFIDENCE, now)
    draft, closes = RoundStatus.DRAFT, now.replace(month=12)
    made = Round("r", "Spring", "test", CONFIDENCE.hash, draft, now, closes)
    rounds.add(db, made, "CODE", now)
    day = now.date().isoformat()
    db.conn.execute(
        "INSERT INTO response VALUES ('r1', 'r', ?, 'web', 'en', ?, NULL)", (CONFIDENCE.hash, day)
    )
    db.conn.execute("INSERT INTO answer VALUES ('r1', 'change', 'answered', 'Said last week.')")


def test_comments_from_before_the_queue_wait_too(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "older.db"
    bare = database.Database(sqlite3.connect(path), database.ledger_of(path))
    migrations.apply(bare, stop_before="comments_are_read")
    respond_before(bare, now)
    bare.conn.commit()
    bare.close()
    database.create(path)
    db = database.open_writer(path)
    [found] = comments.waiting(db)
    assert found.text == "Said last week."
    assert found.concern.tier is Tier.READ_FIRST
    assert found.due_on == now.date()
    db.conn.close()

"""Words outside a question: who they hang on, and when they go."""

from datetime import date, datetime

import pytest

from storage import asides, comments, conversations, erasing
from storage.database import Database
from surveys.concern import Concern, Tier
from tests.storage.test_comments import respond

DUE = date(2027, 3, 2)
FIRST = Concern(Tier.READ_FIRST, ("afraid",))
URGENT = Concern(Tier.URGENT, ("suicide",))


def test_they_wait_among_the_comments_in_the_order_to_read(db: Database, now: datetime) -> None:
    respond(db, now)
    comments.put(db, "r1", "change", FIRST, DUE)
    aside = asides.put(db, "i-r1", "r1", "Words aside.", URGENT, DUE)
    every = comments.waiting(db)
    assert [(each.question_key, each.text) for each in every] == [
        ("", "Words aside."),
        ("change", "Words."),
    ]
    assert every[0].concern == URGENT
    assert comments.mark_read(db, aside)
    assert not comments.mark_read(db, aside)
    assert [each.text for each in comments.waiting(db)] == ["Words."]
    assert asides.held(db, "i-r1") == ["Words aside."], "what was read is held still"


def test_the_same_words_wait_once_until_they_are_read(db: Database, now: datetime) -> None:
    respond(db, now)
    first = asides.put(db, "i-r1", "r1", "Words.", FIRST, DUE)
    assert asides.put(db, "i-r1", "r1", "Words.", FIRST, DUE) == first
    asides.mark_read(db, first)
    assert asides.put(db, "i-r1", "r1", "Words.", FIRST, DUE) != first


def test_erasing_takes_them_and_cutting_unties_them(db: Database, now: datetime) -> None:
    for name in ("r1", "r2"):
        respond(db, now, name)
        asides.put(db, f"i-{name}", name, f"Aside of {name}.", FIRST, DUE)
    erasing.erase(db, "i-r1", now)
    conversations.cut(db, "r2")
    assert [each.text for each in asides.waiting(db)] == ["Aside of r2."]
    assert asides.held(db, "i-r2") == []


def test_neither_order_nor_time_nor_response_is_kept(db: Database) -> None:
    with pytest.raises(Exception, match="rowid"):
        db.conn.execute("SELECT rowid FROM aside")
    names = {row["name"] for row in db.conn.execute("PRAGMA table_info(aside)")}
    assert not {name for name in names if name.endswith("_at") or "response" in name}


def test_of_strangers_there_is_a_count_a_day(db: Database) -> None:
    for day in (DUE, DUE, DUE.replace(month=2)):
        asides.count_stranger(db, day)
    assert asides.strangers_helped(db, DUE) == 2
    assert asides.strangers_helped(db, DUE.replace(month=1)) == 3

"""What is erased stays erased: the ledger is on the disk first, and is done again."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage import database, erasing, invitations
from storage.database import Database
from storage.errors import DatabaseFull
from storage.invitations import Invitation
from storage.ledger import Entry, Ledger, What

KEPT = Entry(datetime.fromisoformat("2027-03-01T09:00:00.000+00:00"), What.ERASED, "first")


def entries(db: Database) -> list[tuple[str, str]]:
    return [(entry.what, entry.subject) for entry in db.ledger.read().entries]


def invite(db: Database, name: str, now: datetime) -> None:
    db.conn.execute("PRAGMA foreign_keys = OFF")  # no round is needed here
    with database.immediate(db):
        invitations.add(db, Invitation(name, "round", "open"), name, now)


def left(db: Database) -> list[str]:
    return [row["id"] for row in db.conn.execute("SELECT id FROM invitation ORDER BY id")]


def test_an_erasure_is_on_the_disk_before_it_is_committed(db: Database, now: datetime) -> None:
    invite(db, "a", now)
    with database.immediate(db):
        erasing.erase(db, "a", now)
        assert Ledger(db.ledger.path).read().entries == (Entry(now, What.ERASED, "a"),)
    assert left(db) == []


def test_what_is_rolled_back_is_taken_back(db: Database, now: datetime) -> None:
    for name in ("a", "b"):
        invite(db, name, now)
    with database.immediate(db):
        erasing.erase(db, "a", now)
        with pytest.raises(RuntimeError), database.savepoint(db):
            erasing.erase(db, "b", now)
            raise RuntimeError
    assert left(db) == ["b"]
    assert entries(db) == [("erased", "a")]
    with pytest.raises(RuntimeError), database.immediate(db):
        erasing.stop(db, "b", now)
        raise RuntimeError
    assert entries(db) == [("erased", "a")]


def test_a_crash_before_the_commit_leaves_an_entry_that_is_repeated(
    database_path: Path, db: Database, now: datetime
) -> None:
    invite(db, "a", now)
    db.conn.execute("BEGIN IMMEDIATE")
    erasing.erase(db, "a", now)
    db.conn.close()
    again = database.open_writer(database_path)
    assert left(again) == ["a"]
    with database.immediate(again):
        changed = erasing.repeat(again, again.ledger.read().entries)
    assert left(again) == []
    assert changed[What.ERASED] == 1
    with database.immediate(again):
        assert not any(erasing.repeat(again, again.ledger.read().entries).values())
    again.conn.close()


def test_where_the_ledger_cannot_be_written_nothing_is_erased(
    db: Database, now: datetime, tmp_path: Path
) -> None:
    invite(db, "a", now)
    db.ledger.path = tmp_path / "nosuch" / "ledger"
    with pytest.raises(DatabaseFull, match="Nothing was erased"), database.immediate(db):
        erasing.erase(db, "a", now)
    assert left(db) == ["a"]


def test_a_torn_last_line_spoils_no_other(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.note(KEPT)
    whole = ledger.path.read_bytes()
    for cut in range(1, len(whole)):
        ledger.path.write_bytes(whole + whole[:cut])
        ledger.note(Entry(KEPT.at, What.CUT, "second"))
        reading = ledger.read()
        assert [entry.subject for entry in reading.entries][:1] == ["first"]
        assert reading.entries[-1].subject == "second"
        # The last byte alone was torn off: that line is whole.
        assert reading.damaged == (cut < len(whole) - 1)


def test_a_changed_line_is_counted_and_left_out(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.note(KEPT)
    ledger.path.write_text(ledger.path.read_text().replace("first", "f1rst"))
    assert ledger.read().entries == ()
    assert ledger.read().damaged == 1


def test_who_comes_back_after_erasing_is_not_erased_again(db: Database, now: datetime) -> None:
    invite(db, "a", now)
    with database.immediate(db):
        erasing.stop(db, "a", now)
        erasing.erase(db, "a", now + timedelta(minutes=1))
    invite(db, "a", now + timedelta(minutes=2))
    with database.immediate(db):
        erasing.repeat(db, db.ledger.read().entries)
    assert left(db) == ["a"]
    found = invitations.by_id(db, "a")
    assert found
    assert not found.stopped


def test_the_last_word_on_messages_wins(db: Database, now: datetime) -> None:
    invite(db, "a", now)
    invite(db, "b", now)
    with database.immediate(db):
        erasing.stop(db, "a", now)
        erasing.start_again(db, "a", now)
        erasing.stop(db, "b", now)
        db.conn.execute("UPDATE invitation SET stopped_at = NULL")
        changed = erasing.repeat(db, db.ledger.read().entries)
    stopped = {name: found.stopped for name in "ab" if (found := invitations.by_id(db, name))}
    assert stopped == {"a": False, "b": True}
    assert changed[What.STOPPED] == 2


def test_the_ledger_is_for_its_owner_alone_and_there_from_the_beginning(db: Database) -> None:
    assert db.ledger.path.stat().st_mode & 0o777 == 0o600
    assert db.ledger.read().entries == ()
    assert database.number_of(db) == db.ledger.read().number > 0


def test_a_lost_ledger_begins_again_under_another_number(database_path: Path, db: Database) -> None:
    before = database.number_of(db)
    db.ledger.path.unlink()
    database.create(database_path)
    assert database.number_of(db) == db.ledger.read().number != before


def test_a_clock_that_was_put_back_keeps_nobody(db: Database, now: datetime) -> None:
    invite(db, "a", now)
    with database.immediate(db):
        erasing.erase(db, "a", now - timedelta(days=100))
    assert left(db) == []
    invite(db, "a", now)
    with database.immediate(db):
        assert erasing.repeat(db, db.ledger.read().entries)[What.ERASED] == 1

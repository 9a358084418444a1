"""The database keeps what it was told, and refuses what it must."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from storage import database
from storage.database import Database
from storage.errors import DatabaseBusy, DatabaseFull, DatabaseMissing, DatabaseOutdated


def pragma(db: Database, name: str) -> object:
    return db.conn.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_writer_flushes_every_commit_and_enforces_links(db: Database) -> None:
    assert pragma(db, "journal_mode") == "wal"
    assert pragma(db, "synchronous") == 2
    assert pragma(db, "foreign_keys") == 1
    assert pragma(db, "secure_delete") == 1


def test_a_reader_cannot_write(database_path: Path) -> None:
    reader = database.open_reader(database_path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.conn.execute("DELETE FROM answer")
    reader.conn.close()


def test_opening_what_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="sendvoice init"):
        database.open_writer(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_an_older_database_is_refused_until_it_is_brought_up_to_date(
    database_path: Path, db: Database
) -> None:
    db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'second_chats'")
    db.conn.execute("DROP TABLE second_chat")
    for opened in (database.open_writer, database.open_reader):
        with pytest.raises(DatabaseOutdated, match="sendvoice init"):
            opened(database_path)
    database.create(database_path)
    database.open_reader(database_path).conn.close()


def test_a_case_from_before_it_knew_its_round_is_told_it(database_path: Path, db: Database) -> None:
    columns = ("round_id", "acknowledged_at", "acknowledged_by", "closed_by", "note")
    for column in columns:
        db.conn.execute(f"ALTER TABLE safeguarding_case DROP COLUMN {column}")
    db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'worked_cases'")
    db.conn.execute("PRAGMA foreign_keys = OFF")
    db.conn.execute(
        "INSERT INTO response (id, round_id, questionnaire_hash, mode, language, started_on)"
        " VALUES ('w1', 'r1', 'h', 'web', 'en', '2027-03-01')"
    )
    db.conn.execute(
        "INSERT INTO aside VALUES ('w2', 'r2', NULL, 'Help', 'waiting', 'urgent', '[]', '')"
    )
    for words in ("w1", "w2", "w3"):
        db.conn.execute(
            "INSERT INTO safeguarding_case (id, response_id, question_key, rules, opened_at,"
            " contact, status) VALUES (?1, ?1, '', '[]', '', '', 'open')",
            (words,),
        )
    database.create(database_path)
    rows = db.conn.execute("SELECT id, round_id, note FROM safeguarding_case ORDER BY id")
    assert [tuple(row) for row in rows] == [("w1", "r1", ""), ("w2", "r2", ""), ("w3", None, "")]


def test_every_table_is_strict(db: Database) -> None:
    tables = db.conn.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
    ).fetchall()
    assert len(tables) > 10
    assert [row["name"] for row in tables if not row["strict"]] == []


def test_tables_of_answers_keep_no_order_of_arrival(db: Database) -> None:
    for table in ("response", "answer"):
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            db.conn.execute(f"SELECT rowid FROM {table}")


def test_creating_again_changes_nothing(database_path: Path, db: Database) -> None:
    before = db.conn.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    database.create(database_path)
    after = db.conn.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    assert [tuple(row) for row in after] == [tuple(row) for row in before]


def test_a_transaction_that_fails_leaves_nothing(db: Database) -> None:
    with pytest.raises(RuntimeError), database.immediate(db):
        db.conn.execute("INSERT INTO delivery VALUES ('a', 'now')")
        raise RuntimeError
    assert db.conn.execute("SELECT count(*) FROM delivery").fetchone()[0] == 0


def test_a_savepoint_fails_alone(db: Database) -> None:
    with database.immediate(db):
        db.conn.execute("INSERT INTO delivery VALUES ('kept', 'now')")
        with pytest.raises(RuntimeError), database.savepoint(db):
            db.conn.execute("INSERT INTO delivery VALUES ('gone', 'now')")
            raise RuntimeError
    kept = db.conn.execute("SELECT key FROM delivery").fetchall()
    assert [row["key"] for row in kept] == ["kept"]


def test_a_held_lock_is_named_busy(
    database_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    other = database.open_writer(database_path)
    with database.immediate(db), pytest.raises(DatabaseBusy), database.immediate(other):
        pass
    other.conn.close()


def test_a_full_disk_is_named_and_writes_nothing(db: Database, now: datetime) -> None:
    pages = pragma(db, "page_count")
    db.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseFull), database.immediate(db):
        for number in range(1000):
            db.conn.execute("INSERT INTO delivery VALUES (?, ?)", (f"{number:0100d}", "now"))
    assert db.conn.execute("SELECT count(*) FROM delivery").fetchone()[0] == 0

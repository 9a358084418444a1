"""Alerts wait in the outbox beside families' messages, and none is taken for another."""

import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from storage import database, mailings, outbox
from storage.database import Database
from storage.migrations import migrations

ROWS = "SELECT id, kind, status, slot, receipt FROM outbox ORDER BY id"


def rows(db: Database) -> list[tuple[object, ...]]:
    return [tuple(row) for row in db.conn.execute(ROWS)]


def alert(db: Database, now: datetime) -> None:
    outbox.add_alert(db, "telegram", "staff_alert", now)


def test_one_alert_waits_at_a_time_and_keeps_since_when(db: Database, now: datetime) -> None:
    alert(db, now)
    alert(db, now + timedelta(hours=1))
    assert len(rows(db)) == 1
    assert outbox.waiting_alert(db) == (now, "")
    [claimed] = outbox.claim(db, now, 9)
    alert(db, now)
    assert [row[2] for row in rows(db)] == ["claimed", "queued"]
    outbox.mark_sent(db, [claimed])
    assert [row[2] for row in rows(db)] == ["queued"]


def test_what_looks_after_letters_leaves_alerts_alone(db: Database, now: datetime) -> None:
    alert(db, now)
    assert mailings.earliest(db, "telegram") is None
    outbox.claim(db, now, 9)
    mailings.recover(db)
    outbox.forget_waiting(db)
    assert [row[2] for row in rows(db)] == ["claimed"]
    outbox.recover(db)
    assert [row[2] for row in rows(db)] == ["queued"]


def test_messages_from_before_there_were_alerts_stay_as_they_are(
    tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "older.db"
    bare = database.Database(sqlite3.connect(path), database.ledger_of(path))
    migrations.apply(bare, stop_before="staff_alerts")
    kept = (7, "telegram", "look", "sealed", None, "reminder", "reminder", "{}", "sent", 2, "due")
    bare.conn.execute(
        "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'why', '2', 'delivered')", kept
    )
    bare.conn.commit()
    bare.close()
    database.create(path)
    db = database.open_writer(path)
    [row] = db.conn.execute("SELECT * FROM outbox")
    assert tuple(row)[: len(kept) + 3] == (*kept, "why", "2", "delivered")
    indexes = {row["name"] for row in db.conn.execute("PRAGMA index_list(outbox)")}
    assert indexes >= {"outbox_due", "outbox_lookup", "outbox_once"}
    assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    db.conn.close()

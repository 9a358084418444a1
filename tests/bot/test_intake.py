"""The writer commits for all who wait, and lets nobody's failure touch another's answer."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.intake import Incoming, Intake, Taken, Writer
from storage import database
from storage.database import Database
from storage.errors import DatabaseFull

# Any table of ours will do whose rows are told apart by a text.
INSERT = "INSERT INTO questionnaire VALUES (?, '', '', '', '', '')"


def clock() -> datetime:
    return datetime(2027, 3, 1, 9, tzinfo=UTC)


def put(name: str) -> Incoming[str]:
    def work(db: Database, _: datetime) -> str:
        db.conn.execute(INSERT, (name,))
        return name

    return Incoming(work, delivery_key=f"test:{name}")


def fail() -> Incoming[None]:
    def work(db: Database, _: datetime) -> None:
        db.conn.execute(INSERT, ("half done",))
        raise ValueError("what a parent wrote")

    return Incoming(work, delivery_key="test:bad")


def names(path: Path) -> list[str]:
    reader = database.open_reader(path)
    rows = reader.conn.execute("SELECT hash FROM questionnaire ORDER BY hash").fetchall()
    reader.conn.close()
    return [row["hash"] for row in rows]


@pytest.fixture
async def intake(database_path: Path) -> AsyncIterator[Intake]:
    running = Intake(partial(database.open_writer, database_path), clock)
    running.start()
    yield running
    await running.stop()


async def test_an_outcome_comes_after_the_commit(intake: Intake, database_path: Path) -> None:
    taken = await intake.submit(put("a"))
    assert taken.value == "a"
    assert names(database_path) == ["a"]


async def test_a_second_delivery_changes_nothing(intake: Intake, database_path: Path) -> None:
    await intake.submit(put("a"))
    again = await intake.submit(put("a"))
    assert again.duplicate
    assert again.value is None
    assert names(database_path) == ["a"]


async def test_a_failing_item_rolls_back_alone_and_is_recorded(
    intake: Intake, database_path: Path
) -> None:
    outcomes = await asyncio.gather(
        intake.submit(put("a")), intake.submit(fail()), intake.submit(put("b")),
        return_exceptions=True,
    )  # fmt: skip
    assert isinstance(outcomes[1], ValueError)
    assert names(database_path) == ["a", "b"]
    reader = database.open_reader(database_path)
    failures = reader.conn.execute("SELECT delivery_key, error FROM failure").fetchall()
    reader.conn.close()
    assert [tuple(row) for row in failures] == [("test:bad", "ValueError")]


async def test_a_failed_delivery_may_come_again(intake: Intake) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="parent"):
            await intake.submit(fail())


def test_waiting_items_share_one_commit(db: Database) -> None:
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    Writer(db, clock).batch([put(f"{number:03}") for number in range(100)])
    db.conn.set_trace_callback(None)
    assert statements.count("COMMIT") == 1
    assert statements.count("BEGIN IMMEDIATE") == 1


def test_on_a_full_disk_nobody_in_the_batch_is_told_saved(
    db: Database, database_path: Path
) -> None:
    pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
    db.conn.execute(f"PRAGMA max_page_count = {pages}")
    outcomes = Writer(db, clock).batch([put(f"{number:0200}") for number in range(500)])
    assert all(isinstance(outcome, DatabaseFull) for outcome in outcomes)
    assert names(database_path) == []


def test_a_command_commits_one_change_or_none(db: Database) -> None:
    writer = Writer(db, clock)
    assert writer.one(put("a").work) == "a"
    with pytest.raises(sqlite3.IntegrityError):
        writer.one(put("a").work)


async def test_a_fault_of_the_writer_itself_leaves_nobody_waiting(
    intake: Intake, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("bot.intake.deliveries.record_failure", broken)
    async with asyncio.timeout(5):
        with pytest.raises(OSError):
            await intake.submit(fail())
        assert (await intake.submit(put("a"))).value == "a"
    assert names(database_path) == ["a"]


async def test_what_waits_is_committed_before_the_writer_stops(database_path: Path) -> None:
    intake = Intake(partial(database.open_writer, database_path), clock)
    intake.start()
    waiting = [asyncio.create_task(intake.submit(put(f"{n:02}"))) for n in range(20)]
    await asyncio.sleep(0)
    await intake.stop()
    await asyncio.gather(*waiting)
    assert len(names(database_path)) == 20


def test_where_one_item_fails_the_others_are_done_once(db: Database, database_path: Path) -> None:
    outcomes = Writer(db, clock).batch([put("a"), fail(), put("b"), put("a")])
    again = outcomes[3]
    assert isinstance(again, Taken)
    assert again.duplicate, "the try before left nothing, so only the second one is a duplicate"
    assert isinstance(outcomes[1], ValueError)
    assert names(database_path) == ["a", "b"]


def test_a_batch_in_which_nothing_fails_needs_no_savepoint(db: Database) -> None:
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    Writer(db, clock).batch([put("a"), put("b")])
    db.conn.set_trace_callback(None)
    assert not [each for each in statements if "SAVEPOINT" in each]


async def test_it_knows_since_when_there_is_no_room_until_there_is(database_path: Path) -> None:
    opened: list[Database] = []
    noted: list[str] = []
    now = [clock()]

    def open_writer() -> Database:
        opened.append(database.open_writer(database_path))
        return opened[0]

    intake = Intake(open_writer, lambda: now[0])
    intake.start()
    await intake.submit(put("a"))
    await intake.look_for_room(lambda *_: noted.append("nothing to look for"))
    assert intake.full_since is None
    [db] = opened
    pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
    db.conn.execute(f"PRAGMA max_page_count = {pages}")
    for hours in (1, 2):
        now[0] = clock() + timedelta(hours=hours)
        with pytest.raises(DatabaseFull):
            await intake.submit(put("b" * 100_000))
        # What is small finds a place all the same, and tells nothing.
        await intake.submit(put(f"c{hours}"))
        await intake.look_for_room(lambda *_: noted.append("too early"))
        assert intake.full_since == clock() + timedelta(hours=1)
    db.conn.execute("PRAGMA max_page_count = 1000000")
    await intake.look_for_room(lambda *_: noted.append("room"))
    assert intake.full_since is None
    assert noted == ["room"]
    assert db.conn.execute("SELECT count(*) FROM failure").fetchone()[0] == 0
    await intake.stop()

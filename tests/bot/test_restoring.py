"""A restore brings back what was lost, and nothing that was erased, stopped or cut."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import accounts, backups, compose, restoring
from bot import closing as rounds_closing
from bot.errors import BackupRefused, ServeRefused
from bot.ports import CodeGiven, WebPlace
from bot.settings import Settings
from storage import database, outbox
from storage.errors import BackupUnsound, DatabaseBusy
from storage.ledger import What
from storage.vault import create_keys
from surveys.commands import Command
from surveys.inputs import Chosen, CommandGiven, Filled, NoticeAcknowledged, Opened, Typed
from surveys.roles import Role
from tests.bot.conftest import TELEGRAM, World

WORD = "xylophonic"


@dataclass
class House:
    """A world, its settings, and a backup of it."""

    world: World
    settings: Settings
    backup: Path

    def prepare(self, *, without_ledger: bool = False) -> restoring.Prepared:
        return restoring.prepare(
            self.settings, self.backup, self.world.clock(), without_ledger=without_ledger
        )

    async def restore(self) -> restoring.Prepared:
        """As `sendvoice restore` does once the service has stopped."""
        await self.world.intake.stop()
        self.world.reader.conn.close()
        self.world.writer._db.conn.close()
        ready = self.prepare()
        restoring.put_in_place(self.settings, ready, self.world.clock())
        return ready

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(database.open_reader(self.settings.database).conn) as db:
            return [tuple(row) for row in db.execute(sql)]

    def make_backup(self) -> None:
        made, _ = backups.make(
            self.settings.database, self.settings.database.parent / "backups", self.world.clock()
        )
        self.backup = made.path


async def answer(world: World, phase: str, word: str = WORD) -> WebPlace:
    """Somebody chooses a phase and writes a word."""
    place = await world.begins(world.invite()[0])
    await world.says(place, Chosen("phase", phase))
    await world.says(place, Filled("o1", (word,)))
    return place


@pytest.fixture
async def house(world: World, database_path: Path) -> House:
    """A backup of a round in which one parent has answered in Telegram, one on the web."""
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await world.says(TELEGRAM, Chosen("phase", "primary"))
    await world.says(TELEGRAM, Chosen("setting", "special"))
    await answer(world, "secondary", "marigold")
    settings = Settings(database=database_path, keys=database_path.parent / "keys")
    made = House(world, settings, Path())
    made.make_backup()
    world.clock.forward(hours=1)
    return made


async def test_b35_restored_is_what_was_backed_up(house: House) -> None:
    before = house.rows("SELECT * FROM answer")
    await answer(house.world, "post_16")
    ready = await house.restore()
    assert house.rows("SELECT * FROM answer") == before
    assert ready.lost
    assert (ready.lost.answers, ready.lost.responses, ready.lost.invitations) == (2, 1, 1)
    assert ready.lost.first == ready.lost.last == house.world.clock()
    assert ready.repeated.open_rounds == ("Spring",)


async def test_the_database_before_it_is_kept_whole(house: House) -> None:
    await answer(house.world, "post_16")
    before = house.rows("SELECT * FROM answer ORDER BY 1, 2")
    await house.restore()
    [aside] = house.settings.database.parent.glob("sendvoice-before-restore-*.db")
    with closing(database.open_reader(aside).conn) as db:
        assert [tuple(row) for row in db.execute("SELECT * FROM answer ORDER BY 1, 2")] == before
    assert aside.stat().st_mode & 0o777 == 0o600
    left = {path.name for path in house.settings.database.parent.glob("*sendvoice.db*")}
    assert left - {"sendvoice.db-wal", "sendvoice.db-shm"} == {"sendvoice.db"}


async def test_b36_who_was_erased_since_stays_erased(house: House) -> None:
    await house.world.says(TELEGRAM, CommandGiven(Command.ERASE_FOR_GOOD))
    ready = await house.restore()
    assert ready.repeated.changed[What.ERASED] == 1
    assert house.rows("SELECT value FROM answer WHERE question_key = 'phase'") == [("secondary",)]
    assert house.rows("SELECT * FROM chat") == []


async def test_erased_words_are_nowhere_in_the_restored_file(house: House) -> None:
    place = await answer(house.world, "primary")
    house.make_backup()
    assert WORD.encode() in house.backup.read_bytes()
    await house.world.says(place, CommandGiven(Command.ERASE_FOR_GOOD))
    await house.restore()
    files = b"".join(path.read_bytes() for path in house.settings.database.parent.glob("*.db*"))
    assert WORD.encode() not in files
    assert b"marigold" in files


async def test_who_stopped_messages_since_stays_stopped(house: House) -> None:
    await house.world.says(TELEGRAM, Typed("stop"))
    ready = await house.restore()
    assert ready.repeated.changed[What.STOPPED] == 1
    assert house.rows("SELECT count(*) FROM invitation WHERE stopped_at IS NOT NULL") == [(1,)]


async def test_who_started_again_since_is_not_stopped(house: House) -> None:
    await house.world.says(TELEGRAM, Typed("stop"))
    house.make_backup()
    house.world.clock.forward(minutes=1)
    await house.world.says(TELEGRAM, Opened())
    ready = await house.restore()
    assert ready.repeated.changed[What.STARTED_AGAIN] == 1
    assert house.rows("SELECT count(*) FROM invitation WHERE stopped_at IS NOT NULL") == [(0,)]


async def test_a_round_that_was_cut_since_stays_cut_and_closed(house: House) -> None:
    world = house.world
    world.writer.one(partial(rounds_closing.stop_answers, round_id=world.round.id, actor="test"))
    world.writer.one(partial(rounds_closing.keep, round_id=world.round.id, release={"hash": "abc"}))
    ready = await house.restore()
    assert ready.repeated.changed[What.CUT] == 1
    assert house.rows("SELECT status FROM round") == [("closed",)]
    for table in ("link", "session", "chat", "outbox", "delivery"):
        assert house.rows(f"SELECT * FROM {table}") == [], table
    assert len(house.rows("SELECT * FROM response")) == 2
    # The clock makes its release again, from the answers that the backup has.
    assert house.rows("SELECT * FROM release") == []


async def test_b43_what_may_have_been_sent_since_is_never_sent_again(house: House) -> None:
    for kind in ("invitation", "reminder"):
        message = outbox.Message("telegram", "lookup", "sealed", None, kind, "turn", {})
        house.world.writer.one(partial(_queue, message=message))
    house.make_backup()
    prompts = house.rows("SELECT count(*) FROM outbox WHERE kind = 'prompt'")[0][0]
    ready = await house.restore()
    assert (ready.repeated.unknown, ready.repeated.dropped) == (2, prompts)
    assert prompts > 0
    assert house.rows("SELECT DISTINCT status FROM outbox") == [("unknown",)]


def _queue(db: database.Database, now: Any, message: outbox.Message) -> None:
    outbox.add(db, message, now)


async def test_a_spent_staff_link_does_not_open_again(house: House) -> None:
    wanted = accounts.NewAccount("sam@council.example", "Sam", (Role.OFFICER,))
    vault = house.world.vault
    house.world.writer.one(lambda db, now: accounts.add(db, now, vault, wanted, "test"))
    assert house.rows("SELECT count(*) FROM staff_link") == [(1,)]
    house.make_backup()
    await house.restore()
    assert house.rows("SELECT * FROM staff_link") == []


async def test_an_older_backup_is_brought_up_to_date(house: House) -> None:
    with closing(sqlite3.connect(house.backup)) as older, older:
        older.execute("DELETE FROM _sqlite_migrations WHERE name = 'second_chats'")
        older.execute("DROP TABLE second_chat")
    ready = await house.restore()
    assert ready.backup.behind == ("second_chats",)
    assert house.rows("SELECT * FROM second_chat") == []


@pytest.mark.parametrize("damage", ["newer", "cut short", "nothing"])
async def test_a_backup_that_cannot_be_trusted_changes_nothing(house: House, damage: str) -> None:
    before = house.rows("SELECT * FROM answer")
    if damage == "newer":
        with closing(sqlite3.connect(house.backup)) as newer, newer:
            newer.execute("INSERT INTO _sqlite_migrations VALUES (99, 'sendvoice', 'next', '')")
    elif damage == "cut short":
        content = house.backup.read_bytes()
        house.backup.write_bytes(content[: len(content) // 2])
    else:
        house.backup.unlink()
    with pytest.raises(BackupUnsound):
        house.prepare()
    assert house.rows("SELECT * FROM answer") == before
    assert not list(house.settings.database.parent.glob(".*"))


async def test_without_its_ledger_it_is_refused(house: House) -> None:
    house.settings.database.with_suffix(".ledger").unlink()
    with pytest.raises(BackupRefused, match=r"is not there.*--without-ledger"):
        house.prepare()
    database.create(house.settings.database)
    with pytest.raises(BackupRefused, match="is not this backup's"):
        house.prepare()
    assert house.prepare(without_ledger=True).path.exists()


async def test_with_other_keys_it_is_refused(house: House) -> None:
    other = house.settings.database.parent / "others"
    create_keys(other)
    house.settings = house.settings.model_copy(update={"keys": other})
    with pytest.raises(BackupRefused, match="do not open this backup's addresses"):
        house.prepare()


async def test_b35_while_the_service_runs_it_is_refused(house: House) -> None:
    path = house.settings.database
    with (
        compose.only_one(path),
        pytest.raises(ServeRefused, match="Stop it first"),
        compose.only_one(path),
    ):
        pass


async def test_while_another_command_has_it_open_it_is_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.restoring.HELD_SECONDS", 0.05)
    ready = house.prepare()
    with pytest.raises(DatabaseBusy, match="Let it end"):
        restoring.put_in_place(house.settings, ready, house.world.clock())
    assert not list(house.settings.database.parent.glob("sendvoice-before-*"))


async def test_a_damaged_database_is_kept_and_replaced(house: House) -> None:
    before = house.rows("SELECT * FROM answer")
    await house.world.intake.stop()
    house.world.reader.conn.close()
    house.world.writer._db.conn.close()
    house.settings.database.write_bytes(b"\xff" * 9000)
    ready = house.prepare()
    assert ready.lost is None
    restoring.put_in_place(house.settings, ready, house.world.clock())
    assert house.rows("SELECT * FROM answer") == before
    [aside] = house.settings.database.parent.glob("sendvoice-before-restore-*.db")
    assert aside.read_bytes() == b"\xff" * 9000

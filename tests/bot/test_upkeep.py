"""Every day a backup and a sweep; every minute the log is folded away."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import backups, scheduler
from bot.ports import Trouble, TroubleKind
from bot.settings import Settings
from bot.upkeep import RETRY_BACKUP, Upkeep
from storage import backup, database
from storage.errors import DatabaseFull
from tests.bot.conftest import World


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def upkeep(world: World, database_path: Path, folder: Path) -> Upkeep:
    settings = Settings(database=database_path, backups=folder, backup_hour=2, backups_kept=2)
    return Upkeep(world.intake, world.clock, settings)


async def test_a_backup_a_day_and_no_more_than_are_kept(
    world: World, upkeep: Upkeep, folder: Path
) -> None:
    for _ in range(4):
        await upkeep.tick()
        world.clock.forward(hours=6)
        await upkeep.tick()
        world.clock.forward(hours=18)
    made = [one.made_at for one in backups.kept(folder)]
    assert made == [world.clock() - timedelta(days=2), world.clock() - timedelta(days=1)]
    assert backup.check(backups.kept(folder)[-1].path).rows["round"] == 1


async def test_old_backups_stay_while_a_new_one_fails(
    world: World, upkeep: Upkeep, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        await upkeep.tick()
        world.clock.forward(days=1)
    tries = 0

    def fail(*_: object) -> None:
        nonlocal tries
        tries += 1
        raise DatabaseFull

    with monkeypatch.context() as patched:
        patched.setattr(backup, "copy", fail)
        await upkeep.tick()
        await upkeep.tick()
    assert tries == 1
    assert len(backups.kept(folder)) == 2
    world.clock.now += RETRY_BACKUP
    await upkeep.tick()
    assert backups.kept(folder)[-1].made_at == world.clock()


async def test_a_backup_that_fails_is_told_of_until_there_is_one(
    world: World, upkeep: Upkeep, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await upkeep.tick()
    made = world.clock()
    assert upkeep.trouble() is None
    world.clock.forward(days=1)
    failed = world.clock()

    def fail(*_: object) -> None:
        raise DatabaseFull

    with monkeypatch.context() as patched:
        patched.setattr(backup, "copy", fail)
        for _ in range(3):
            await upkeep.tick()
            assert upkeep.trouble() == Trouble(TroubleKind.BACKUP_FAILED, failed, made)
            world.clock.forward(hours=1)
    await upkeep.tick()
    assert upkeep.trouble() is None


def spoil(folder: Path) -> None:
    """No backup can be made there."""
    folder.write_text("not a folder", encoding="utf-8")


def mend(folder: Path) -> None:
    folder.unlink()


async def test_a_backup_made_by_hand_ends_the_trouble(
    world: World, upkeep: Upkeep, database_path: Path, folder: Path
) -> None:
    spoil(folder)
    await upkeep.tick()
    assert upkeep.trouble() == Trouble(TroubleKind.BACKUP_FAILED, world.clock())
    mend(folder)
    world.clock.forward(minutes=1)
    backups.make(database_path, folder, world.clock())
    await upkeep.tick()
    assert upkeep.trouble() is None


async def test_a_backup_that_nobody_made_is_late_two_hours_after_it_was_due(
    world: World, upkeep: Upkeep
) -> None:
    assert upkeep.trouble() is None
    await upkeep.tick()
    made = world.clock()
    # Now the tick hangs, or the folder does.
    world.clock.now = datetime(2027, 3, 2, 3, 59, tzinfo=UTC)
    assert upkeep.trouble() is None
    world.clock.forward(minutes=1)
    due = datetime(2027, 3, 2, 2, tzinfo=UTC)
    assert upkeep.trouble() == Trouble(TroubleKind.BACKUP_LATE, due, made)


async def test_a_service_that_has_just_started_has_time_for_its_first_backup(
    world: World, upkeep: Upkeep
) -> None:
    world.clock.forward(minutes=119)
    assert upkeep.trouble() is None
    world.clock.forward(minutes=2)
    trouble = upkeep.trouble()
    assert trouble
    assert (trouble.kind, trouble.last_good) == (TroubleKind.BACKUP_LATE, None)


async def test_where_no_folder_is_set_nothing_is_late(world: World, database_path: Path) -> None:
    upkeep = Upkeep(world.intake, world.clock, Settings(database=database_path))
    world.clock.forward(days=9)
    assert upkeep.trouble() is None


async def test_room_is_noticed_although_nobody_writes(
    world: World, upkeep: Upkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DatabaseFull

    with monkeypatch.context() as patched:
        patched.setattr(database, "immediate", full)
        with pytest.raises(DatabaseFull):
            await world.intake.run(lambda *_: None)
    assert world.intake.full_since == world.clock()
    await upkeep.tick()
    assert world.intake.full_since is None
    assert world.rows("SELECT actor FROM audit WHERE action = 'room again'") == [("clock",)]
    world.clock.forward(minutes=1)
    await upkeep.tick()
    assert world.rows("SELECT count(*) FROM audit WHERE action = 'room again'") == [(1,)]


async def test_without_a_folder_there_are_no_backups(world: World, database_path: Path) -> None:
    await Upkeep(world.intake, world.clock, Settings(database=database_path)).tick()
    assert not list(database_path.parent.rglob("sendvoice-*.db"))


async def test_old_delivery_keys_are_forgotten_once_a_day(world: World, upkeep: Upkeep) -> None:
    await world.begins(world.invite()[0])
    await upkeep.tick()
    world.clock.forward(days=26)
    await upkeep.tick()
    assert world.rows("SELECT count(*) FROM delivery") == [(2,)]
    world.clock.forward(days=5)
    await upkeep.tick()
    assert world.rows("SELECT count(*) FROM delivery") == [(0,)]


async def test_b34_the_log_is_folded_away_when_the_long_reader_has_gone(
    world: World, upkeep: Upkeep, database_path: Path
) -> None:
    written = database_path.with_name("sendvoice.db-wal")
    reader = database.open_reader(database_path)
    reader.conn.execute("BEGIN")
    assert reader.conn.execute("SELECT count(*) FROM invitation").fetchone()[0] == 0
    for _ in range(20):
        world.invite(250)  # each a commit: writers do not wait for the reader
    # Nor for the log to be folded, which keeps writers out for a moment alone.
    async with asyncio.timeout(5):
        await upkeep.tick()
    assert written.stat().st_size > 1_000_000
    assert reader.conn.execute("SELECT count(*) FROM invitation").fetchone()[0] == 0
    reader.conn.close()
    await upkeep.tick()
    assert written.stat().st_size == 0
    assert world.rows("SELECT count(*) FROM invitation") == [(5000,)]


async def test_upkeep_goes_on_after_a_bad_tick(
    upkeep: Upkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = 0
    stop = asyncio.Event()

    async def tick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 1:
            raise RuntimeError
        stop.set()

    monkeypatch.setattr(upkeep, "tick", tick)
    monkeypatch.setattr(scheduler, "UPKEEP_SECONDS", 0.01)
    async with asyncio.timeout(5):
        await scheduler.keep_up(upkeep, stop)
    assert ticks == 2

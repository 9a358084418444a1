"""Every day a backup and a sweep; every minute the log is folded away."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot import backups, scheduler
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

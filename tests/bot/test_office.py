"""The staff pages' service: rounds close with a release."""

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot import exporting, scheduler
from bot.errors import RoundRefused
from bot.exporting import Kind
from bot.office import Office
from bot.ports import CloseOutcome
from storage import releases
from surveys.inputs import Submitted
from tests.bot.conftest import CLOSES, World


@pytest.fixture
async def office(world: World, database_path: Path) -> AsyncIterator[Office]:
    """With a thread for its worker: the real one is a process, tried in the journeys."""
    with ThreadPoolExecutor(1) as worker:
        yield Office(
            world.intake,
            world.reader,
            worker,
            world.clock,
            database_path=database_path,
            strategy_path=None,
        )


async def test_a_round_is_closed_with_its_release_once(world: World, office: Office) -> None:
    assert await office.release(world.round.id) is None
    assert await office.close_round(world.round.id, "test") is CloseOutcome.CLOSED
    release = await office.release(world.round.id)
    assert release
    assert release["round"]["name"] == "Spring"
    assert await office.close_round(world.round.id, "test") is CloseOutcome.ALREADY_CLOSED
    assert await office.release(world.round.id) == release
    assert await office.close_round("nosuch", "test") is CloseOutcome.UNKNOWN


async def test_every_round_is_listed_with_its_counts(world: World, office: Office) -> None:
    [token] = world.invite()
    await world.begins(token)
    [counts] = await office.rounds()
    assert (counts.invited, counts.started, counts.finished) == (1, 1, 0)


async def test_the_strategy_page_shows_the_release(world: World, office: Office) -> None:
    await office.close_round(world.round.id, "test")
    assert "Spring" in await office.strategy_html()


async def test_the_clock_closes_a_round_at_its_time(world: World, office: Office) -> None:
    world.clock.now = CLOSES - timedelta(seconds=1)
    await scheduler.tick(world.reader, office, world.clock)
    assert await office.release(world.round.id) is None
    world.clock.now = CLOSES
    await scheduler.tick(world.reader, office, world.clock)
    assert await office.release(world.round.id)
    assert world.rows("SELECT status FROM round") == [("closed",)]


async def test_the_clock_finishes_a_closing_that_a_crash_cut_off(
    world: World, office: Office
) -> None:
    world.writer.one(lambda db, _: db.conn.execute("UPDATE round SET status = 'closed'"))
    await scheduler.tick(world.reader, office, world.clock)
    assert await office.release(world.round.id)


async def test_the_clock_goes_on_after_a_bad_tick(
    world: World, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = 0
    stop = asyncio.Event()

    async def tick(*_: object) -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 1:
            raise RuntimeError
        stop.set()

    monkeypatch.setattr(scheduler, "tick", tick)
    monkeypatch.setattr(scheduler, "EVERY_SECONDS", 0.01)
    async with asyncio.timeout(5):
        await scheduler.run(world.reader, office, world.clock, stop)
    assert ticks == 2


async def test_exports_are_of_closed_rounds(world: World, office: Office) -> None:
    with pytest.raises(RoundRefused, match="round close"):
        exporting.export(world.reader, Kind.METRICS, ["Spring"])
    places = [await world.begins(token) for token in world.invite(10)]
    for place in places:
        await world.says(place, Submitted())
    await office.close_round(world.round.id, "test")
    for kind, expected in (
        (Kind.METRICS, "fewer than 10 answers"),
        (Kind.CODEBOOK, "Strongly agree"),
        (Kind.RESPONSES, "not_asked"),
    ):
        rows = exporting.export(world.reader, kind, ["spring"]).table.rows
        assert any(expected in row for row in rows)
    with pytest.raises(RoundRefused, match="named twice"):
        exporting.export(world.reader, Kind.METRICS, ["Spring", "spring"])
    assert json.dumps(releases.all_current(world.reader))

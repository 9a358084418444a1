"""The staff pages' service: rounds close with a release."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import exporting, scheduler
from bot.closing import Material
from bot.errors import RoundRefused
from bot.exporting import Kind
from bot.office import Office
from bot.ports import CloseOutcome
from storage import releases
from surveys.inputs import Submitted
from tests.bot.conftest import CLOSES, World


@pytest.fixture
async def office(
    world: World, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    """With a thread for its worker: the real one is a process, tried in the journeys."""
    monkeypatch.setattr("bot.office.PATIENCE_SECONDS", 60)
    with ThreadPoolExecutor(1) as worker:
        yield Office(
            world.intake,
            world.reader,
            worker,
            world.clock,
            vault=world.vault,
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


async def test_whoever_closes_a_round_does_not_wait_long_and_the_release_is_made_once(
    world: World, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_begin, built = threading.Event(), list[str]()

    def build(material: Material) -> dict[str, Any]:
        may_begin.wait(20)
        built.append(material.round.name)
        return {"hash": "abc"}

    monkeypatch.setattr("bot.office.PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr("bot.office.closing.build", build)
    for expected in (CloseOutcome.CLOSED, CloseOutcome.ALREADY_CLOSED):
        assert await office.close_round(world.round.id, "test") is expected
        assert await office.release(world.round.id) is None
    may_begin.set()
    await _released(world, office)
    assert built == ["Spring"]


async def test_a_release_that_fails_is_tried_again(
    world: World, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.office.PATIENCE_SECONDS", 20)
    with monkeypatch.context() as patched:
        patched.setattr("bot.office.closing.build", lambda _: 1 / 0)
        assert await office.close_round(world.round.id, "test") is CloseOutcome.CLOSED
    assert await office.release(world.round.id) is None
    assert await office.close_round(world.round.id, "clock") is CloseOutcome.ALREADY_CLOSED
    assert await office.release(world.round.id)


async def _released(world: World, office: Office) -> None:
    async with asyncio.timeout(20):
        while await office.release(world.round.id) is None:
            await asyncio.sleep(0.01)


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
        rows = exporting.export(world.reader, kind, ["spring"]).table.rows()
        assert any(expected in row for row in rows)
    with pytest.raises(RoundRefused, match="named twice"):
        exporting.export(world.reader, Kind.METRICS, ["Spring", "spring"])
    assert json.dumps(releases.all_current(world.reader))

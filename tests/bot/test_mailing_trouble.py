"""Sending where a carrier is slow or asks to wait, and where the database fails."""

import asyncio
import sqlite3

import pytest

from bot import mailing
from bot.mailing import Mailing, Route
from bot.pace import Pace
from bot.ports import DeliveryFailed, Outgoing
from storage import mailings
from storage.database import Database
from tests.bot.conftest import World
from tests.bot.test_mailing import (
    FAST,
    Carrier,
    carrier,
    families,
    family,
    invite,
    running,
    service,
    statuses,
    until_idle,
)

__all__ = ["carrier"]


class Stuck:
    """A carrier that takes a letter and says nothing until it is let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def send(self, outgoing: Outgoing) -> None:
        await self.go.wait()


async def test_a_slow_carrier_keeps_no_other_waiting(world: World, carrier: Carrier) -> None:
    families(world, mailing.AT_ONCE + 1)
    for number in range(3):
        family(world, f"f{number}", email="", phone=f"+44770090012{number}")
    invite(world)
    stuck, pace = Stuck(), Pace(FAST, asyncio.get_running_loop().time)
    routes = {"email": Route(stuck, pace), "text": Route(carrier, carrier.pace)}
    sender = Mailing(world.intake, world.reader, world.vault, world.library, routes, world.clock)
    async with running(sender), asyncio.timeout(10):
        while len(carrier.received) < 3 or statuses(world).get("claimed", 0) < mailing.AT_ONCE:
            await asyncio.sleep(0.01)
        assert statuses(world)["queued"] == 1
        stuck.go.set()


async def test_it_stops_at_once_while_a_carrier_asks_to_wait(
    world: World, carrier: Carrier
) -> None:
    families(world, 2)
    invite(world)
    carrier.pace.hold(60)
    async with asyncio.timeout(5):
        async with running(service(world, carrier)):
            await asyncio.sleep(0.05)
    assert statuses(world) == {"queued": 2}


async def test_a_letter_whose_carrier_asks_to_wait_before_its_slot_is_put_back(
    world: World, carrier: Carrier
) -> None:
    families(world, 2)
    invite(world)
    carrier.pace = Pace(5, asyncio.get_running_loop().time)
    async with running(service(world, carrier)), asyncio.timeout(5):
        while statuses(world) != {"sent": 1, "claimed": 1}:
            await asyncio.sleep(0.005)
        carrier.pace.hold(60)
        while statuses(world) != {"sent": 1, "queued": 1}:
            await asyncio.sleep(0.01)
    assert len(carrier.received) == 1


async def test_a_database_that_fails_for_a_moment_ends_nothing(
    world: World, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    families(world, 2)
    invite(world)
    monkeypatch.setattr(mailing, "AGAIN_SECONDS", 0.01)
    plain, failures = mailings.earliest, [sqlite3.OperationalError("disk I/O error")]

    def fails_once(db: Database, channel: str) -> object:
        if failures:
            raise failures.pop()
        return plain(db, channel)

    monkeypatch.setattr(mailings, "earliest", fails_once)
    await until_idle(world, carrier)
    assert statuses(world) == {"sent": 2}


async def test_what_keeps_a_letter_waiting_is_told(world: World, carrier: Carrier) -> None:
    families(world, 1)
    invite(world)
    carrier.failures = [DeliveryFailed("Notify said 403: check the key")]
    await until_idle(world, carrier)
    [row] = mailings.tally(world.reader, world.round.id)
    assert (row.status, row.reason) == ("queued", "Notify said 403: check the key")
    world.clock.forward(minutes=2)
    await until_idle(world, carrier)
    [row] = mailings.tally(world.reader, world.round.id)
    assert (row.status, row.reason) == ("sent", "")


async def test_a_mailbox_that_is_full_for_hours_is_tried_again(
    world: World, carrier: Carrier
) -> None:
    families(world, 1)
    invite(world)
    carrier.failures = [DeliveryFailed("452", refused=True)] * 8
    for _ in range(9):
        await until_idle(world, carrier)
        world.clock.forward(hours=1)
    assert statuses(world) == {"sent": 1}

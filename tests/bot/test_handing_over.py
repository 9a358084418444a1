"""A turn's message goes to the running sender at once, and a crash in between loses none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.outbox import OutboxSender
from bot.ports import CodeGiven, DeliveryFailed, Outgoing, Turn
from storage import outbox
from surveys.inputs import NoticeAcknowledged, Opened
from tests.bot.conftest import TELEGRAM, World

STATUSES = "SELECT message_key, status, attempts FROM outbox ORDER BY id"


class SlowPhone:
    """A sender whose messages arrive when `may_arrive` is set, and fail as it is told."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.received: list[str] = []
        self.failures: list[DeliveryFailed] = []
        self.may_arrive = asyncio.Event()

    async def send(self, outgoing: Outgoing) -> None:
        self.begun.append(outgoing.message_key)
        await self.may_arrive.wait()
        if self.failures:
            raise self.failures.pop(0)
        self.received.append(outgoing.message_key)


@pytest.fixture
def phone() -> SlowPhone:
    return SlowPhone()


@pytest.fixture
def sender(world: World, phone: SlowPhone) -> OutboxSender:
    made = OutboxSender(
        world.intake, world.reader, world.vault, world.library, {"telegram": phone}, world.clock
    )
    world.starts_again(outbox=made)
    return made


@asynccontextmanager
async def running(sender: OutboxSender) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(sender.run(stop))
    async with asyncio.timeout(5):
        while not sender.is_taking:
            await asyncio.sleep(0.001)
        yield
        stop.set()
        await task


async def until_sent(world: World) -> None:
    async with asyncio.timeout(5):
        while world.rows("SELECT 1 FROM outbox"):
            await asyncio.sleep(0.005)


async def test_the_message_of_a_turn_is_claimed_with_the_turn_and_sent_once(
    world: World, sender: OutboxSender, phone: SlowPhone
) -> None:
    async with running(sender):
        await world.says(TELEGRAM, Opened())
        assert world.rows(STATUSES) == [("no_code", "claimed", 1)]
        phone.may_arrive.set()
        await until_sent(world)
    assert phone.begun == ["no_code"]


async def test_a_second_message_waits_for_the_first(
    world: World, sender: OutboxSender, phone: SlowPhone
) -> None:
    async with running(sender):
        await world.says(TELEGRAM, Opened())
        await world.says(TELEGRAM, CodeGiven(world.code))
        assert world.rows(STATUSES) == [("no_code", "claimed", 1), ("turn", "queued", 0)]
        phone.may_arrive.set()
        await until_sent(world)
    assert phone.received == ["no_code", "turn"]


async def test_a_first_message_that_failed_still_goes_before_the_second(
    world: World, sender: OutboxSender, phone: SlowPhone
) -> None:
    phone.failures = [DeliveryFailed("flood", retry_after=7)]
    phone.may_arrive.set()
    async with running(sender):
        await world.says(TELEGRAM, Opened())
        while world.rows("SELECT 1 FROM outbox WHERE status = 'claimed'"):
            await asyncio.sleep(0.005)
        await world.says(TELEGRAM, CodeGiven(world.code))
        world.clock.forward(seconds=7)
        sender.wake()
        await until_sent(world)
    assert phone.received == ["no_code", "turn"]


async def test_nothing_is_claimed_for_a_sender_that_does_not_run(
    world: World, sender: OutboxSender, phone: SlowPhone
) -> None:
    await world.says(TELEGRAM, Opened())
    assert world.rows(STATUSES) == [("no_code", "queued", 0)]
    phone.may_arrive.set()
    async with running(sender):
        await until_sent(world)
    assert phone.received == ["no_code"]


async def test_what_a_crash_left_between_the_turn_and_the_sender_is_sent_by_the_next(
    world: World, sender: OutboxSender, phone: SlowPhone
) -> None:
    message = outbox.Message(
        "telegram", "x", world.vault.seal("8812"), None, "prompt", "no_code", {}
    )
    assert world.writer.one(lambda db, now: outbox.add_claimed(db, message, now)) is not None
    phone.may_arrive.set()
    async with running(sender):
        await until_sent(world)
    assert phone.received == ["no_code"]


async def test_a_turn_that_nobody_waits_for_any_more_is_handed_over_all_the_same(
    world: World, sender: OutboxSender, phone: SlowPhone
) -> None:
    phone.may_arrive.set()
    async with running(sender):
        taking = asyncio.create_task(world.service.take(Turn("k", TELEGRAM, Opened())))
        await asyncio.sleep(0)
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
        while not phone.received:
            await asyncio.sleep(0.005)
        await until_sent(world)
    assert phone.received == ["no_code"]


async def test_a_turn_delivered_twice_is_handed_over_once(
    world: World, sender: OutboxSender, phone: SlowPhone
) -> None:
    phone.may_arrive.set()
    await world.says(TELEGRAM, CodeGiven(world.code), key="first")
    async with running(sender):
        await until_sent(world)
        for _ in range(2):
            await world.says(TELEGRAM, NoticeAcknowledged(), key="again")
        await until_sent(world)
    assert phone.received == ["turn", "turn"]


async def test_when_many_are_under_way_the_others_stay_queued(
    world: World, sender: OutboxSender, phone: SlowPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox.MOST_UNDER_WAY", 1)
    async with running(sender):
        await world.says(TELEGRAM, Opened())
        await asyncio.sleep(0)
        assert not sender.is_taking
        phone.may_arrive.set()
        await until_sent(world)
        assert sender.is_taking

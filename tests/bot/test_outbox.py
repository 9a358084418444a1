"""What is queued is sent once, in order, and its fate is recorded."""

import asyncio
from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.outbox import OutboxSender
from bot.ports import CodeGiven, DeliveryFailed, Outgoing
from storage import outbox
from storage.database import Database
from surveys.inputs import NoticeAcknowledged, Opened
from tests.bot.conftest import TELEGRAM, World


class Phone:
    """A sender that remembers what it was given, and fails as it is told."""

    def __init__(self) -> None:
        self.received: list[Outgoing] = []
        self.failures: list[Exception] = []

    async def send(self, outgoing: Outgoing) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.received.append(outgoing)

    @property
    def keys(self) -> list[str]:
        return [outgoing.message_key for outgoing in self.received]


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def sender(world: World, phone: Phone) -> OutboxSender:
    return OutboxSender(
        world.intake, world.reader, world.vault, world.library, {"telegram": phone}, world.clock
    )


def queue(db: Database, now: datetime, message: outbox.Message) -> None:
    outbox.add(db, message, now)


async def until_idle(world: World, sender: OutboxSender) -> None:
    """Run the sender until nothing is due."""
    stop = asyncio.Event()
    running = asyncio.create_task(sender.run(stop))
    async with asyncio.timeout(5):
        while world.rows(
            "SELECT 1 FROM outbox WHERE status = 'claimed' OR (status = 'queued' AND due_at <= ?)",
            world.clock().isoformat(timespec="milliseconds"),
        ):
            await asyncio.sleep(0.01)
    stop.set()
    await running


async def test_messages_of_one_chat_arrive_in_order_and_prompts_are_not_kept(
    world: World, sender: OutboxSender, phone: Phone
) -> None:
    await world.says(TELEGRAM, Opened())
    await world.says(TELEGRAM, CodeGiven(world.code))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await until_idle(world, sender)
    assert phone.keys == ["no_code", "turn", "turn"]
    assert {outgoing.address for outgoing in phone.received} == {"8812"}
    assert world.rows("SELECT * FROM outbox") == []


async def test_a_message_brings_what_its_wording_needs(
    world: World, sender: OutboxSender, phone: Phone
) -> None:
    await world.says(TELEGRAM, CodeGiven(world.code))
    turned = await world.says(TELEGRAM, NoticeAcknowledged())
    await until_idle(world, sender)
    last = phone.received[-1]
    assert last.events == turned.events
    assert last.questionnaire == turned.questionnaire
    assert (last.run, last.round, last.session) == (turned.run, turned.round, turned.session)
    assert last.language == "en"


async def test_b43_a_wait_the_other_side_asked_for_is_kept(
    world: World, sender: OutboxSender, phone: Phone
) -> None:
    phone.failures = [DeliveryFailed("flood", retry_after=7)]
    await world.says(TELEGRAM, Opened())
    await until_idle(world, sender)
    world.clock.forward(seconds=6)
    await until_idle(world, sender)
    assert phone.received == []
    world.clock.forward(seconds=1)
    await until_idle(world, sender)
    assert phone.keys == ["no_code"]


async def test_however_long_the_network_is_gone_the_message_arrives(
    world: World, sender: OutboxSender, phone: Phone
) -> None:
    phone.failures = [DeliveryFailed("no network")] * 30
    await world.says(TELEGRAM, Opened())
    for _ in range(31):
        await until_idle(world, sender)
        world.clock.forward(minutes=1)
    assert phone.keys == ["no_code"]


async def test_a_message_that_is_refused_again_and_again_is_given_up(
    world: World, sender: OutboxSender, phone: Phone
) -> None:
    phone.failures = [DeliveryFailed("bad request", refused=True)] * 6
    await world.says(TELEGRAM, Opened())
    for _ in range(6):
        await until_idle(world, sender)
        world.clock.forward(minutes=5)
    assert phone.received == []
    assert world.rows("SELECT status, attempts, reason FROM outbox") == [
        ("failed", 6, "bad request")
    ]


async def test_b06_who_blocked_the_bot_is_sent_nothing_more(
    world: World, sender: OutboxSender, phone: Phone
) -> None:
    await world.says(TELEGRAM, CodeGiven(world.code))
    await world.says(TELEGRAM, NoticeAcknowledged())
    phone.failures = [DeliveryFailed("blocked", permanent=True)]
    await until_idle(world, sender)
    assert phone.received == []
    assert world.rows("SELECT status FROM chat") == [("blocked",)]
    assert world.rows("SELECT status, reason FROM outbox") == [("failed", "blocked")] * 2
    await world.says(TELEGRAM, Opened())
    assert world.rows("SELECT status FROM chat") == [("active",)]


async def test_a_message_that_cannot_be_worded_does_not_stop_the_next(
    world: World, sender: OutboxSender, phone: Phone
) -> None:
    phone.failures = [KeyError("no wording")]
    await world.says(TELEGRAM, Opened())
    await world.says(TELEGRAM, Opened())
    await until_idle(world, sender)
    assert phone.keys == ["no_code"]
    assert world.rows("SELECT status, reason FROM outbox") == [("failed", "KeyError")]


async def test_after_a_crash_prompts_go_again(
    world: World, sender: OutboxSender, phone: Phone
) -> None:
    message = outbox.Message(
        "telegram", "x", world.vault.seal("8812"), None, "prompt", "no_code", {}
    )
    world.writer.one(partial(queue, message=message))
    assert len(world.writer.one(lambda db, now: outbox.claim(db, now, 10))) == 1
    await until_idle(world, sender)
    assert phone.keys == ["no_code"]
    assert world.rows("SELECT * FROM outbox") == []


async def test_what_is_not_due_yet_waits(world: World, sender: OutboxSender, phone: Phone) -> None:
    later = world.clock() + timedelta(minutes=1)
    message = outbox.Message(
        "telegram", "x", world.vault.seal("8812"), None, "prompt", "no_code", {}
    )
    world.writer.one(lambda db, _: outbox.add(db, message, later))
    await until_idle(world, sender)
    assert phone.received == []
    world.clock.forward(minutes=1)
    await until_idle(world, sender)
    assert phone.keys == ["no_code"]

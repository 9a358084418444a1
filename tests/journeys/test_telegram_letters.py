"""Invitations and reminders by Telegram, through the real library over real HTTP."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from bot import inviting, reminding
from storage import contacts, mailings
from surveys.contacts import Contact
from surveys.invitations import Child
from tests.bot.conftest import OPENS, World, world
from tests.fake_telegram import FakeTelegram, Parent
from tests.fake_telegram.refusals import too_many
from tests.journeys.telegram_house import House, house, parent, telegram

__all__ = ["house", "parent", "telegram", "world"]

FIRST = 5000


def families(world: World, numbers: Iterable[int]) -> None:
    """Families of the contacts who used the bot in an earlier round."""

    def add(number: int) -> None:
        family = Contact(reference=f"F{number}", children=(Child("primary"),))
        sealed = contacts.seal(world.vault, family)
        made = world.writer.one(lambda db, now: contacts.add(db, sealed, now))
        lookup = world.vault.lookup("telegram", str(number))
        address = world.vault.seal(str(number))
        world.writer.one(lambda db, _: contacts.link_chat(db, made, "telegram", lookup, address))

    for number in numbers:
        add(number)


def invite(world: World, house: House) -> int:
    count = world.writer.one(
        partial(inviting.invite, vault=world.vault, a_round=world.round, actor="test")
    )
    house.mailing.wake()
    return count


def letters(telegram: FakeTelegram, words: str = "asks parents and carers") -> list[int]:
    """Whom a message with these words reached, once for each message."""
    return [
        number
        for number in range(FIRST, FIRST + 20)
        for sent in telegram.messages_to(number)
        if words in sent.text
    ]


def came_to(world: World) -> dict[str, int]:
    rows = world.rows("SELECT status, count(*) FROM outbox WHERE kind <> 'prompt' GROUP BY status")
    return {str(status): int(count) for status, count in rows}


async def settled(world: World, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while world.rows(
            "SELECT 1 FROM outbox WHERE status = 'claimed' OR (status = 'queued' AND due_at <= ?)",
            world.clock().isoformat(timespec="milliseconds"),
        ):
            await asyncio.sleep(0.01)


async def test_b06_one_blocks_one_never_started_and_the_rest_goes_on(
    house: House, world: World, telegram: FakeTelegram
) -> None:
    people = [telegram.parent(FIRST + n, started=n != 1) for n in range(6)]
    families(world, range(FIRST, FIRST + 6))
    people[0].blocks()
    assert invite(world, house) == 6
    await settled(world)
    assert letters(telegram) == [FIRST + n for n in range(2, 6)]
    assert came_to(world) == {"sent": 4, "failed": 2}
    world.clock.now = OPENS + timedelta(days=7, hours=2)
    assert world.writer.one(partial(reminding.remind_due, a_round=world.round)) == 4
    house.mailing.wake()
    await settled(world)
    reminded = letters(telegram, "There is still time")
    assert reminded == [FIRST + n for n in range(2, 6)]
    assert house.is_running


async def test_b06_who_blocks_half_way_keeps_the_answers_and_may_come_back(
    house: House, world: World, telegram: FakeTelegram
) -> None:
    person = telegram.parent(FIRST)
    families(world, [FIRST])
    invite(world, house)
    letter = await person.receives("asks parents and carers")
    token = letter.source.partition("?start=")[2].partition('"')[0]
    person.sends(f"/start {token}")
    begin = await person.receives("I have read this – start")
    person.taps(begin, "I have read this – start")
    await answers(person)
    person.blocks()
    world.clock.now = OPENS + timedelta(days=7, hours=2)
    world.writer.one(partial(reminding.remind_due, a_round=world.round))
    house.mailing.wake()
    await settled(world)
    assert letters(telegram, "There is still time") == []
    assert world.rows("SELECT count(*) FROM answer WHERE state = 'answered'") == [(1,)]
    assert world.rows("SELECT status FROM chat") == [("blocked",)]
    person.unblocks(token)
    await person.receives("Where is your child taught now?")
    assert world.rows("SELECT status FROM chat") == [("active",)]


async def answers(person: Parent) -> None:
    asked = await person.receives("Which stage is your child at?")
    person.taps(asked, next(label for label in asked.labels if label.startswith("Primary")))
    await person.receives("Where is your child taught now?")


async def test_b42_a_crash_sends_nobody_two_and_lists_the_uncertain_one(
    house: House, world: World, telegram: FakeTelegram
) -> None:
    for number in range(11):
        telegram.parent(FIRST + number)
    families(world, range(FIRST, FIRST + 10))
    gate = telegram.scripts.hold("sendMessage")
    invite(world, house)
    async with asyncio.timeout(5):
        while "claimed" not in came_to(world):
            await asyncio.sleep(0.01)
    await house.kill()
    gate.set()
    under_way = came_to(world)["claimed"]
    assert letters(telegram) == []
    families(world, [FIRST + 10])
    withdrawn = world.rows(
        "SELECT contact_id FROM outbox JOIN invitation ON invitation.id = invitation_id"
        " WHERE status = 'queued' ORDER BY outbox.id DESC LIMIT 1"
    )[0][0]
    world.writer.one(lambda db, now: contacts.opt_out(db, str(withdrawn), now))
    await house.start()
    assert invite(world, house) == 1
    await settled(world)
    reached = letters(telegram)
    assert len(reached) == len(set(reached))
    assert came_to(world) == {
        "sent": 11 - under_way - 1,
        "unknown": under_way,
        "failed": 1,
    }
    unknown = mailings.unknown(world.reader, world.round.id)
    assert len(unknown) == under_way


async def test_b42_one_that_telegram_took_before_the_crash_is_not_sent_again(
    house: House, world: World, telegram: FakeTelegram
) -> None:
    telegram.parent(FIRST)
    families(world, [FIRST])
    telegram.scripts.lose_answer("sendMessage")
    invite(world, house)
    await telegram.until(lambda: letters(telegram) == [FIRST])
    await settled(world)
    assert came_to(world) == {"unknown": 1}
    await house.kill()
    await house.start()
    world.clock.forward(hours=3)
    house.mailing.wake()
    await settled(world)
    assert letters(telegram) == [FIRST]


async def test_b43_flood_control_delays_and_drops_nobody_and_a_parent_does_not_wait(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    for number in range(10):
        telegram.parent(FIRST + number)
    families(world, range(FIRST, FIRST + 10))
    telegram.scripts.fail("sendMessage", too_many(1), after=2)
    invite(world, house)
    await telegram.until(lambda: len(telegram.calls("sendMessage", status=429)) == 1)
    parent.sends(f"/start {world.code}")
    await parent.receives("I have read this – start")
    assert len(letters(telegram)) < 10
    world.clock.forward(seconds=2)
    house.mailing.wake()
    await telegram.until(lambda: len(letters(telegram)) == 10)
    await settled(world)
    assert letters(telegram) == [FIRST + n for n in range(10)]
    assert came_to(world) == {"sent": 10}


async def test_b44_two_reminders_at_once_are_one_and_after_closing_none(
    house: House, world: World, telegram: FakeTelegram
) -> None:
    telegram.parent(FIRST)
    families(world, [FIRST])
    invite(world, house)
    await settled(world)
    world.clock.now = OPENS + timedelta(days=14, hours=2)
    remind = partial(reminding.remind_due, a_round=world.round)
    assert [world.writer.one(remind) for _ in range(2)] == [1, 0]
    house.mailing.wake()
    await settled(world)
    world.clock.now = world.round.closes_at
    assert world.writer.one(remind) == 0
    assert letters(telegram, "There is still time") == [FIRST]

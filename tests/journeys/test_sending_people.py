"""FAULTS B06: one blocks, one never started, four are fine, and nobody is pestered."""

import asyncio
from datetime import timedelta
from functools import partial

from bot import reminding
from storage import mailings
from tests.bot.conftest import OPENS, World, world
from tests.fake_telegram import FakeTelegram, Parent
from tests.journeys.telegram_house import House, house, parent, telegram
from tests.journeys.test_telegram_letters import FIRST, families, invite, letters, settled

__all__ = ["house", "parent", "telegram", "world"]

BLOCKER, STRANGER = FIRST, FIRST + 1
FINE = [FIRST + number for number in range(2, 6)]
ANSWERED = "SELECT question_key FROM answer WHERE state = 'answered' ORDER BY question_key"


async def answers_three_and_blocks(person: Parent, world: World) -> None:
    """By the link of the invitation that still waits for the morning."""
    lookup = world.vault.lookup("telegram", str(BLOCKER))
    [(invitation,)] = world.rows("SELECT invitation_id FROM outbox WHERE lookup = ?", lookup)
    person.sends(f"/start {world.vault.token(str(invitation), 1)}")
    start = "I have read this – start"
    person.taps(await person.receives(start), start)
    for number, label in enumerate(("Primary", "mainstream school, nursery", "An EHC plan"), 1):
        person.taps(await person.receives(f"Question {number} of"), label)
    await person.receives("Question 4 of")
    person.blocks()


async def remind(world: World, house: House, days: int) -> int:
    world.clock.now = OPENS + timedelta(days=days, hours=2)
    queued = world.writer.one(partial(reminding.remind_due, a_round=world.round))
    house.mailing.wake()
    await settled(world)
    return queued


async def test_b06(house: House, world: World, telegram: FakeTelegram) -> None:
    people = [telegram.parent(FIRST + n, started=FIRST + n != STRANGER) for n in range(6)]
    blocker = people[0]
    families(world, range(FIRST, FIRST + 6))
    world.clock.now = OPENS.replace(hour=21)
    assert invite(world, house) == 6
    await answers_three_and_blocks(blocker, world)
    world.clock.now = OPENS + timedelta(days=1)
    house.mailing.wake()
    async with asyncio.timeout(10):
        while world.rows("SELECT 1 FROM outbox WHERE kind <> 'prompt' AND status = 'queued'"):
            await asyncio.sleep(0.01)
    await settled(world)
    assert letters(telegram) == FINE
    told = {
        (row.status, row.reason): row.count for row in mailings.tally(world.reader, world.round.id)
    }
    assert told == {
        ("sent", ""): 4,
        ("failed", "blocked the bot"): 1,
        ("failed", "never pressed Start: needs a link by other means"): 1,
    }
    assert await remind(world, house, 7) == 4
    assert letters(telegram, "There is still time") == FINE
    assert world.rows(ANSWERED) == [("phase",), ("provision",), ("setting",)]
    blocker.unblocks()
    await blocker.receives("Question 4 of")
    await house.quiet()
    assert world.rows("SELECT status FROM chat") == [("active",)]
    blocked = "SELECT lookup FROM contact_chat WHERE status = 'blocked'"
    assert world.rows(blocked) == [(world.vault.lookup("telegram", str(STRANGER)),)]
    assert await remind(world, house, 14) == 5
    assert letters(telegram, "There is still time").count(BLOCKER) == 1
    assert house.is_running

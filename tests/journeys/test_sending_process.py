"""Invitations of the real service, ended by `kill -9` and told to wait: FAULTS B42 and B43."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage import contacts, mailings
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.refusals import too_many
from tests.journeys.sending_house import FIRST, Sending, begin

FAMILIES = 10
SECONDS = 30
WAIT = 8
"""What the stand-in asks for, in seconds."""


@pytest.fixture
async def sending(tmp_path: Path) -> AsyncIterator[Sending]:
    async with FakeTelegram() as telegram:
        for number in range(FAMILIES + 1):
            telegram.parent(FIRST + number)
        made = begin(tmp_path, telegram)
        made.families(range(FAMILIES))
        yield made


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not holds():
            await asyncio.sleep(0.02)


def told_to_wait(sending: Sending) -> bool:
    return bool(sending.telegram.calls("sendMessage", status=429))


async def test_b42_killed_between_two_the_rest_is_sent_once_as_things_are_now(
    sending: Sending,
) -> None:
    scripts = sending.telegram.scripts
    scripts.fail("sendMessage", too_many(WAIT), after=4, times=FAMILIES)
    assert sending.invite() == FAMILIES
    async with sending.serving() as service:
        await until(lambda: told_to_wait(sending))
        await until(lambda: sending.came_to() == {"sent": 4, "queued": 6})
        await service.kill()
    assert sending.reached() == [0, 1, 2, 3]
    scripts.calm()
    sending.families([FAMILIES])
    assert sending.invite() == 1
    [(contact, letter)] = sending.rows(
        "SELECT contact_id, outbox.id FROM outbox"
        " JOIN invitation ON invitation.id = outbox.invitation_id"
        " WHERE outbox.status = 'queued' ORDER BY outbox.id LIMIT 1 OFFSET 4"
    )
    sending.write(lambda db, now: contacts.opt_out(db, str(contact), now))
    async with sending.serving():
        await until(lambda: sending.came_to() == {"sent": 10, "failed": 1})
    reached = sending.reached()
    assert len(reached) == len(set(reached)) == FAMILIES
    assert FAMILIES in reached
    assert sending.rows("SELECT id, reason FROM outbox WHERE status = 'failed'") == [
        (letter, "opted out")
    ]


async def test_b42_killed_before_it_was_recorded_it_is_unknown_and_a_person_decides(
    sending: Sending,
) -> None:
    scripts = sending.telegram.scripts
    assert sending.invite() == FAMILIES
    answer = scripts.hold_answer("sendMessage", after=4)
    scripts.fail("sendMessage", too_many(WAIT), after=5, times=FAMILIES)
    async with sending.serving() as service:
        await until(lambda: told_to_wait(sending))
        await until(lambda: sending.came_to() == {"sent": 4, "claimed": 1, "queued": 5})
        assert sending.reached() == [0, 1, 2, 3, 4]
        await service.kill()
    answer.set()
    scripts.calm()
    async with sending.serving():
        await until(lambda: sending.came_to() == {"sent": 9, "unknown": 1})
        assert sorted(sending.reached()) == list(range(FAMILIES))
        assert sending.unknown() == [str(FIRST + 4)]
        [(unknown,)] = sending.rows("SELECT id FROM outbox WHERE status = 'unknown'")
        number = int(str(unknown))
        assert sending.write(lambda db, _: mailings.settle(db, number, send_again=True))
        await until(lambda: sending.came_to() == {"sent": 10})
    assert sending.reached().count(4) == 2


async def test_b43_told_to_wait_nobody_is_invited_meanwhile_and_a_parent_goes_first(
    sending: Sending,
) -> None:
    telegram = sending.telegram
    parent = telegram.parent(1)
    parent.sends(f"/start {sending.code}")
    async with sending.serving():
        start = await parent.receives("I have read this – start", SECONDS)
        telegram.scripts.fail("sendMessage", too_many(WAIT), after=2)
        sending.invite()
        await until(lambda: told_to_wait(sending))
        assert sending.reached() == [0, 1]
        parent.taps(start, "I have read this – start")
        await parent.receives("Question 1 of")
        assert sending.reached() == [0, 1]
        await until(lambda: sending.came_to() == {"sent": FAMILIES})
    assert sorted(sending.reached()) == list(range(FAMILIES))
    [refused] = telegram.calls("sendMessage", status=429)
    invited = [
        call.at
        for call in telegram.calls("sendMessage", status=200)
        if int(call.parameters["chat_id"]) >= FIRST
    ]
    assert not [at for at in invited if refused.at < at < refused.at + WAIT]

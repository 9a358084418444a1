"""B07: a group of staff is told that something urgent waits, once, wherever it has moved to."""

import asyncio

import pytest

from bot.staff_chat import StaffChat
from storage import outbox
from surveys.inputs import Filled, Overheard
from tests.bot.conftest import world
from tests.fake_telegram import FakeTelegram, Group, Refusal
from tests.journeys.telegram_house import House, at_the_comment, house, telegram

__all__ = ["house", "telegram", "world"]

GROUP, SUPERGROUP = -4001, -100_4001
RISK = "He says he wants to kill himself."
ALERT = (
    "A comment has come in that may be urgent.\n\n"
    "If nobody has read it yet, read it now on the staff pages:\n"
    "https://survey.example/staff/comments"
)
WAITS = "SELECT kind, status, reason FROM outbox"
MOVES = "SELECT named, moved_to FROM staff_chat"
KICKED = "Forbidden: bot was kicked from the group chat"


@pytest.fixture
async def group(house: House, telegram: FakeTelegram) -> Group:
    """The staff's own, which the settings name from this life on."""
    made = telegram.group(GROUP, "SEND duty")
    await lives_again(house, GROUP)
    return made


async def lives_again(house: House, staff_chat: int | None) -> None:
    await house.stop()
    house.staff_chat = staff_chat
    await house.start()


async def is_urgent(house: House, words: str = RISK) -> None:
    """A parent writes urgent words on the web; whatever is due is sent."""
    world = house.world
    place = await world.begins(world.invite()[0])
    await house.service.take(world.turn(place, Filled("o1", (words,))))
    await house.sent()


def texts(telegram: FakeTelegram, chat: int) -> list[str]:
    return [sent.text for sent in telegram.messages_to(chat)]


async def test_b07_staff_are_told_where_to_look_and_nothing_else(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    await is_urgent(house)
    assert texts(telegram, GROUP) == [ALERT]
    assert house.world.rows(WAITS) == []


async def test_b07_the_parent_in_the_chat_is_answered_and_the_group_hears_no_word_of_it(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    parent = telegram.parent(8812, "Jo Bloggs")
    await at_the_comment(parent, house.world)
    parent.sends(RISK)
    await parent.receives("call 999")
    await house.quiet()
    assert texts(telegram, GROUP) == [ALERT]


async def test_b07_a_group_that_moved_is_told_once_and_then_directly(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    group.becomes_supergroup(SUPERGROUP)
    await is_urgent(house)
    assert texts(telegram, SUPERGROUP) == [ALERT]
    assert house.world.rows(MOVES) == [(str(GROUP), str(SUPERGROUP))]
    asked = len(telegram.calls("sendMessage", status=400))
    await lives_again(house, GROUP)
    await is_urgent(house)
    assert texts(telegram, SUPERGROUP) == [ALERT, ALERT]
    assert asked == len(telegram.calls("sendMessage", status=400)) == 1
    assert house.world.rows(WAITS) == []


async def test_b07_a_group_that_moved_twice_is_found(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    group.becomes_supergroup(SUPERGROUP)
    await is_urgent(house)
    Group(telegram, telegram.world.chats[SUPERGROUP]).becomes_supergroup(-100_4002)
    await is_urgent(house)
    assert texts(telegram, -100_4002) == [ALERT]
    assert house.world.rows(MOVES) == [(str(GROUP), "-1004002")]


async def test_b07_a_group_that_refuses_is_tried_each_hour_and_staff_can_know(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    clock, chat = house.world.clock, StaffChat(GROUP)
    telegram.world.chats[GROUP].is_blocked = True
    began = clock()
    await is_urgent(house)
    await is_urgent(house)
    assert house.world.rows(WAITS) == [("alert", "queued", KICKED)]
    assert chat.undelivered_since(house.world.reader, clock()) == began
    assert len(telegram.calls("sendMessage", status=403)) == 1
    telegram.world.chats[GROUP].is_blocked = False
    clock.forward(hours=1)
    house.outbox.wake()
    await house.sent()
    assert texts(telegram, GROUP) == [ALERT]
    assert chat.undelivered_since(house.world.reader, clock()) is None


async def test_an_alert_that_cannot_leave_for_ten_minutes_is_known_to_staff(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    clock, chat = house.world.clock, StaffChat(GROUP)
    telegram.scripts.fail("sendMessage", Refusal(502, "Bad Gateway"))
    began = clock()
    await is_urgent(house)
    assert chat.undelivered_since(house.world.reader, clock()) is None
    assert chat.undelivered_since(house.world.reader, clock().replace(minute=11)) == began
    clock.forward(minutes=1)
    house.outbox.wake()
    await house.sent()
    assert texts(telegram, GROUP) == [ALERT]


async def test_another_group_in_the_settings_is_told_what_the_first_refused(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    telegram.world.chats[GROUP].is_blocked = True
    await is_urgent(house)
    telegram.group(-4009)
    await lives_again(house, -4009)
    await telegram.until(lambda: texts(telegram, -4009) != [])
    await house.sent()
    assert texts(telegram, -4009) == [ALERT]


async def test_without_a_group_in_the_settings_nobody_is_told_any_more(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    telegram.world.chats[GROUP].is_blocked = True
    await is_urgent(house)
    await lives_again(house, None)
    async with asyncio.timeout(5):
        while house.world.rows(WAITS):
            await asyncio.sleep(0.005)
    await is_urgent(house)
    assert house.world.rows(WAITS) == []


async def test_an_alert_that_a_crash_left_claimed_is_sent_again(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    await house.kill()
    house.world.writer.one(lambda db, now: outbox.add_alert(db, "telegram", "staff_alert", now))
    house.world.writer.one(lambda db, now: outbox.claim(db, now, 1))
    await house.start()
    await house.sent()
    assert texts(telegram, GROUP) == [ALERT]


async def test_only_what_newly_waits_is_told(
    house: House, telegram: FakeTelegram, group: Group
) -> None:
    world = house.world
    place = await world.begins(world.invite()[0])
    said = (
        Filled("o1", (RISK,)),
        Filled("o1", (RISK,)),
        Filled("o2", ("More therapy please.",)),
        Filled("o1", ("He said again that he wants to kill himself.",)),
        Overheard("He wants to kill himself. I wrote it before."),
    )
    for each in said:
        await house.service.take(world.turn(place, each))
        await house.sent()
    assert world.rows("SELECT count(*) FROM safeguarding_case") == [(2,)]
    assert texts(telegram, GROUP) == [ALERT] * 3


async def test_an_alert_is_of_the_transaction_that_keeps_the_words(
    house: House, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(outbox, "add_alert", no_room)
    with pytest.raises(RuntimeError):
        await is_urgent(house)
    assert house.world.rows("SELECT * FROM safeguarding_case") == []
    assert house.world.rows("SELECT * FROM answer WHERE question_key = 'o1'") == []

"""Who can be written to, and what people do."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.fake_telegram import FakeTelegram


async def test_a_tap_can_be_acknowledged_until_it_is_too_old(
    telegram: FakeTelegram, bot: Bot
) -> None:
    parent = telegram.parent(1)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="x")]])
    await bot.send_message(1, "x", reply_markup=keyboard)
    tap = parent.taps(await parent.receives(), "a")
    assert await bot.answer_callback_query(tap)
    telegram.world.clock += 20 * 60
    for stale in (tap, "12345"):
        with pytest.raises(BadRequest, match=r"(?i)query is too old and response timeout expired"):
            await bot.answer_callback_query(stale)
    telegram.methods.callback_seconds = 30 * 60
    assert await bot.answer_callback_query(tap)


async def test_who_cannot_be_written_to(telegram: FakeTelegram, bot: Bot) -> None:
    stranger = telegram.parent(1, started=False)
    blocker, gone = telegram.parent(2), telegram.parent(3)
    blocker.blocks()
    gone.leaves_telegram()
    for chat_id, error, why in [
        (1, Forbidden, "bot can't initiate conversation with a user"),
        (2, Forbidden, "bot was blocked by the user"),
        (3, Forbidden, "user is deactivated"),
        (4, BadRequest, r"(?i)chat not found"),
    ]:
        with pytest.raises(error, match=why):
            await bot.send_message(chat_id, "x")
    stranger.sends("/start")
    blocker.unblocks()
    assert await bot.send_message(1, "x")
    assert await bot.send_message(2, "x")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message("@nobody", "x")


async def test_a_group_that_moved_names_its_new_id(telegram: FakeTelegram, bot: Bot) -> None:
    group = telegram.group(-5)
    group.becomes_supergroup(-1005)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-5, "x")
    assert moved.value.new_chat_id == -1005
    assert await bot.send_message(-1005, "x")


async def test_in_a_group_a_bot_reads_commands_only(telegram: FakeTelegram, bot: Bot) -> None:
    member = telegram.group(-5).member(7)
    assert member.sends("hello") is None
    member.sends("/start code")
    [update] = await bot.get_updates()
    assert update.message
    assert (update.message.chat.id, update.message.from_user and update.message.from_user.id) == (
        -5,
        7,
    )


async def test_every_kind_of_message_is_one_the_library_can_read(
    telegram: FakeTelegram, bot: Bot
) -> None:
    parent = telegram.parent(1)
    message_id = parent.sends("hello")
    parent.sends_photo("4")
    parent.sends_sticker()
    parent.sends_voice()
    parent.sends_location()
    parent.sends_contact()
    parent.sends_poll()
    parent.edits(message_id, "bye")
    updates = await bot.get_updates()
    assert len(updates) == 8
    assert updates[1].message
    assert updates[1].message.caption == "4"
    assert updates[-1].edited_message
    assert updates[-1].edited_message.text == "bye"


async def test_waiting_says_what_there_was_instead(telegram: FakeTelegram, bot: Bot) -> None:
    parent = telegram.parent(1)
    await bot.send_message(1, "hello")
    with pytest.raises(AssertionError, match=r"no new message with 'bye'; there are: .*hello"):
        await parent.receives("bye", seconds=0.01)
    with pytest.raises(AssertionError, match="getMe 200, sendMessage 200"):
        await telegram.until(lambda: False, seconds=0.01)

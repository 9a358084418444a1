"""What every request meets: the token, the method, limits, trouble on the way."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter

from tests.bot.fake_telegram.raw import Raw, refused
from tests.fake_telegram import FakeTelegram, Refusal


async def test_a_bot_knows_itself(bot: Bot, raw: Raw) -> None:
    assert (await bot.get_me()).username == "sendvoice_test_bot"
    assert (await raw("getMe"))["result"]["is_bot"] is True


async def test_a_wrong_token_and_an_unknown_method_are_refused(
    telegram: FakeTelegram, raw: Raw
) -> None:
    assert await refused(raw, "sendPigeon") == "Not Found: method not found"
    stray = Bot("8000000001:wrong", base_url=f"{telegram.api}/bot")
    with pytest.raises(InvalidToken):
        await stray.initialize()
    await stray.shutdown()


async def test_commands_are_checked(bot: Bot, raw: Raw, telegram: FakeTelegram) -> None:
    await bot.set_my_commands([("start", "Begin")])
    assert telegram.world.menus[""] == [{"command": "start", "description": "Begin"}]
    assert "COMMAND_INVALID" in await refused(
        raw, "setMyCommands", commands=[{"command": "Start!", "description": "x"}]
    )
    assert "DESCRIPTION_INVALID" in await refused(
        raw, "setMyCommands", commands=[{"command": "start", "description": ""}]
    )
    assert "expected an Array" in await refused(raw, "setMyCommands", commands={})


async def test_the_nth_call_can_be_told_to_wait(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.parent(1)
    telegram.scripts.fail(
        "sendMessage", Refusal(429, "Too Many Requests: retry after 7", retry_after=7), after=2
    )
    await bot.send_message(1, "a")
    await bot.send_message(1, "b")
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(1, "c")
    assert wait.value.retry_after == timedelta(seconds=7)
    await bot.send_message(1, "c")
    assert [sent.text for sent in telegram.messages_to(1)] == ["a", "b", "c"]


async def test_too_many_in_one_second_must_wait(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.parent(1)
    telegram.scripts.per_second = 2
    await bot.send_message(1, "a")
    await bot.send_message(1, "b")
    with pytest.raises(RetryAfter):
        await bot.send_message(1, "c")


async def test_an_outage_a_lost_answer_and_a_held_call(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.parent(1)
    telegram.scripts.is_down = True
    with pytest.raises(NetworkError):
        await bot.send_message(1, "a")
    telegram.scripts.is_down = False
    telegram.scripts.lose_answer("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(1, "b")
    release = telegram.scripts.hold("sendMessage")
    held = asyncio.create_task(bot.send_message(1, "c"))
    await asyncio.wait([held], timeout=0.05)
    assert not held.done()
    release.set()
    await held
    assert [sent.text for sent in telegram.messages_to(1)] == ["b", "c"]


async def test_every_request_is_remembered(telegram: FakeTelegram, bot: Bot, raw: Raw) -> None:
    telegram.parent(1)
    await bot.send_message(1, "a")
    await refused(raw, "sendMessage", chat_id=2, text="b")
    sent, failed = telegram.calls("sendMessage")
    assert (sent.status, sent.parameters["text"]) == (200, "a")
    assert (failed.status, failed.description) == (400, "Bad Request: chat not found")
    async with aiohttp.ClientSession() as session:
        await session.get(f"{telegram.api}/file/bot{telegram.token}/photo.jpg")
    assert len(telegram.calls("file")) == 1

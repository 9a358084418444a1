"""How updates are delivered: until they are confirmed, to one reader alone."""

import asyncio
import json
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict

from tests.bot.fake_telegram.raw import Raw
from tests.fake_telegram import FakeTelegram


async def test_an_update_is_delivered_until_a_higher_offset(
    telegram: FakeTelegram, raw: Raw
) -> None:
    parent = telegram.parent(1)
    for text in "abc":
        parent.sends(text)

    async def texts(**given: Any) -> list[str]:
        result = (await raw("getUpdates", **given))["result"]
        return [update["message"]["text"] for update in result]

    assert await texts() == ["a", "b", "c"]
    assert await texts(limit=2) == ["a", "b"]
    assert await texts(offset=9001) == ["a", "b", "c"]
    assert await texts(offset=9002) == ["b", "c"]
    assert await texts() == ["b", "c"]
    assert await texts(offset=-1) == ["c"]
    assert await texts(offset=9004) == []
    telegram.redeliver(9001)
    assert await texts() == ["a"]


async def test_what_a_dead_bot_never_confirmed_comes_again_to_the_next_one(
    telegram: FakeTelegram, bot: Bot
) -> None:
    parent = telegram.parent(8812)
    for words in ("one", "two", "three"):
        parent.sends(words)
    first_life = await bot.get_updates()
    assert [each.update_id for each in first_life] == [9001, 9002, 9003]
    await bot.get_updates(offset=9002)
    second_life = await bot.get_updates()
    assert [each.update_id for each in second_life] == [9002, 9003]
    assert telegram.updates.handed_out == {9001: 1, 9002: 3, 9003: 3}
    assert [each["update_id"] for each in telegram.updates.confirmed] == [9001]


async def test_an_update_delivered_again_is_not_forgotten_by_a_higher_offset(
    telegram: FakeTelegram, bot: Bot
) -> None:
    parent = telegram.parent(8812)
    parent.sends("one")
    parent.sends("two")
    await bot.get_updates(offset=9003)
    telegram.redeliver(9001)
    again = await bot.get_updates(offset=9003)
    assert [each.update_id for each in again] == [9001]
    assert [each.update_id for each in await bot.get_updates(offset=9003)] == []


async def test_a_long_poll_returns_at_once_when_there_is_news(
    telegram: FakeTelegram, bot: Bot
) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: telegram.updates._poll == 1)
    telegram.parent(1).sends("hello")
    async with asyncio.timeout(2):
        assert len(await waiting) == 1


async def test_a_poll_without_news_comes_back_empty(telegram: FakeTelegram, raw: Raw) -> None:
    assert (await raw("getUpdates", timeout=0.01))["result"] == []
    assert telegram.calls("getUpdates", status=200)


async def test_only_the_kinds_asked_for_are_kept(telegram: FakeTelegram, raw: Raw) -> None:
    parent = telegram.parent(1)
    parent.blocks()
    assert len((await raw("getUpdates"))["result"]) == 1
    await raw("getUpdates", offset=9002, allowed_updates=json.dumps(["message"]))
    parent.unblocks()
    [update] = (await raw("getUpdates"))["result"]
    assert "message" in update


async def test_a_second_poller_ends_the_first(telegram: FakeTelegram, bot: Bot, raw: Raw) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: telegram.updates._poll == 1)
    assert (await raw("getUpdates"))["ok"]
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_a_webhook_and_polling_exclude_each_other(telegram: FakeTelegram, bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)an HTTPS URL must be provided"):
        await bot.set_webhook("http://example.org")
    with pytest.raises(BadRequest, match="only on ports"):
        await bot.set_webhook("https://example.org:9000")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://example.org", secret_token="with a space")
    await bot.set_webhook("https://example.org/hook")
    telegram.parent(1).sends("hello")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://example.org/hook", 1)
    with pytest.raises(Conflict, match=r"webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()

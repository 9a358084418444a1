"""The channel polls, takes turns in order, and goes on whatever Telegram or the disk does."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram import handling, receive
from bot.channels.telegram.service import TelegramChannel
from bot.ports import DeliveryFailed, Outgoing, Turn, Turned
from tests.bot.channels.telegram_notebook import (
    Notebook,
    channel,
    no_waiting,
    notebook,
    running,
    telegram,
)
from tests.fake_telegram import FakeTelegram, Refusal

__all__ = ["channel", "no_waiting", "notebook", "running", "telegram"]

pytestmark = pytest.mark.usefixtures("no_waiting")


async def test_it_introduces_itself_and_takes_a_webhook_away(
    telegram: FakeTelegram, notebook: Notebook, running: asyncio.Task[None]
) -> None:
    telegram.world.webhook = "https://example.org/left-behind"
    telegram.parent(1).sends("hello")
    await telegram.until(lambda: notebook.taken == [("1", "hello")])
    assert telegram.world.webhook == ""
    assert [each["command"] for each in telegram.world.menus[""]][:3] == ["start", "back", "skip"]
    assert not running.done()


async def test_without_its_list_of_commands_it_works_all_the_same(
    telegram: FakeTelegram, notebook: Notebook, channel: TelegramChannel
) -> None:
    telegram.scripts.fail("setMyCommands", Refusal(400, "Bad Request: BOT_COMMAND_INVALID"))
    telegram.parent(1).sends("hello")
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    await telegram.until(lambda: notebook.taken == [("1", "hello")])
    stop.set()
    await task


async def test_while_telegram_is_down_it_tries_again_and_waits_longer(
    telegram: FakeTelegram, notebook: Notebook, channel: TelegramChannel, no_waiting: list[float]
) -> None:
    telegram.scripts.fail("getMe", Refusal(502, "Bad Gateway"), times=7)
    telegram.parent(1).sends("hello")
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    await telegram.until(lambda: bool(notebook.taken))
    assert no_waiting == [1, 2, 4, 8, 16, 30, 30]
    stop.set()
    await task


async def test_it_can_be_stopped_while_telegram_cannot_be_reached(
    telegram: FakeTelegram, notebook: Notebook, channel: TelegramChannel
) -> None:
    telegram.scripts.is_down = True
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    await telegram.until(lambda: len(telegram.calls("getMe")) > 1)
    stop.set()
    async with asyncio.timeout(2):
        await task


async def test_a_refused_token_is_logged_and_the_service_goes_on(
    telegram: FakeTelegram, notebook: Notebook
) -> None:
    channel = TelegramChannel("8000000001:wrong-token", telegram.api, (), "Anytown")
    stop = asyncio.Event()
    with capture_logs() as logs:
        task = asyncio.create_task(channel.run(notebook, stop))
        await telegram.until(lambda: len(telegram.calls("getMe", status=401)) > 1)
        assert not task.done()
        stop.set()
        await task
    assert logs[0]["event"] == "telegram_token_refused"
    assert "wrong-token" not in str(logs)


async def test_it_stops_at_once_in_the_middle_of_a_long_poll(
    telegram: FakeTelegram, notebook: Notebook, channel: TelegramChannel
) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    await telegram.until(lambda: telegram.updates._poll == 1)
    stop.set()
    async with asyncio.timeout(1):
        await task


async def test_the_read_position_moves_only_after_the_turns_are_committed(
    telegram: FakeTelegram, notebook: Notebook, running: asyncio.Task[None]
) -> None:
    notebook.gates["a"] = asyncio.Event()
    telegram.parent(1).sends("a")
    await telegram.until(lambda: notebook.tries == 1)
    polls = len(telegram.calls("getUpdates"))
    await asyncio.sleep(0.02)
    assert len(telegram.updates.pending) == 1
    assert len(telegram.calls("getUpdates")) == polls
    notebook.gates["a"].set()
    await telegram.confirmed()
    assert not running.done()


async def test_one_chat_is_in_order_and_no_chat_waits_for_another(
    telegram: FakeTelegram, notebook: Notebook, channel: TelegramChannel
) -> None:
    slow, quick = telegram.parent(1), telegram.parent(2)
    notebook.gates["1a"] = asyncio.Event()
    for text in ("1a", "1b", "1c"):
        slow.sends(text)
    for text in ("2a", "2b"):
        quick.sends(text)
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    await telegram.until(lambda: len(notebook.taken) == 2)
    assert notebook.taken == [("2", "2a"), ("2", "2b")]
    notebook.gates["1a"].set()
    await telegram.confirmed()
    assert notebook.taken[2:] == [("1", "1a"), ("1", "1b"), ("1", "1c")]
    stop.set()
    await task


async def test_a_turn_that_fails_is_tried_again(
    telegram: FakeTelegram,
    notebook: Notebook,
    running: asyncio.Task[None],
    no_waiting: list[float],
) -> None:
    notebook.failures = [OSError("disk full")] * 2
    telegram.parent(1).sends("a")
    await telegram.confirmed()
    assert notebook.taken == [("1", "a")]
    assert no_waiting == [1, 2]
    assert telegram.messages_to(1) == []
    assert not running.done()


async def test_a_turn_that_cannot_be_kept_is_told_and_the_next_family_is_served(
    telegram: FakeTelegram, notebook: Notebook, running: asyncio.Task[None]
) -> None:
    notebook.failures = [OSError("Sam said: secret")] * 3
    parent = telegram.parent(1, "Sam")
    with capture_logs() as logs:
        parent.sends("secret")
        told = await parent.receives("not saved")
        telegram.parent(2).sends("b")
        await telegram.confirmed()
    assert told.text.startswith("Sorry")
    assert notebook.taken == [("2", "b")]
    assert len([each for each in logs if each["event"] == "turn_failed"]) == 3
    assert "secret" not in str(logs)
    assert "Sam" not in str(logs)
    assert not running.done()


async def test_a_turn_that_fails_while_the_service_stops_is_left_unconfirmed(
    telegram: FakeTelegram, notebook: Notebook, channel: TelegramChannel
) -> None:
    notebook.failures = [OSError("disk full")] * 9
    stop = asyncio.Event()
    take = notebook.take

    async def last(turn: Turn) -> Turned:
        stop.set()
        return await take(turn)

    notebook.take = last  # type: ignore[method-assign]  # stops in the middle of a turn
    telegram.parent(1).sends("a")
    async with asyncio.timeout(2):
        await channel.run(notebook, stop)
    assert len(telegram.updates.pending) == 1
    assert telegram.messages_to(1) == []


async def test_an_update_the_library_cannot_read_stops_no_other(
    telegram: FakeTelegram, notebook: Notebook, running: asyncio.Task[None]
) -> None:
    with capture_logs() as logs:
        telegram.updates.add("message", {"text": "secret"})
        telegram.parent(1).sends("b")
        await telegram.confirmed()
    assert notebook.taken == [("1", "b")]
    assert [each["event"] for each in logs].count("update_unreadable") == 1
    assert "secret" not in str(logs)
    assert not running.done()


async def test_a_fault_of_ours_in_one_update_stops_no_other(
    telegram: FakeTelegram,
    notebook: Notebook,
    running: asyncio.Task[None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real: Callable[..., Any] = receive.turn_of

    def broken(bot_id: int, update: Any) -> Any:
        if update.message.text == "a":
            raise KeyError("a")
        return real(bot_id, update)

    monkeypatch.setattr(handling, "turn_of", broken)
    telegram.parent(1).sends("a")
    telegram.parent(1).sends("b")
    await telegram.confirmed()
    assert notebook.taken == [("1", "b")]
    assert not running.done()


@pytest.mark.parametrize(
    "trouble",
    [
        (Refusal(502, "Bad Gateway"), "telegram_unreachable", [1, 2]),
        (Refusal(429, "Too Many Requests", retry_after=20), "telegram_unreachable", [20, 20]),
        (Refusal(409, "Conflict: terminated"), "telegram_conflict", [1, 2]),
    ],
)
async def test_polling_goes_on_after_trouble(
    telegram: FakeTelegram,
    notebook: Notebook,
    channel: TelegramChannel,
    no_waiting: list[float],
    trouble: tuple[Refusal, str, list[float]],
) -> None:
    refusal, event, waits = trouble
    telegram.scripts.fail("getUpdates", refusal, times=2)
    telegram.parent(1).sends("a")
    stop = asyncio.Event()
    with capture_logs() as logs:
        task = asyncio.create_task(channel.run(notebook, stop))
        await telegram.until(lambda: bool(notebook.taken))
    assert no_waiting == waits
    assert [each["event"] for each in logs].count(event) == 2
    stop.set()
    await task


@pytest.mark.parametrize("page", ["<html>Please log in</html>", "[]", '{"error": "proxy"}'])
@pytest.mark.parametrize("method", ["getUpdates", "getMe"])
async def test_a_proxys_page_instead_of_an_answer_is_no_end(
    telegram: FakeTelegram, notebook: Notebook, channel: TelegramChannel, page: str, method: str
) -> None:
    telegram.scripts.garble(method, page)
    telegram.parent(1).sends("a")
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    await telegram.until(lambda: notebook.taken == [("1", "a")])
    stop.set()
    await task


async def test_a_message_answered_by_a_proxy_is_sent_again_not_given_up(
    telegram: FakeTelegram, channel: TelegramChannel, running: asyncio.Task[None]
) -> None:
    telegram.parent(1)
    telegram.scripts.garble("sendMessage", '{"error": "proxy"}')
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(Outgoing(1, "1", "no_code", "en"))
    assert not failed.value.permanent
    assert not running.done()


async def test_b04_an_acknowledgement_that_is_too_late_is_logged_and_nothing_more(
    telegram: FakeTelegram, channel: TelegramChannel, running: asyncio.Task[None]
) -> None:
    parent = telegram.parent(1)
    await channel.send(Outgoing(1, "1", "no_code", "en"))
    with capture_logs() as logs:
        parent.taps_payload(await parent.receives(), "abcdefgh.c.c1.5")
        telegram.world.clock += 20 * 60
        await telegram.until(lambda: bool(telegram.calls("answerCallbackQuery", status=400)))
        parent.sends("next")
        await telegram.confirmed()
    assert [each["event"] for each in logs].count("best_effort_failed") == 1
    assert not running.done()


async def test_acknowledgements_do_not_hold_up_turns_or_the_end(
    telegram: FakeTelegram,
    notebook: Notebook,
    channel: TelegramChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handling, "LAST_SECONDS", 0.05)
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    release = telegram.scripts.hold("answerCallbackQuery")
    parent = telegram.parent(1)
    await channel.send(Outgoing(1, "1", "no_code", "en"))
    parent.taps_payload(await parent.receives(), "abcdefgh.c.c1.5")
    parent.sends("next")
    await telegram.until(lambda: notebook.taken == [("1", "Chosen"), ("1", "next")])
    await telegram.confirmed()
    stop.set()
    async with asyncio.timeout(1):
        await task
    release.set()


async def test_a_message_under_way_is_finished_before_the_bot_is_shut_down(
    telegram: FakeTelegram, notebook: Notebook, channel: TelegramChannel
) -> None:
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    telegram.parent(1)
    release = telegram.scripts.hold("sendMessage")
    sending = asyncio.create_task(channel.send(Outgoing(1, "1", "no_code", "en")))
    await telegram.until(lambda: telegram.updates._poll == 1)
    stop.set()
    await asyncio.wait([task], timeout=0.05)
    assert not task.done()
    release.set()
    await sending
    await task
    assert len(telegram.messages_to(1)) == 1

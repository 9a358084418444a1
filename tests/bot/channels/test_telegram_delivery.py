"""What is sent arrives once, or says why it did not."""

import asyncio

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram.service import TelegramChannel
from bot.channels.telegram.trouble import failure_of, seconds_to_wait
from bot.ports import DeliveryFailed, Outgoing
from tests.bot.channels.telegram_notebook import (
    channel,
    no_waiting,
    notebook,
    running,
    telegram,
)
from tests.fake_telegram import FakeTelegram, Refusal

__all__ = ["channel", "no_waiting", "notebook", "running", "telegram"]

pytestmark = pytest.mark.usefixtures("no_waiting")


@pytest.mark.parametrize(
    ("refusal", "permanent", "retry_after"),
    [
        (Refusal(403, "Forbidden: bot was blocked by the user"), True, None),
        (Refusal(403, "Forbidden: bot can't initiate conversation with a user"), True, None),
        (Refusal(400, "Bad Request: chat not found"), True, None),
        (Refusal(400, "Bad Request: can't parse entities"), False, None),
        (Refusal(429, "Too Many Requests", retry_after=7), False, 7.0),
        (Refusal(502, "Bad Gateway"), False, None),
    ],
)
async def test_b06_b43_a_refusal_says_what_may_be_done_about_it(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    refusal: Refusal,
    permanent: bool,
    retry_after: float | None,
    running: asyncio.Task[None],
) -> None:
    telegram.parent(1)
    telegram.scripts.fail("sendMessage", refusal)
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(Outgoing(1, "1", "no_code", "en"))
    assert (failed.value.permanent, failed.value.retry_after) == (permanent, retry_after)
    assert not running.done()


async def test_b07_a_chat_that_moved_says_where_to(
    telegram: FakeTelegram, channel: TelegramChannel, running: asyncio.Task[None]
) -> None:
    telegram.group(-5).becomes_supergroup(-1005)
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(Outgoing(1, "-5", "group", "en"))
    assert failed.value.moved_to == "-1005"
    assert not failed.value.permanent
    assert not running.done()


async def test_messages_have_no_link_previews(
    telegram: FakeTelegram, channel: TelegramChannel, running: asyncio.Task[None]
) -> None:
    telegram.parent(1)
    await channel.send(Outgoing(1, "1", "no_code", "en"))
    [call] = telegram.calls("sendMessage")
    assert call.parameters["link_preview_options"] == '{"is_disabled": true}'
    assert call.parameters["parse_mode"] == "HTML"
    assert not running.done()


def test_waits_grow_to_half_a_minute_or_to_what_was_asked() -> None:
    lost = NetworkError("x")
    assert [seconds_to_wait(lost, n) for n in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert seconds_to_wait(lost, 5_000) == 30
    assert seconds_to_wait(RetryAfter(100), 0) == 100
    assert seconds_to_wait(RetryAfter(1), 3) == 8


def test_a_reason_never_holds_an_address() -> None:
    assert failure_of(TimedOut("https://api/bot123:secret")).reason == "TimedOut"
    assert failure_of(BadRequest("Chat not found")).permanent

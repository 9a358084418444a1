"""Whatever stands between us and Telegram, and whatever it answers, the channel goes on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.telegram.poll import poll
from bot.channels.telegram.reading import AnswersRequest, UpdatesRequest
from bot.channels.telegram.render import Message
from bot.channels.telegram.send import Post
from bot.ports import DeliveryFailed

GOOD = '{"ok": true, "result": [{"update_id": 7}]}'
NOT_THE_BOT_API = [
    (200, "<html>Please sign in</html>"),
    (200, ""),
    (200, "{}"),
    (200, "[]"),
    (200, "true"),
    (200, "null"),
    (200, '{"ok": true}'),
    (200, '{"ok": "yes", "result": []}'),
    (403, '"no"'),
    (404, "null"),
    (500, "[]"),
    (502, "<html>Bad gateway</html>"),
]
NOT_UPDATES = [
    (200, '{"ok": true, "result": null}'),
    (200, '{"ok": true, "result": {}}'),
    (200, '{"ok": true, "result": [null]}'),
    (200, '{"ok": true, "result": [{"message": {}}]}'),
    (200, '{"ok": true, "result": [{"update_id": "7"}]}'),
]


@dataclass
class Between:
    """A server that answers everything alike."""

    status: int
    body: str
    address: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, _: web.Request) -> web.Response:
        self.asked.set()
        return web.Response(text=self.body, status=self.status)


@asynccontextmanager
async def between(status: int, body: str) -> AsyncIterator[tuple[Between, Bot]]:
    here = Between(status, body)
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", here.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    bot = Bot(
        f"1:{'x' * 35}",
        base_url=f"http://127.0.0.1:{runner.addresses[0][1]}/bot",
        request=AnswersRequest(),
        get_updates_request=UpdatesRequest(),
    )
    await asyncio.gather(*(request.initialize() for request in bot._request))
    try:
        yield here, bot
    finally:
        await asyncio.gather(*(request.shutdown() for request in bot._request))
        await runner.cleanup()


async def polls(
    bot: Bot, handle: Callable[[Update], Awaitable[None]], enough: asyncio.Event
) -> None:
    """Poll until `enough` is set, and a moment longer."""
    stop = asyncio.Event()
    reader = bot._request[0]
    assert isinstance(reader, UpdatesRequest)
    polling = asyncio.create_task(poll(bot, reader, handle, stop))
    async with asyncio.timeout(10):
        await enough.wait()
    await asyncio.wait((polling,), timeout=0.05)
    assert not polling.done(), polling.exception()
    stop.set()
    await polling


async def unwanted(_: Update) -> None:
    raise AssertionError("there is no update in this")


@pytest.mark.parametrize(("status", "body"), [*NOT_THE_BOT_API, *NOT_UPDATES])
async def test_polling_goes_on_whatever_is_answered(status: int, body: str) -> None:
    async with between(status, body) as (here, bot):
        await polls(bot, unwanted, here.asked)
        assert here.asked.is_set()
        with pytest.raises(TelegramError):
            await bot.get_updates()


@pytest.mark.parametrize(("status", "body"), NOT_THE_BOT_API)
async def test_a_message_is_tried_again_later_whatever_is_answered(status: int, body: str) -> None:
    async with between(status, body) as (_, bot):
        with pytest.raises(DeliveryFailed) as failed:
            await Post(bot).send("8812", [Message("x")])
    if status != 403:
        assert not failed.value.permanent
    assert failed.value.retry_after is None


async def test_an_update_nobody_can_read_is_passed_and_the_next_is_read() -> None:
    seen: list[int] = []
    both = asyncio.Event()

    async def handle(update: Update) -> None:
        seen.append(update.update_id)
        if len(seen) > 1:
            both.set()

    unreadable = '{"ok": true, "result": [{"update_id": 6, "message": 3}, {"update_id": 7}]}'
    async with between(200, unreadable) as (_, bot):
        await polls(bot, handle, both)
    assert seen[:2] == [6, 7]

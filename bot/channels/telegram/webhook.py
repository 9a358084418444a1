"""Updates that Telegram posts to us: answered "done" only once their turn is committed.

Whatever is not answered with a 2xx, Telegram posts again, and the delivery keys make a
second one change nothing.
"""

import asyncio
import hmac
import json
from typing import Any

import structlog
from aiohttp import web
from telegram import Bot, Update

from bot.channels.telegram.handling import LAST_SECONDS, Handling
from bot.channels.telegram.poll import ALLOWED
from bot.channels.telegram.reading import is_numbered, read
from bot.channels.telegram.stopping import Stopped
from bot.logs import fault
from bot.ports import NotStored

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LARGEST_UPDATE = 1024 * 1024
"""Bytes: two messages of 4,096 characters, each with its entities, with much room."""

log = structlog.get_logger()


class Webhook:
    """The page that Telegram posts to; until it is opened, and once closed, it answers 503.

    `public_url` has no slash at its end; `secret` is what Telegram must show.
    """

    def __init__(self, bot: Bot, public_url: str, secret: str) -> None:
        self._bot = bot
        self._url = public_url + PATH
        self._secret = secret
        self._handling: Handling | None = None
        self._under_way: set[asyncio.Task[Any]] = set()

    def routes(self) -> list[web.RouteDef]:
        """Its one address."""
        return [web.post(PATH, self._receive)]

    def open(self, handling: Handling) -> None:
        """From now on updates are taken."""
        self._handling = handling

    async def announce(self) -> None:
        """Tell Telegram where to post.

        Raises:
            TelegramError: it does not know now.
        """
        await self._bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=ALLOWED)
        log.info("telegram_webhook_set")

    async def close(self) -> None:
        """Take no more, and let what is under way be answered, but not for long."""
        self._handling = None
        left = list(self._under_way)
        if left:
            await asyncio.wait(left, timeout=LAST_SECONDS)
        for task in left:
            # Unanswered, it is posted again.
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _receive(self, request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(errors="replace"), self._secret.encode()):
            log.warning("webhook_refused", why="the secret is missing or wrong")
            return web.Response(status=403)
        body = await request.clone(client_max_size=LARGEST_UPDATE).read()
        update = _read(body, self._bot)
        if update is None:
            log.warning("webhook_refused", why="what was posted is not an update")
            return web.Response(status=400)
        handling = self._handling
        if handling is None:
            return web.Response(status=503)
        return web.Response(status=await self._take(handling, update))

    async def _take(self, handling: Handling, update: Update) -> int:
        taking = asyncio.ensure_future(_handled(handling, update))
        self._under_way.add(taking)
        taking.add_done_callback(self._under_way.discard)
        return await taking


async def _handled(handling: Handling, update: Update) -> int:
    """The status that says what became of an update."""
    try:
        await handling.once(update)
    except (NotStored, Stopped) as error:
        log.warning("webhook_put_off", **fault(error))
        return 503
    except Exception as error:  # noqa: BLE001 - one update must not come again for ever
        log.error("update_failed", **fault(error))
    return 200


def _read(body: bytes, bot: Bot) -> Update | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    return read(update, bot) if is_numbered(update) else None

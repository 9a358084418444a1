"""The Telegram channel: what the rest of the service holds in its hand."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.handling import Handling
from bot.channels.telegram.menu import set_menus
from bot.channels.telegram.poll import pause, poll
from bot.channels.telegram.reading import AnswersRequest, UpdatesRequest
from bot.channels.telegram.render import House, messages
from bot.channels.telegram.send import Post
from bot.channels.telegram.stopping import Stopped, unless_stopped, wait
from bot.channels.telegram.webhook import Webhook
from bot.logs import fault
from bot.notice.notices import Notices, shipped
from bot.ports import Conversations, Outgoing
from surveys.events import SelectionChanged

_SEND_SECONDS = 20.0

log = structlog.get_logger()


class TelegramChannel:
    """One bot: a `Sender` for the outbox, and the loop that brings parents' turns.

    `api` is where the Bot API is, such as "https://api.telegram.org". `public_url` is where
    parents reach our pages, `contact` how they reach the SEND team, and `notice` what they
    read about privacy (ours where none is given). With a `webhook_secret` Telegram posts the
    turns there, and `routes` must be served; without one they are asked for.
    """

    def __init__(
        self,
        token: str,
        api: str,
        help_numbers: tuple[str, ...],
        council_name: str,
        *,
        public_url: str = "",
        bot_name: str = "",
        webhook_secret: str = "",
        contact: str = "",
        notice: Notices | None = None,
    ) -> None:
        base_url = f"{api}/bot"
        # The library adds the time of the long poll to this one.
        self._updates = UpdatesRequest(connection_pool_size=2, read_timeout=_SEND_SECONDS)
        self._bot = Bot(
            token,
            base_url=base_url,
            request=AnswersRequest(read_timeout=_SEND_SECONDS, pool_timeout=_SEND_SECONDS),
            get_updates_request=self._updates,
        )
        self._post = Post(self._bot)
        self._house = House(
            council_name, help_numbers, public_url, contact, notice or shipped(), bot_name
        )
        self._sending: set[asyncio.Task[None]] = set()
        self._webhook = Webhook(self._bot, public_url, webhook_secret) if webhook_secret else None

    def routes(self) -> list[web.RouteDef]:
        """What the web application serves for this channel."""
        return self._webhook.routes() if self._webhook else []

    async def send(self, outgoing: Outgoing) -> None:
        """Word and deliver one outbox row.

        Raises:
            DeliveryFailed: it was not delivered.
            ValueError: it cannot be put into words.
        """
        sending = asyncio.ensure_future(self._send(outgoing))
        self._sending.add(sending)
        sending.add_done_callback(self._sending.discard)
        await sending

    async def run(self, conversations: Conversations, stop: asyncio.Event) -> None:
        """Take turns until `stop` is set. While Telegram cannot be reached, it is tried again."""
        handling = None
        try:
            await self._until_reached(self._introduce, stop)
            handling = Handling(self._bot, self._post, conversations, stop)
            await self._take_turns(handling, stop)
        except Stopped:
            pass
        finally:
            if self._webhook:
                await self._webhook.close()
            if handling is not None:
                await handling.finish()
            if self._sending:
                await asyncio.wait(self._sending)
            await self._bot.shutdown()

    async def _take_turns(self, handling: Handling, stop: asyncio.Event) -> None:
        if self._webhook is None:
            await poll(self._bot, self._updates, handling, stop)
            return
        # Opened first: what waits at Telegram is posted as soon as it knows the address.
        self._webhook.open(handling)
        await self._until_reached(self._webhook.announce, stop)
        await stop.wait()

    async def _until_reached(
        self, call: Callable[[], Coroutine[Any, Any, None]], stop: asyncio.Event
    ) -> None:
        failures = 0
        while True:
            try:
                await unless_stopped(call(), stop)
            except TelegramError as error:
                await wait(pause(error, failures), stop)
                failures += 1
            else:
                return

    async def _introduce(self) -> None:
        await self._bot.initialize()
        if self._webhook is None:
            await self._bot.delete_webhook()
        log.info("telegram_reached")
        try:
            await set_menus(self._bot)
        except TelegramError as error:
            log.warning("telegram_commands_not_set", **fault(error))

    async def _send(self, outgoing: Outgoing) -> None:
        if await self._changed_in_place(outgoing):
            return
        await self._post.send(outgoing.address, messages(outgoing, self._house))

    async def _changed_in_place(self, outgoing: Outgoing) -> bool:
        """Ticks are shown on the message that was tapped, if it is still there."""
        message_id = outgoing.arguments.get("message_id")
        only_ticks = all(isinstance(event, SelectionChanged) for event in outgoing.events)
        if message_id is None or not outgoing.events or not only_ticks:
            return False
        keyboard = messages(outgoing, self._house)[-1].keyboard
        return keyboard is not None and await self._post.edit_buttons(
            outgoing.address, message_id, keyboard
        )

"""The Telegram channel: what the rest of the service holds in its hand."""

import asyncio

import structlog
from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.channels.telegram.handling import Handling
from bot.channels.telegram.poll import pause, poll
from bot.channels.telegram.reading import AnswersRequest, UpdatesRequest
from bot.channels.telegram.render import House, messages
from bot.channels.telegram.send import Post
from bot.channels.telegram.stopping import Stopped, unless_stopped, wait
from bot.logs import fault
from bot.ports import Conversations, Outgoing
from surveys.events import SelectionChanged

_COMMANDS = (
    BotCommand("start", "Go on with the survey"),
    BotCommand("back", "Go back one question"),
    BotCommand("skip", "Skip this question"),
    BotCommand("help", "What you can type"),
    BotCommand("pause", "Stop for now"),
    BotCommand("stop", "No more messages"),
    BotCommand("mydata", "What we hold about you"),
    BotCommand("erase", "Remove your answers"),
    BotCommand("privacy", "How we look after your answers"),
)
_SEND_SECONDS = 20.0

log = structlog.get_logger()


class TelegramChannel:
    """One bot: a `Sender` for the outbox, and the loop that brings parents' turns.

    `api` is where the Bot API is, such as "https://api.telegram.org".
    """

    def __init__(
        self, token: str, api: str, help_numbers: tuple[str, ...], council_name: str
    ) -> None:
        base_url = f"{api}/bot"
        self._bot = Bot(
            token,
            base_url=base_url,
            request=AnswersRequest(read_timeout=_SEND_SECONDS, pool_timeout=_SEND_SECONDS),
            # The library adds the time of the long poll to this one.
            get_updates_request=UpdatesRequest(connection_pool_size=2, read_timeout=_SEND_SECONDS),
        )
        self._post = Post(self._bot)
        self._house = House(council_name, help_numbers)
        self._sending: set[asyncio.Task[None]] = set()

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
        """Poll until `stop` is set. While Telegram cannot be reached, it is tried again."""
        handling = None
        try:
            await self._begin(stop)
            handling = Handling(self._bot, self._post, conversations, stop)
            await poll(self._bot, handling, stop)
        except Stopped:
            pass
        finally:
            if handling is not None:
                await handling.finish()
            if self._sending:
                await asyncio.wait(self._sending)
            await self._bot.shutdown()

    async def _begin(self, stop: asyncio.Event) -> None:
        failures = 0
        while True:
            try:
                await unless_stopped(self._introduce(), stop)
            except TelegramError as error:
                await wait(pause(error, failures), stop)
                failures += 1
            else:
                log.info("telegram_reached")
                return

    async def _introduce(self) -> None:
        await self._bot.initialize()
        await self._bot.delete_webhook()
        try:
            await self._bot.set_my_commands(_COMMANDS)
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

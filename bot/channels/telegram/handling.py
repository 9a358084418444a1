"""What is done with one update: a turn is taken, a tap is acknowledged after it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog
from telegram import Bot, CallbackQuery, Update
from telegram.error import TelegramError

from bot.channels.telegram import keyboards, payload, wording
from bot.channels.telegram.continued import Continued
from bot.channels.telegram.receive import is_from_group, turn_of
from bot.channels.telegram.render import Message
from bot.channels.telegram.send import Post
from bot.channels.telegram.stopping import wait
from bot.channels.telegram.telling import Telling
from bot.logs import fault
from bot.ports import Conversations, DeliveryFailed, NotStored, Turn, Turned, TurnStatus
from bot.words import ENGLISH, Words

MOST_TRIES = 3
FIRST_WAIT = 1.0
LAST_SECONDS = 2.0

log = structlog.get_logger()


class Handling:
    """Takes updates one by one; never raises but when the service stops."""

    def __init__(
        self, bot: Bot, post: Post, conversations: Conversations, stop: asyncio.Event
    ) -> None:
        self._bot = bot
        self._post = post
        self._conversations = conversations
        self._stop = stop
        self._continued = Continued()
        self._told_groups: set[int] = set()
        self._background: set[asyncio.Task[None]] = set()

    async def __call__(self, update: Update) -> None:
        """Do what an update asks for; returns after its turn is committed.

        Raises:
            Stopped: the service stops before it was; it must be delivered again.
        """
        await self._handle(update, is_sent_again=False)

    async def once(self, update: Update) -> None:
        """The same, where whoever brought the update brings it again until it is taken.

        Raises:
            NotStored: the database could not keep it; it must be delivered again.
            Stopped: the service stops before it was; it must be delivered again.
        """
        await self._handle(update, is_sent_again=True)

    async def _handle(self, update: Update, *, is_sent_again: bool) -> None:
        turn, chat = turn_of(self._bot.id, update), update.effective_chat
        if turn is not None and chat is not None:
            turn = self._continued.whole(update.message, turn)
            await self._turn(update, turn, str(chat.id), is_sent_again=is_sent_again)
        elif is_from_group(update):
            self._tell_group(update)
        elif update.callback_query is None:
            log.info("update_ignored")
        if update.callback_query is not None:
            self._later(self._acknowledge(update.callback_query))

    async def finish(self) -> None:
        """Let what runs in the background end, but not for long."""
        left = list(self._background)
        if left:
            await asyncio.wait(left, timeout=LAST_SECONDS)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _turn(self, update: Update, turn: Turn, address: str, *, is_sent_again: bool) -> None:
        query = update.callback_query
        if query is not None and payload.is_show_answers(query.data or ""):
            looked = await self._conversations.look(turn.place)
            if _is_at(looked, turn):
                self._later(self._show_answers(turn, looked, address))
                return
        await self._take(turn, address, is_sent_again=is_sent_again)

    async def _take(self, turn: Turn, address: str, *, is_sent_again: bool) -> None:
        """Take a turn, again if it fails; the queue must not stand still for one of them."""
        for tries in range(1, MOST_TRIES + 1):
            try:
                await self._conversations.take(turn)
            except NotStored:
                if is_sent_again:
                    raise
                log.error("turn_not_stored", tries=tries)
            except Exception as error:  # noqa: BLE001 - whatever it is, the next family is served
                log.error("turn_failed", tries=tries, **fault(error))
            else:
                return
            if tries < MOST_TRIES:
                await wait(FIRST_WAIT * 2 ** (tries - 1), self._stop)
        self._later(self._say_not_saved(turn, address))

    async def _show_answers(self, turn: Turn, looked: Turned, address: str) -> None:
        """Turn the review's buttons into the list of answers. Nothing is stored."""
        if looked.questionnaire is None or looked.session is None or turn.message_id is None:
            return
        told = Telling(looked.questionnaire, looked.session, turn.run or "")
        await self._post.edit_buttons(address, turn.message_id, keyboards.answers(told))

    def _tell_group(self, update: Update) -> None:
        chat = update.effective_chat
        if chat is not None and chat.id not in self._told_groups:
            self._told_groups.add(chat.id)
            self._later(self._say(str(chat.id), wording.group(Words(ENGLISH))))

    async def _say_not_saved(self, turn: Turn, address: str) -> None:
        try:
            session = (await self._conversations.look(turn.place)).session
        except Exception as error:  # noqa: BLE001 - the words matter more than their language
            log.info("language_unknown", **fault(error))
            session = None
        words = Words(session.language if session else ENGLISH)
        await self._say(address, wording.not_saved(words))

    async def _say(self, address: str, text: str) -> None:
        await self._post.send(address, [Message(text)])

    async def _acknowledge(self, query: CallbackQuery) -> None:
        # After an outage it is "too old": the answer is stored all the same.
        await self._bot.answer_callback_query(query.id)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """Best effort, beside the turns: it may fail and nothing is lost."""
        task = asyncio.create_task(_best_effort(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)


def _is_at(looked: Turned, turn: Turn) -> bool:
    return looked.status is TurnStatus.OK and looked.run is not None and looked.run == turn.run


async def _best_effort(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except (TelegramError, DeliveryFailed) as error:
        log.info("best_effort_failed", **fault(error))

"""Delivers rendered messages, and says in the house's words why one was not delivered."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram.keyboards import Keyboard
from bot.channels.telegram.render import Message
from bot.channels.telegram.trouble import failure_of
from bot.ports import DeliveryFailed

_NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}
_UNCHANGED = "message is not modified"
_NOT_THERE = ("message to edit not found", "message can't be edited", "message_id_invalid")


class Post:
    """Sends to chats."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, address: str, messages: Sequence[Message]) -> None:
        """Send messages to one chat, in order.

        Raises:
            DeliveryFailed: one was not sent, and none after it.
        """
        for message in messages:
            async with _failures_named():
                await self._send(address, message)

    async def edit_buttons(self, address: str, message_id: int, keyboard: Keyboard) -> bool:
        """Change the buttons of a message in place; `False` where it is not there any more.

        Raises:
            DeliveryFailed: it was not changed.
        """
        try:
            async with _failures_named():
                await self._bot.edit_message_reply_markup(
                    chat_id=address,
                    message_id=message_id,
                    api_kwargs=_buttons(keyboard),
                )
        except DeliveryFailed as failure:
            reason = failure.reason.lower()
            if any(words in reason for words in _NOT_THERE):
                return False
            if _UNCHANGED not in reason:
                raise
        return True

    async def _send(self, address: str, message: Message) -> None:
        if message.file_name:
            await self._bot.send_document(
                chat_id=address, document=message.text.encode(), filename=message.file_name
            )
            return
        await self._bot.send_message(
            chat_id=address,
            text=message.text,
            parse_mode=ParseMode.HTML,
            api_kwargs={**_NO_PREVIEW, **_buttons(message.keyboard)},
        )


def _buttons(keyboard: Keyboard | None) -> dict[str, Any]:
    """The buttons as the Bot API has them; half of a message's time went into the library's own."""
    if keyboard is None:
        return {}
    rows = [
        [{"text": each.words, "callback_data": each.payload} for each in row] for row in keyboard
    ]
    return {"reply_markup": {"inline_keyboard": rows}}


@asynccontextmanager
async def _failures_named() -> AsyncIterator[None]:
    try:
        yield
    except TelegramError as error:
        raise failure_of(error) from error

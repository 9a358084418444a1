"""Sending to many by python-telegram-bot's own AIORateLimiter, at the rates it comes with.

As its documentation has it: given to the builder, with retries, since without them what
Telegram refuses once is lost; and a pool of connections for all that is under way.
"""

import asyncio
import logging
import warnings
from collections.abc import Sequence

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder, ExtBot
from telegram.warnings import PTBUserWarning

RETRIES = 1_000
"""More than are needed: it gives nobody up."""


async def send_to_all(token: str, api: str, chats: Sequence[int], at_most: float) -> None:
    """One message to each chat, all handed over at once; stops after `at_most` seconds."""
    # It logs a traceback for each refusal that it does not try again.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", category=PTBUserWarning)
    builder = ApplicationBuilder().token(token).base_url(f"{api}/bot")
    builder = builder.connection_pool_size(len(chats)).pool_timeout(at_most)
    app = builder.rate_limiter(AIORateLimiter(max_retries=RETRIES)).build()
    async with app.bot:
        sends = [asyncio.create_task(_send(app.bot, chat)) for chat in chats]
        _, left = await asyncio.wait(sends, timeout=at_most)
        for send in left:
            send.cancel()
        await asyncio.gather(*sends, return_exceptions=True)


async def _send(bot: ExtBot[int], chat: int) -> None:
    try:
        await bot.send_message(chat, "You are invited to a survey.")
    except TelegramError:
        return

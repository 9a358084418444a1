"""Our own loop over `get_updates`: the read position moves only after the commit.

The position is kept in memory alone. After a restart Telegram delivers again what was
never confirmed, and the delivery keys make that change nothing.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.reading import UpdatesReader
from bot.channels.telegram.stopping import Stopped, unless_stopped, wait
from bot.channels.telegram.trouble import seconds_to_wait
from bot.logs import fault

ALLOWED = ("message", "edited_message", "callback_query")
LONG_POLL_SECONDS = 30
MOST_UPDATES = 100

Handle = Callable[[Update], Awaitable[None]]

log = structlog.get_logger()


async def poll(bot: Bot, reader: UpdatesReader, handle: Handle, stop: asyncio.Event) -> None:
    """Hand over every update until `stop`; what was not handled by then stays unconfirmed.

    `reader` is the bot's own request for updates.
    """
    offset: int | None = None
    failures = 0
    try:
        while True:
            try:
                await unless_stopped(_get(bot, offset), stop)
            except TelegramError as error:
                await wait(pause(error, failures), stop)
                failures += 1
                continue
            failures = 0
            updates = reader.updates
            await _hand_over(updates, handle)
            if updates:
                offset = updates[-1].update_id + 1
    except Stopped:
        return


async def _get(bot: Bot, offset: int | None) -> None:
    await bot.get_updates(
        offset=offset, limit=MOST_UPDATES, timeout=LONG_POLL_SECONDS, allowed_updates=ALLOWED
    )


async def _hand_over(updates: Sequence[Update], handle: Handle) -> None:
    """Chats side by side, the updates of one chat in order."""
    chats: dict[int | None, list[Update]] = defaultdict(list)
    for update in updates:
        chat = update.effective_chat
        chats[chat.id if chat else None].append(update)
    outcomes = await asyncio.gather(
        *(_in_order(of_one_chat, handle) for of_one_chat in chats.values()),
        return_exceptions=True,
    )
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome


async def _in_order(updates: Sequence[Update], handle: Handle) -> None:
    for update in updates:
        try:
            await handle(update)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - one update must not end the channel for everybody
            log.error("update_failed", **fault(error))


def pause(error: TelegramError, failures: int) -> float:
    """Seconds to wait after a failure, which is logged."""
    if isinstance(error, Conflict):
        log.error("telegram_conflict", why="another program reads this bot's updates")
    elif isinstance(error, InvalidToken):
        log.error("telegram_token_refused", why="check telegram_token and telegram_api")
    else:
        log.warning("telegram_unreachable", **fault(error))
    return seconds_to_wait(error, failures)

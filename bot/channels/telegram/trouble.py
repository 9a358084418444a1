"""What errors of Telegram's mean: how long to wait, and what becomes of a message."""

from datetime import timedelta

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.ports import DeliveryFailed

LONGEST_WAIT = 30.0

_GONE = ("chat not found", "user not found", "peer_id_invalid")
_WHY = {
    "blocked by the user": "blocked the bot",
    "can't initiate conversation": "never pressed Start: needs a link by other means",
    "user is deactivated": "left Telegram",
}
"""What Telegram says of somebody it will not reach, and what staff are told."""


def seconds_to_wait(error: TelegramError, failures: int) -> float:
    """1, 2, 4 and so on to 30 seconds, or what the server asked for if that is longer."""
    own = min(2.0 ** min(failures, 10), LONGEST_WAIT)
    return max(own, _asked(error)) if isinstance(error, RetryAfter) else own


def failure_of(error: TelegramError) -> DeliveryFailed:
    """What an error means for the message that was being sent."""
    if isinstance(error, RetryAfter):
        return DeliveryFailed("asked to wait", retry_after=_asked(error))
    if isinstance(error, ChatMigrated):
        return DeliveryFailed("moved", refused=True, moved_to=str(error.new_chat_id))
    if not isinstance(error, BadRequest | Forbidden):
        # What a broken connection says of itself may hold the address, and so the token.
        never_sent = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout)
        return DeliveryFailed(type(error).__name__, uncertain=not never_sent)
    gone = any(words in str(error).lower() for words in _GONE)
    permanent = gone or isinstance(error, Forbidden)
    return DeliveryFailed(_why(str(error)), permanent=permanent, refused=True)


def _why(said: str) -> str:
    return next((why for words, why in _WHY.items() if words in said), said)


def _asked(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)

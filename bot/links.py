"""A parent's own links, by which one conversation goes on in another channel."""

from yarl import URL

from bot.ports import ChatPlace, Turn
from bot.settings import LOOPBACK
from surveys.inputs import Typed

WEB_LINK = "web_link"
"""The outbox message that hands over the personal web link."""

GENERATION = 1
"""Every invitation has its first token still."""

_COMMAND = "/web"


def web(public_url: str, token: str) -> str:
    """The address of the personal web chat."""
    return f"{public_url}/c/{token}"


def open_web(public_url: str, code: str) -> str:
    """The address where anybody may begin."""
    return f"{public_url}/o/{code}"


def telegram(bot_name: str, code: str) -> str:
    """The address that opens the bot with a code; "" where there is no bot."""
    return f"https://t.me/{bot_name}?start={code}" if bot_name else ""


def is_on_this_machine(public_url: str) -> bool:
    """Whether an address leads nobody else anywhere."""
    return URL(public_url).host in LOOPBACK


def asks_for_link(turn: Turn) -> bool:
    """Whether a parent in a chat asks to go on in a browser."""
    said = turn.input
    if not isinstance(turn.place, ChatPlace) or not isinstance(said, Typed):
        return False
    return said.text.strip().partition("@")[0].lower() == _COMMAND

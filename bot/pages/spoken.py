"""The language of a page: the parent's own where it is known, else chosen, else the browser's.

A browser asks for languages by itself, so an unchecked one is not given for the asking:
whoever reads a page of no conversation may be any family.
"""

from collections.abc import Sequence

import structlog
from aiohttp import web

from bot.languages import checked
from bot.logs import fault
from bot.pages.keys import CONVERSATIONS
from bot.ports import WebPlace
from bot.words import ENGLISH, Words

MOST_ASKED = 20
"""More languages than this nobody reads."""

log = structlog.get_logger("bot.pages")


def chosen(request: web.Request) -> str:
    """The code of the language that the address names, or ""; nobody says that it is on offer."""
    return request.query.get("language", "")


def wanted(request: web.Request, offered: Sequence[str]) -> str | None:
    """The language on offer that the address names, else the first that the browser asks for."""
    if chosen(request) in offered:
        return chosen(request)
    for asked in _asked(request.headers.get("Accept-Language", "")):
        for code in (asked, asked.partition("-")[0]):
            if code in offered:
                return code
    return None


def words_for(request: web.Request) -> Words:
    """The words of a page before any conversation, of which English is the last resort."""
    return Words(wanted(request, checked()) or ENGLISH)


async def words_at(request: web.Request) -> Words:
    """The words of a page at any address: of the conversation there, if it is one. Never fails."""
    token = request.match_info.get("token")
    if token is None:
        return words_for(request)
    try:
        session = (await request.app[CONVERSATIONS].look(WebPlace(token))).session
    except Exception as error:  # noqa: BLE001 - the words matter more than their language
        log.info("language_unknown", **fault(error))
        session = None
    return Words(session.language) if session else words_for(request)


def _asked(header: str) -> list[str]:
    """What the header asks for, dearest first, such as "pl-pl", "pl", "en"."""
    weighed = [_weighed(part) for part in header.split(",")[:MOST_ASKED]]
    dearest = sorted(weighed, key=lambda pair: -pair[0])
    return [code for weight, code in dearest if weight > 0]


def _weighed(part: str) -> tuple[float, str]:
    code, _, quality = part.partition(";")
    try:
        weight = float(quality.partition("=")[2] or 1)
    except ValueError:
        weight = 0.0
    return (weight if 0 < weight <= 1 else 0.0), code.strip().lower()

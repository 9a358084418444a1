"""Error pages in the same layout. None of them shows what went wrong inside."""

import traceback
from collections.abc import Mapping

import structlog
from aiohttp import web

from bot.pages.headers import Handler
from bot.pages.render import message
from bot.pages.spoken import words_at

log = structlog.get_logger("bot.pages")

SAY: Mapping[int, tuple[str, str]] = {
    400: ("failed.unreadable", "failed.unreadable.line"),
    403: ("failed.not_allowed", "failed.other_site.line"),
    404: ("failed.not_found", "failed.not_found.line"),
    405: ("failed.not_allowed", "failed.wrong_way.line"),
    413: ("failed.too_long", "failed.too_long.line"),
    500: ("failed.fault", "failed.fault.line"),
}
"""The keys of the heading and the line for each status."""


@web.middleware
async def error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn an HTTP error, or any error, into a page. Our handlers raise no redirects."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return await _page(request, error.status, error.headers.get("Allow"))
    except Exception as error:  # noqa: BLE001 - the last line of defence: logged, then shown as 500
        _report(error)
        return await _page(request, 500, None)


async def _page(request: web.Request, status: int, allow: str | None) -> web.Response:
    words = await words_at(request)
    title, line = map(words.say, SAY.get(status, SAY[400]))
    response = message(request, title, line, status=status, words=words)
    if allow:
        response.headers["Allow"] = allow
    return response


def _report(error: Exception) -> None:
    # The message of an error may hold an answer or a token, so only its kind and place are told.
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    log.error("page failed", error=type(error).__name__, places=places)

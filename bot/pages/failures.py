"""Error pages in the same layout. None of them shows what went wrong inside."""

import traceback
from collections.abc import Mapping

import structlog
from aiohttp import web

from bot.pages.headers import Handler
from bot.pages.render import message

log = structlog.get_logger("bot.pages")

SAY: Mapping[int, tuple[str, str]] = {
    400: (
        "We could not read that",
        "Press Back in your browser and try again. Anything you typed should still be there.",
    ),
    403: (
        "That was not allowed",
        "The page you came from may be too old, or belong to another site. Open your link again.",
    ),
    404: (
        "Page not found",
        "Check each letter of the address. If you were sent a link, open it from the message.",
    ),
    405: ("That was not allowed", "This address cannot be used in that way. Open your link again."),
    413: (
        "That was too long to send",
        "Press Back in your browser. Make your words shorter and send them again.",
    ),
    500: (
        "Sorry, something went wrong",
        "Answers you had sent before this are safe. Wait a few minutes, then open your link again.",
    ),
}


@web.middleware
async def error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn an HTTP error, or any error, into a page. Our handlers raise no redirects."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return _page(request, error.status, error.headers.get("Allow"))
    except Exception as error:  # noqa: BLE001 - the last line of defence: logged, then shown as 500
        _report(error)
        return _page(request, 500, None)


def _page(request: web.Request, status: int, allow: str | None) -> web.Response:
    title, line = SAY.get(status, SAY[400])
    response = message(request, title, line, status=status)
    if allow:
        response.headers["Allow"] = allow
    return response


def _report(error: Exception) -> None:
    # The message of an error may hold an answer or a token, so only its kind and place are told.
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    log.error("page failed", error=type(error).__name__, places=places)

"""The way in by a single-use link, and the way out.

Looking at the link does not spend it: mail programs and chat previews look at links.
"""

from collections.abc import Mapping

from aiohttp import web

from bot.desk.staff import forget, not_signed_in, read_staff_form, remember
from bot.pages.keys import DESK
from bot.pages.render import message, render, see_other

DESTINATIONS: Mapping[str, str] = {"": "/staff/", "strategy": "/staff/strategy"}
"""Where `?to=` may lead. Anything else leads to the first page."""


async def door(request: web.Request) -> web.Response:
    """A page with one button."""
    wanted = request.query.get("to", "")
    to = wanted if wanted in DESTINATIONS else ""
    return render(request, "desk/enter.html", secret=request.match_info["secret"], to=to)


async def enter(request: web.Request) -> web.Response:
    """Spend the link for a session."""
    session_secret = await request.app[DESK].exchange(request.match_info["secret"])
    if session_secret is None:
        return not_signed_in(request)
    to = request.query.get("to", "")
    response = see_other(DESTINATIONS.get(to, DESTINATIONS[""]))
    remember(response, request, session_secret)
    return response


async def leave(request: web.Request, secret: str) -> web.Response:
    """End the session here and on the server."""
    await read_staff_form(request, secret)
    await request.app[DESK].sign_out(secret)
    response = message(request, "You have signed out", "You can close this page.")
    forget(response, request)
    return response

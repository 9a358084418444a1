"""Setting up an account from its single-use link: a password, and an authenticator app.

Looking at the link spends nothing. Posting the form does, once everything in it is right.
"""

from collections.abc import Mapping

from aiohttp import web
from markupsafe import Markup

from bot.desk.cookies import door_of, read_door_form, stand_at, token_of
from bot.desk.enter import let_in, spent
from bot.pages.keys import ACCOUNTS
from bot.pages.render import render
from bot.staff_ports import Faults, SetUpPage


async def form(request: web.Request) -> web.Response:
    """Choose a password, and add this service to an authenticator app."""
    shown = await request.app[ACCOUNTS].set_up_page(request.match_info["secret"])
    return spent(request) if shown is None else _page(request, shown, {})


async def set_up(request: web.Request) -> web.Response:
    """Keep both, and sign in."""
    posted = await read_door_form(request)
    secret = request.match_info["secret"]
    outcome = await request.app[ACCOUNTS].set_up(
        secret, posted.get("password", ""), posted.get("code", "")
    )
    if isinstance(outcome, str):
        return await let_in(request, outcome, "/staff")
    shown = await request.app[ACCOUNTS].set_up_page(secret)
    if isinstance(outcome, Faults) and shown is not None:
        return _page(request, shown, outcome.by_field)
    return spent(request)


def in_fours(key: str) -> str:
    """A key to type, in groups of four."""
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def _page(request: web.Request, shown: SetUpPage, faults: Mapping[str, str]) -> web.Response:
    door = door_of(request)
    response = render(
        request,
        "desk/set_up.html",
        status=422 if faults else 200,
        home="/staff",
        token=token_of(door),
        secret=request.match_info["secret"],
        shown=shown,
        # Drawn by ourselves from a base32 key and a percent-encoded address.
        qr=Markup(shown.qr),  # noqa: S704
        key=in_fours(shown.key),
        faults=faults,
    )
    stand_at(response, request, door)
    return response

"""The ways in and out: the sign-in form, and a demonstration's single-use link.

Looking at the link does not spend it: mail programs and chat previews look at links.
"""

import ipaddress
from collections.abc import Mapping

from aiohttp import web

from bot.desk.cookies import (
    door_of,
    forget,
    read_door_form,
    remember,
    session_of,
    stand_at,
    token_of,
)
from bot.desk.staff import first_page, page_to, sign_in_page
from bot.pages.keys import ACCOUNTS
from bot.pages.render import message, render, see_other
from bot.staff_ports import SignInAttempt, SignInRefusal, Staff

DESTINATIONS: Mapping[str, str] = {"strategy": "/staff/strategy"}
"""Where `?to=` may lead. Anything else leads to the first page."""

REFUSED: Mapping[SignInRefusal, tuple[int, str]] = {
    SignInRefusal.WRONG: (
        422,
        (
            "The e-mail address, password or code is wrong. After 5 wrong tries an account waits,"
            " first for a minute and then for longer, and refuses even what is right."
        ),
    ),
    SignInRefusal.TOO_MANY: (
        429,
        "There were too many wrong tries from where you are. Wait 15 minutes, then try again.",
    ),
}


async def sign_in_form(request: web.Request) -> web.Response:
    """One form: e-mail address, password, code."""
    return sign_in_page(request)


async def sign_in(request: web.Request) -> web.Response:
    """Let somebody in, or say no more than that it did not work."""
    form = await read_door_form(request)
    email, to = form.get("email", ""), form.get("to", "")
    attempt = SignInAttempt(
        email, form.get("password", ""), form.get("code", ""), address_of(request)
    )
    outcome = await request.app[ACCOUNTS].sign_in(attempt)
    if isinstance(outcome, SignInRefusal):
        status, fault = REFUSED[outcome]
        return sign_in_page(request, status=status, to=to, email=email, fault=fault)
    return await let_in(request, outcome, page_to(to))


async def let_in(request: web.Request, secret: str, to: str) -> web.Response:
    """Begin the session `secret` in this browser, and end the one it had."""
    if before := session_of(request):
        await request.app[ACCOUNTS].sign_out(before)
    response = see_other(to)
    remember(response, request, secret)
    return response


async def door(request: web.Request) -> web.Response:
    """A page with one button, before a demonstration."""
    return await _door(request)


async def enter(request: web.Request) -> web.Response:
    """Spend the link for a session.

    A browser that was signed in to the same account by another link stays so: the pages that
    it shows in other tabs go on working.
    """
    try:
        await read_door_form(request)
    except web.HTTPForbidden:
        # Two links opened at once: the other tab's door is the one the browser remembers.
        return await _door(request, status=403)
    accounts = request.app[ACCOUNTS]
    secret = await accounts.exchange(request.match_info["secret"])
    if secret is None:
        return spent(request)
    to = DESTINATIONS.get(request.query.get("to", ""), "/staff")
    before = session_of(request)
    was = await accounts.who(before, active=True) if before else None
    is_now = await accounts.who(secret, active=True)
    if was is not None and is_now is not None and was.account_id == is_now.account_id:
        await accounts.sign_out(secret)
        return see_other(to)
    return await let_in(request, secret, to)


async def _door(request: web.Request, *, status: int = 200) -> web.Response:
    if not await request.app[ACCOUNTS].has_sign_in_link(request.match_info["secret"]):
        return spent(request)
    door_secret = door_of(request)
    to = request.query.get("to", "")
    response = render(
        request,
        "desk/enter.html",
        status=status,
        home="/staff",
        token=token_of(door_secret),
        secret=request.match_info["secret"],
        to=to if to in DESTINATIONS else "",
        again=status != 200,  # noqa: PLR2004 - shown as it was asked for
    )
    stand_at(response, request, door_secret)
    return response


async def leave(request: web.Request, _who: Staff) -> web.Response:
    """End the session here and on the server."""
    await request.app[ACCOUNTS].sign_out(session_of(request))
    response = message(request, "You have signed out", "You can close this page.")
    forget(response, request)
    return response


async def begin(_request: web.Request, who: Staff) -> web.Response:
    """On to the first page of one's own."""
    return see_other(first_page(who))


def spent(request: web.Request) -> web.Response:
    """A link that was used, or is too old."""
    return message(
        request,
        "This link does not work any more",
        "Each link works once, and only for a while. If it was yours, you may be signed in"
        " already: open the staff pages and sign in.",
        "Otherwise ask the person who sent it to send you a new one.",
        status=404,
    )


def address_of(request: web.Request) -> str:
    """Where a request comes from: behind a proxy on this machine, what the proxy says."""
    remote = request.remote or ""
    hops = ",".join(request.headers.getall("X-Forwarded-For", []))
    # Only the last hop was written by our own proxy; whoever asked may have made up the rest.
    last = hops.rpartition(",")[2].strip()
    return last if last and _is_here(remote) else remote


def _is_here(remote: str) -> bool:
    try:
        return ipaddress.ip_address(remote).is_loopback
    except ValueError:
        return False

"""Who is staff: the session cookie, and the token that proves a form is from our own page."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from functools import wraps

from aiohttp import web
from multidict import MultiDict

from bot.pages.forms import read_form
from bot.pages.keys import DESK, SETTINGS
from bot.pages.render import message

COOKIE = "sendvoice_staff"
EIGHT_HOURS = 8 * 60 * 60

StaffHandler = Callable[[web.Request, str], Awaitable[web.Response]]
"""A handler that is also given the secret of the staff session."""


def staff_only(handler: StaffHandler) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler for staff, and for anybody else the page that tells how to get in."""

    @wraps(handler)
    async def guarded(request: web.Request) -> web.Response:
        secret = request.cookies.get(COOKIE, "")
        if not secret or not await request.app[DESK].is_staff(secret):
            return not_signed_in(request)
        return await handler(request, secret)

    return guarded


def not_signed_in(request: web.Request) -> web.Response:
    """How a member of staff gets in."""
    return message(
        request,
        "Staff need a new link",
        "This page is for the SEND team. You are not signed in, or eight hours have passed.",
        "On the machine that runs this service type: sendvoice staff link",
        "Then open the link it prints. Each link works once.",
        status=401,
    )


def remember(response: web.Response, request: web.Request, secret: str) -> None:
    """Give the browser the session cookie, for the staff pages only."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=EIGHT_HOURS,
        path="/staff",
        httponly=True,
        samesite="Strict",
        secure=request.app[SETTINGS].secure_cookies,
    )


def forget(response: web.Response, request: web.Request) -> None:
    """Take the session cookie away."""
    secure = request.app[SETTINGS].secure_cookies
    response.del_cookie(COOKIE, path="/staff", httponly=True, samesite="Strict", secure=secure)


def form_token(secret: str) -> str:
    """The token of every form shown in this staff session."""
    return hmac.new(secret.encode(), b"sendvoice staff form", hashlib.sha256).hexdigest()


async def read_staff_form(request: web.Request, secret: str) -> MultiDict[str]:
    """The fields of a form that one of our own pages showed in this session.

    Raises:
        web.HTTPForbidden: it carries no token, or another session's.
    """
    try:
        form = await read_form(request)
    except web.HTTPBadRequest as error:
        raise web.HTTPForbidden from error
    given = form.get("token", "").encode()
    if not hmac.compare_digest(given, form_token(secret).encode()):
        raise web.HTTPForbidden
    return form

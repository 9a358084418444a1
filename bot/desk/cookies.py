"""The two cookies of the staff pages, and the token that proves a form is from our own page.

One holds the session; before there is one, the other gives the sign-in form its token.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping

from aiohttp import web
from multidict import MultiDict

from bot.pages.forms import read_form, read_upload
from bot.pages.keys import SETTINGS

SESSION, DOOR = "sendvoice_staff", "sendvoice_door"
EIGHT_HOURS = 8 * 60 * 60


def session_of(request: web.Request) -> str:
    """The secret of this browser's session, or ""."""
    return request.cookies.get(SESSION, "")


def remember(response: web.StreamResponse, request: web.Request, secret: str) -> None:
    """Give the browser the session cookie, for the staff pages only.

    The door's secret stays: another tab may show a form that has its token.
    """
    _set(response, request, SESSION, secret, EIGHT_HOURS)


def forget(response: web.StreamResponse, request: web.Request) -> None:
    """Take the session cookie away."""
    _forget(response, request, SESSION)


def door_of(request: web.Request) -> str:
    """The secret of the door before which this browser stands, or a new one."""
    return request.cookies.get(DOOR) or secrets.token_urlsafe(24)


def stand_at(response: web.StreamResponse, request: web.Request, door: str) -> None:
    """Let the browser keep the door's secret until it is closed."""
    _set(response, request, DOOR, door, None)


def token_of(secret: str) -> str:
    """The token of every form shown under this secret."""
    return hmac.new(
        secret.encode(errors="replace"), b"sendvoice staff form", hashlib.sha256
    ).hexdigest()


async def check_token(request: web.Request, secret: str) -> None:
    """Refuse a form that none of our own pages showed under this secret.

    Raises:
        web.HTTPForbidden: it carries no token, or another's.
    """
    try:
        posted = await _fields(request)
    except (UnicodeDecodeError, LookupError, ValueError, web.HTTPBadRequest) as error:
        raise web.HTTPForbidden from error
    given = str(posted.get("token", "")).encode(errors="replace")
    if not secret or not hmac.compare_digest(given, token_of(secret).encode()):
        raise web.HTTPForbidden


async def _fields(request: web.Request) -> Mapping[str, object]:
    if request.content_type == "multipart/form-data":
        return (await read_upload(request)).fields
    return await request.post()


async def read_door_form(request: web.Request) -> MultiDict[str]:
    """The fields of a form that was shown to somebody who had not signed in.

    Raises:
        web.HTTPForbidden: it carries no token, or another's.
    """
    await check_token(request, request.cookies.get(DOOR, ""))
    return await read_form(request)


def _set(
    response: web.StreamResponse, request: web.Request, name: str, value: str, life: int | None
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=life,
        path="/staff",
        httponly=True,
        samesite="Strict",
        secure=request.app[SETTINGS].secure_cookies,
    )


def _forget(response: web.StreamResponse, request: web.Request, name: str) -> None:
    secure = request.app[SETTINGS].secure_cookies
    response.del_cookie(name, path="/staff", httponly=True, samesite="Strict", secure=secure)

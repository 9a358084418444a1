"""Posted forms, and the single-use key rendered into each."""

import re
import secrets

from aiohttp import web
from multidict import MultiDict

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_nonce() -> str:
    """A key for one form on one page: posting it twice is one turn."""
    return secrets.token_urlsafe(16)


async def read_form(request: web.Request) -> MultiDict[str]:
    """The fields of a posted form; every line break is a single newline.

    Raises:
        web.HTTPBadRequest: it is not a form, or not text.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPBadRequest
    try:
        posted = await request.post()
    except (UnicodeDecodeError, LookupError) as error:
        raise web.HTTPBadRequest from error
    return MultiDict((name, str(value).replace("\r\n", "\n")) for name, value in posted.items())


def nonce_of(form: MultiDict[str]) -> str:
    """The form's key.

    Raises:
        web.HTTPBadRequest: it has none, or something else in its place.
    """
    nonce = form.get("nonce", "")
    if not _NONCE.fullmatch(nonce):
        raise web.HTTPBadRequest
    return nonce

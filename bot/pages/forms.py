"""Posted forms, and the single-use key rendered into each."""

import re
import secrets
from dataclasses import dataclass

from aiohttp import BodyPartReader, web
from multidict import MultiDict

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Upload:
    """A posted form that brings a file. `file_name` is "" where none was chosen."""

    fields: MultiDict[str]
    file_name: str
    data: bytes


UPLOAD = web.RequestKey("upload", Upload)


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


async def read_upload(request: web.Request) -> Upload:
    """A form with a file, read once and into memory.

    Families' details must not touch the disk, where `request.post` puts a large file.

    Raises:
        web.HTTPBadRequest: it is not such a form, or not text.
        web.HTTPRequestEntityTooLarge: it is larger than the route allows.
    """
    if UPLOAD not in request:
        try:
            request[UPLOAD] = await _read_parts(request)
        except (ValueError, LookupError) as error:
            raise web.HTTPBadRequest from error
    return request[UPLOAD]


async def _read_parts(request: web.Request) -> Upload:
    if request.content_type != "multipart/form-data":
        raise web.HTTPBadRequest
    fields: MultiDict[str] = MultiDict()
    file_name, data, size = "", b"", 0
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise web.HTTPBadRequest
        body = bytearray()
        while chunk := await part.read_chunk():
            body += chunk
            size += len(chunk)
            if size > request.client_max_size:
                raise web.HTTPRequestEntityTooLarge(request.client_max_size, size)
        if part.filename:
            file_name, data = part.filename, bytes(body)
        else:
            fields.add(part.name, body.decode())
    return Upload(fields, file_name, data)


def nonce_of(form: MultiDict[str]) -> str:
    """The form's key.

    Raises:
        web.HTTPBadRequest: it has none, or something else in its place.
    """
    nonce = form.get("nonce", "")
    if not _NONCE.fullmatch(nonce):
        raise web.HTTPBadRequest
    return nonce

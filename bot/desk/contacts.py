"""The council's list of families: chosen, looked at, and then kept."""

import hashlib
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.contacts.columns import Field
from bot.desk.cookies import session_of
from bot.desk.staff import page
from bot.errors import ContactsRefused
from bot.pages.forms import read_form, read_upload
from bot.pages.keys import ROUNDS
from bot.pages.render import see_other
from bot.round_ports import ContactsSeen
from bot.staff_ports import Staff

SHOWN = 100
"""How many faults of a kind the page lists; the others are counted."""


async def overview(request: web.Request, who: Staff) -> web.Response:
    """How many families there are, and the form for a list."""
    return await _page(request, who)


async def look(request: web.Request, who: Staff) -> web.Response:
    """What keeping the list would do. Keeps nothing of it for good."""
    upload = await read_upload(request)
    if not upload.file_name:
        return await _page(request, who, fault="Choose a file, .csv or .xlsx.")
    try:
        seen, key = await request.app[ROUNDS].look_at_list(
            _session(request), upload.data, upload.file_name
        )
    except (ContactsRefused, ValueError) as refusal:
        return await _page(request, who, fault=str(refusal))
    return _seen(request, who, seen, key)


async def look_again(request: web.Request, who: Staff) -> web.Response:
    """What keeping the same list would do with its columns as chosen."""
    form = await read_form(request)
    chosen = {
        field.value: form[f"column-{field.value}"]
        for field in Field
        if f"column-{field.value}" in form
    }
    try:
        seen, key = await request.app[ROUNDS].look_again(
            _session(request), form.get("key", ""), chosen
        )
    except ContactsRefused as refusal:
        return await _page(request, who, fault=str(refusal))
    return _seen(request, who, seen, key)


async def keep(request: web.Request, who: Staff) -> web.Response:
    """Keep the list that was looked at."""
    key = (await read_form(request)).get("key", "")
    try:
        new, changed = await request.app[ROUNDS].keep_list(_session(request), key, who.actor)
    except ContactsRefused as refusal:
        return await _page(request, who, fault=str(refusal))
    return await _page(request, who, kept={"new": new, "changed": changed})


async def give_up(request: web.Request, _who: Staff) -> web.Response:
    """Forget the list that was looked at."""
    key = (await read_form(request)).get("key", "")
    await request.app[ROUNDS].give_up_list(_session(request), key)
    return see_other("/staff/contacts")


def _session(request: web.Request) -> str:
    """What a list is held for: never the session's secret itself."""
    return hashlib.sha256(session_of(request).encode(errors="replace")).hexdigest()


def _seen(request: web.Request, who: Staff, seen: ContactsSeen, key: str) -> web.Response:
    status = 422 if seen.unclear else 200
    return page(
        request,
        who,
        "desk/contacts_seen.html",
        status=status,
        seen=seen,
        key=key,
        shown=SHOWN,
    )


async def _page(
    request: web.Request, who: Staff, *, fault: str = "", kept: Mapping[str, Any] | None = None
) -> web.Response:
    return page(
        request,
        who,
        "desk/contacts.html",
        status=422 if fault else 200,
        families=await request.app[ROUNDS].families(),
        fault=fault,
        kept=kept,
    )

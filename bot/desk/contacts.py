"""The council's list of families: chosen, looked at, and then kept."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.desk.staff import page
from bot.errors import ContactsRefused
from bot.pages.forms import read_form
from bot.pages.keys import ROUNDS
from bot.staff_ports import Staff

SHOWN = 100
"""How many faults of a kind the page lists; the others are counted."""


async def overview(request: web.Request, who: Staff) -> web.Response:
    """How many families there are, and the form for a list."""
    return await _page(request, who)


async def look(request: web.Request, who: Staff) -> web.Response:
    """What keeping the list would do. Keeps nothing of it for good."""
    posted = await request.post()
    file = posted.get("file")
    if not isinstance(file, FileField) or not file.filename:
        return await _page(request, who, fault="Choose a file, .csv or .xlsx.")
    chosen = {
        name.removeprefix("column-"): str(value)
        for name, value in posted.items()
        if name.startswith("column-") and value != "guess"
    }
    with file.file as opened:
        data = opened.read()
    try:
        seen, key = await request.app[ROUNDS].look_at_list(data, file.filename, chosen)
    except (ContactsRefused, ValueError) as refusal:
        return await _page(request, who, fault=str(refusal))
    return page(request, who, "desk/contacts_seen.html", seen=seen, key=key, shown=SHOWN)


async def keep(request: web.Request, who: Staff) -> web.Response:
    """Keep the list that was looked at."""
    key = (await read_form(request)).get("key", "")
    try:
        new, changed = await request.app[ROUNDS].keep_list(key, who.actor)
    except ContactsRefused as refusal:
        return await _page(request, who, fault=str(refusal))
    return await _page(request, who, kept={"new": new, "changed": changed})


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

"""Safeguarding cases: those that are open, one of them, taking it on and closing it."""

from collections.abc import Mapping

from aiohttp import web

from bot.case_ports import ERASED, Reach
from bot.desk.staff import page
from bot.errors import CaseRefused
from bot.pages.forms import read_form
from bot.pages.keys import CLOCK, DESK
from bot.pages.render import see_other
from bot.staff_ports import Staff
from surveys.position import date_in_england
from surveys.roles import Role

TOLD: Mapping[str, str] = {
    "acknowledged": "You have taken this case on.",
    "closed": "The case is closed.",
}


async def count_cases(request: web.Request, who: Staff) -> int:
    """How many cases are open, for a safeguarding lead; nobody else is told."""
    if not who.may([Role.SAFEGUARDING_LEAD]):
        return 0
    return await request.app[DESK].cases.count_waiting()


async def overview(request: web.Request, who: Staff) -> web.Response:
    """Every open case, the oldest first, and those closed in the last 30 days."""
    desk = request.app[DESK].cases
    return page(
        request,
        who,
        "desk/cases.html",
        cases=await desk.waiting(),
        closed=await desk.closed(),
        erased=ERASED,
        today=date_in_england(request.app[CLOCK]()),
        told=TOLD.get(request.query.get("outcome", "")),
    )


async def one(request: web.Request, who: Staff) -> web.Response:
    """One case with what was done about it. How to reach the family is not on it."""
    return await _page(request, who)


async def reach(request: web.Request, who: Staff) -> web.Response:
    """The same with how to reach the family: asked for by a form, and written in the log."""
    try:
        ways = await request.app[DESK].cases.reach(request.match_info["id"], who.actor)
    except CaseRefused as refusal:
        return await _page(request, who, fault=str(refusal))
    return await _page(request, who, ways=ways)


async def acknowledge(request: web.Request, who: Staff) -> web.Response:
    """Whoever is signed in takes the case on."""
    case_id = request.match_info["id"]
    try:
        await request.app[DESK].cases.acknowledge(case_id, who.actor)
    except CaseRefused as refusal:
        return await _page(request, who, fault=str(refusal))
    return see_other(f"/staff/cases/{case_id}?outcome=acknowledged")


async def close(request: web.Request, who: Staff) -> web.Response:
    """Close the case with a note."""
    note = (await read_form(request)).get("note", "")
    try:
        await request.app[DESK].cases.close(request.match_info["id"], note, who.actor)
    except CaseRefused as refusal:
        return await _page(request, who, fault=str(refusal), note=note)
    return see_other("/staff/cases?outcome=closed")


async def _page(
    request: web.Request,
    who: Staff,
    *,
    fault: str = "",
    note: str = "",
    ways: tuple[Reach, ...] | None = None,
) -> web.Response:
    try:
        seen = await request.app[DESK].cases.one(request.match_info["id"])
    except CaseRefused as refusal:
        raise web.HTTPNotFound from refusal
    return page(
        request,
        who,
        "desk/case.html",
        status=422 if fault else 200,
        seen=seen,
        fault=fault,
        note=note,
        ways=ways,
        erased=ERASED,
        today=date_in_england(request.app[CLOCK]()),
        told=TOLD.get(request.query.get("outcome", "")),
    )

"""What was done about what families said: written, corrected or removed."""

from collections.abc import Mapping

from aiohttp import web

from bot import local_time
from bot.desk.round_page import carry_out, entry_fault_at, seen_round, show
from bot.desk.staff import page
from bot.errors import RoundRefused
from bot.pages.forms import read_form
from bot.pages.keys import ROUNDS
from bot.pages.render import see_other
from bot.round_ports import RoundSeen, SaidRow
from bot.saying import LABELS
from bot.staff_ports import Staff


async def write(request: web.Request, who: Staff) -> web.Response:
    """Write a new entry; what is refused stays in its boxes."""
    typed = _typed(await read_form(request))
    round_id = request.match_info["id"]
    try:
        await request.app[ROUNDS].say(round_id, _entry(typed), who.actor)
    except RoundRefused as refusal:
        seen = await seen_round(request)
        return await show(request, who, seen, fault=str(refusal), entry=typed)
    return see_other(f"/staff/rounds/{round_id}?outcome=said")


async def form(request: web.Request, who: Staff) -> web.Response:
    """An entry as it stands, to be corrected or removed."""
    seen = await seen_round(request)
    row = next((each for each in seen.said if each.id == request.match_info["entry"]), None)
    if row is None:
        raise web.HTTPNotFound
    day = f"{row.due_on.day}/{row.due_on.month}/{row.due_on.year}"
    typed = {"said": row.said, "done": row.done, "owner": row.owner, "due_on": day}
    return _page(request, who, seen, typed)


async def correct(request: web.Request, who: Staff) -> web.Response:
    """The entry says this from now on."""
    typed = _typed(await read_form(request))
    seen = await seen_round(request)
    round_id = request.match_info["id"]
    try:
        entry = _entry(typed, request.match_info["entry"])
        await request.app[ROUNDS].say(round_id, entry, who.actor)
    except RoundRefused as refusal:
        return _page(request, who, seen, typed, str(refusal))
    return see_other(f"/staff/rounds/{round_id}?outcome=corrected")


async def remove(request: web.Request, who: Staff) -> web.Response:
    """Take the entry away."""

    async def act(round_id: str) -> str:
        await request.app[ROUNDS].unsay(round_id, request.match_info["entry"], who.actor)
        return "unsaid"

    return await carry_out(request, who, act)


def _typed(filled: Mapping[str, str]) -> dict[str, str]:
    return {name: filled.get(name, "") for name in LABELS}


def _entry(typed: Mapping[str, str], entry_id: str = "") -> SaidRow:
    due_on = local_time.parse_day(typed["due_on"], LABELS["due_on"])
    return SaidRow(typed["said"], typed["done"], typed["owner"], due_on, entry_id)


def _page(
    request: web.Request, who: Staff, seen: RoundSeen, typed: Mapping[str, str], fault: str = ""
) -> web.Response:
    return page(
        request,
        who,
        "desk/round_said.html",
        status=422 if fault else 200,
        round=seen.counts.round,
        entry_id=request.match_info["entry"],
        entry=typed,
        fault=fault,
        fault_at=entry_fault_at(fault),
    )

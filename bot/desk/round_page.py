"""One round: whom it asks, who was heard, and what can be done with it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from aiohttp import web

from bot.desk.round_new import CHANNEL_NAMES
from bot.desk.rounds import REFRESHING
from bot.desk.staff import page
from bot.errors import ContactsRefused, RoundRefused
from bot.help_numbers import lacking
from bot.pages.forms import read_form
from bot.pages.keys import ROUNDS, SETTINGS
from bot.pages.render import see_other
from bot.round_ports import Letters, Reply, RoundSeen
from bot.saying import LABELS
from bot.staff_ports import Staff
from surveys.errors import PlanRefused
from surveys.invitations import Exclusion
from surveys.phases import PHASE_NAMES, PROVISION_NAMES, Phase, Provision
from surveys.roles import Role

WHY_NOT: Mapping[Exclusion, str] = {
    Exclusion.NOT_IN_AUDIENCE: "No child this round is about",
    Exclusion.ALREADY_INVITED: "Invited to this round already",
    Exclusion.ALREADY_ANSWERED: "Answered this round already",
    Exclusion.OPTED_OUT: "Asked for no more messages",
    Exclusion.BLOCKED: "Blocked, or the address does not work",
    Exclusion.CONTACTED_TOO_OFTEN: "Asked twice this year, or less than 28 days ago",
    Exclusion.NO_CHANNEL: "No way to reach them that this round uses",
}
NO_REPLY = Reply("")
NOTHING_WRITTEN: Mapping[str, str] = MappingProxyType({})
NO_LETTERS = "No letters wait to be downloaded, so there is no file."
NONE_AGAIN = "None of these letters may go again, so there is no file."
WAY_NAMES: Mapping[str, str] = {
    "": "A link by hand, or the open link",
    "several": "Ways that asked few families, together",
    **{channel.value: name for channel, name in CHANNEL_NAMES.items()},
}
NO_REASON = "Say why these families are asked more often. It is kept in the audit log."
TOLD: Mapping[str, str] = {
    "opened": "The round is open.",
    "invited": "Invitations are on their way.",
    "reminded": "Reminders are on their way.",
    "settled": "Your decision is kept.",
    "gone": "That one was decided already.",
    "said": "It is written. Families can be told now.",
    "corrected": "The entry is corrected.",
    "unsaid": "The entry is removed.",
}


async def see(request: web.Request, who: Staff) -> web.Response:
    """The round as it stands."""
    return await show(request, who, await seen_round(request))


async def confirm_open(request: web.Request, who: Staff) -> web.Response:
    """What opening will do. Changes nothing."""
    seen = await seen_round(request)
    return page(request, who, "desk/round_open.html", seen=seen, may_override=_may(who), fault="")


async def open_round(request: web.Request, who: Staff) -> web.Response:
    """Open the round and invite its families."""
    override = (await read_form(request)).get("override", "")
    if override and not _may(who):
        raise web.HTTPForbidden

    async def act(round_id: str) -> str:
        await request.app[ROUNDS].open(round_id, who.actor, override)
        return "opened"

    return await carry_out(request, who, act)


async def confirm_delete(request: web.Request, who: Staff) -> web.Response:
    """What deleting a draft will do. Changes nothing."""
    return page(request, who, "desk/round_delete.html", seen=await seen_round(request))


async def delete(request: web.Request, who: Staff) -> web.Response:
    """Forget a draft, and go back to the rounds."""
    seen = await seen_round(request)
    try:
        await request.app[ROUNDS].delete(request.match_info["id"], who.actor)
    except RoundRefused as refusal:
        return await show(request, who, seen, fault=str(refusal))
    return see_other("/staff/?deleted=yes")


async def invite(request: web.Request, who: Staff) -> web.Response:
    """Invite those who have come since; with a reason also those who were asked too often."""
    wanted = (await read_form(request)).get("over_budget")
    reason = (wanted or "").strip()
    if reason and not _may(who):
        raise web.HTTPForbidden

    async def act(round_id: str) -> str:
        if wanted is not None and not reason:
            raise RoundRefused(NO_REASON)
        await request.app[ROUNDS].invite(round_id, who.actor, reason)
        return "invited"

    return await carry_out(request, who, act)


async def confirm_remind(request: web.Request, who: Staff) -> web.Response:
    """Who would be reminded, and how. Changes nothing."""
    seen = await seen_round(request)
    reminder = await request.app[ROUNDS].reminder(request.match_info["id"])
    return page(
        request,
        who,
        "desk/round_remind.html",
        seen=seen,
        reminder=reminder,
        channel_names=CHANNEL_NAMES,
    )


async def remind(request: web.Request, who: Staff) -> web.Response:
    """Remind those who have not answered."""

    async def act(round_id: str) -> str:
        await request.app[ROUNDS].remind(round_id, who.actor)
        return "reminded"

    return await carry_out(request, who, act)


async def settle(request: web.Request, who: Staff) -> web.Response:
    """Decide about one sending of which nobody knows whether it arrived."""
    again = (await read_form(request)).get("decided") == "send_again"

    async def act(_: str) -> str:
        number = int(request.match_info["number"])
        settled = await request.app[ROUNDS].settle(number, who.actor, send_again=again)
        return "settled" if settled else "gone"

    return await carry_out(request, who, act)


async def letters(request: web.Request, who: Staff) -> web.Response:
    """The letters that wait, as one file to download."""
    await seen_round(request)
    made = await request.app[ROUNDS].letters(request.match_info["id"], who.actor)
    if not made.count:
        return await show(request, who, await seen_round(request), fault=NO_LETTERS)
    return _download(made, "letters.zip")


async def letters_again(request: web.Request, who: Staff) -> web.Response:
    """The same mail merge again, without those who may not get a letter any more."""
    seen = await seen_round(request)
    number = int(request.match_info["number"])
    try:
        made = await request.app[ROUNDS].letters_again(request.match_info["id"], number, who.actor)
    except RoundRefused as refusal:
        return await show(request, who, seen, fault=str(refusal))
    if not made.count:
        return await show(request, who, seen, fault=NONE_AGAIN)
    return _download(made, f"letters-{number}.zip")


def _download(made: Letters, name: str) -> web.Response:
    return web.Response(
        body=made.archive,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def assisted(request: web.Request, who: Staff) -> web.Response:
    """Go to the questions of a reply that came by phone or on paper."""
    form = await read_form(request)
    reply = Reply(form.get("mode", ""), form.get("family", ""), form.get("code", ""))
    try:
        link = await request.app[ROUNDS].assisted(request.match_info["id"], reply, who.actor)
    except (RoundRefused, ContactsRefused) as refusal:
        seen = await seen_round(request)
        return await show(request, who, seen, fault=str(refusal), reply=reply)
    return see_other(link)


async def carry_out(
    request: web.Request, who: Staff, work: Callable[[str], Awaitable[str]]
) -> web.Response:
    """Do it and show the round again; where it is refused, the round says why."""
    seen = await seen_round(request)
    round_id = request.match_info["id"]
    try:
        outcome = await work(round_id)
    except (RoundRefused, PlanRefused) as refusal:
        return await show(request, who, seen, fault=str(refusal))
    return see_other(f"/staff/rounds/{round_id}?outcome={outcome}")


async def seen_round(request: web.Request) -> RoundSeen:
    """The round that is asked for; not found where there is none."""
    seen = await request.app[ROUNDS].see(request.match_info["id"])
    if seen is None:
        raise web.HTTPNotFound
    return seen


async def show(
    request: web.Request,
    who: Staff,
    seen: RoundSeen,
    fault: str = "",
    reply: Reply = NO_REPLY,
    entry: Mapping[str, str] = NOTHING_WRITTEN,
) -> web.Response:
    """The round's page; what was typed and refused stays in its boxes."""
    response = page(
        request,
        who,
        "desk/round.html",
        status=422 if fault else 200,
        seen=seen,
        merges=await request.app[ROUNDS].merges(seen.counts.round.id),
        fault=fault,
        fault_at=_fault_at(fault, reply, entry),
        reply=reply,
        entry=entry,
        told="" if fault else TOLD.get(request.query.get("outcome", ""), ""),
        channel_names=CHANNEL_NAMES,
        way_names=WAY_NAMES,
        why_not=WHY_NOT,
        phase_name=_phase,
        provision_name=_provision,
        may_override=_may(who),
        warnings=_lacking(request, seen),
    )
    response.headers["Content-Security-Policy"] = REFRESHING
    return response


def _lacking(request: web.Request, seen: RoundSeen) -> tuple[str, ...]:
    """What real families would not be told if this round opened now."""
    settings = request.app[SETTINGS]
    invented = seen.counts.round.demonstration
    return () if invented else lacking(settings.help_lines, settings.contact)


def _fault_at(fault: str, reply: Reply, entry: Mapping[str, str]) -> str:
    if reply is not NO_REPLY:
        return "#mode"
    return entry_fault_at(fault) if entry is not NOTHING_WRITTEN else "#main-content"


def entry_fault_at(fault: str) -> str:
    """The box of an entry that its fault is about: the fault begins with the box's label."""
    named = (name for name, label in LABELS.items() if fault.startswith(label))
    return f"#{next(named, 'main-content')}"


def _may(who: Staff) -> bool:
    return who.may((Role.ADMINISTRATOR,))


def _phase(code: str) -> str:
    return PHASE_NAMES[Phase(code)] if code in list(Phase) else "Phase not given"


def _provision(code: str) -> str:
    return PROVISION_NAMES[Provision(code)] if code in list(Provision) else "Not given"

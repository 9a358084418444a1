"""Rounds with their counts, and closing one."""

from aiohttp import web

from bot.desk.cases import count_cases
from bot.desk.staff import page
from bot.pages.headers import POLICY
from bot.pages.keys import DESK, ROUNDS, SETTINGS
from bot.pages.render import see_other
from bot.ports import CloseOutcome, PhaseCount, RoundCounts
from bot.staff_ports import Staff
from surveys.phases import PHASE_NAMES, Phase
from surveys.records import RoundStatus

REFRESHING = f"{POLICY}; connect-src 'self'"
"""The policy of the page that fetches its own counts again."""


async def overview(request: web.Request, who: Staff) -> web.Response:
    """Every round, newest first."""
    rounds = await request.app[DESK].rounds()
    response = page(
        request,
        who,
        "desk/rounds.html",
        rounds=rounds,
        base_url=request.app[SETTINGS].base_url,
        phase_name=phase_name,
        told=_told(request, rounds),
        deleted="deleted" in request.query,
        due=await request.app[ROUNDS].due(),
        comments=await request.app[DESK].count_comments_waiting(),
        cases=await count_cases(request, who),
    )
    response.headers["Content-Security-Policy"] = REFRESHING
    return response


async def confirm_close(request: web.Request, who: Staff) -> web.Response:
    """Ask before closing. Changes nothing."""
    counts = await _round(request)
    if counts.round.status is not RoundStatus.OPEN:
        return see_other(f"/staff/?round={counts.round.id}&outcome={_standing_outcome(counts)}")
    return page(request, who, "desk/close.html", counts=counts)


async def close(request: web.Request, who: Staff) -> web.Response:
    """Close the round and say so on the first page."""
    round_id = request.match_info["id"]
    outcome = await request.app[DESK].close_round(round_id, who.actor)
    if outcome is CloseOutcome.UNKNOWN:
        raise web.HTTPNotFound
    return see_other(f"/staff/?round={round_id}&outcome={outcome.value}")


def phase_name(count: PhaseCount) -> str:
    """The phase as staff say it."""
    if count.phase is None:
        return "Phase not given yet"
    return PHASE_NAMES[Phase(count.phase)] if count.phase in list(Phase) else count.phase


async def _round(request: web.Request) -> RoundCounts:
    wanted = request.match_info["id"]
    for counts in await request.app[DESK].rounds():
        if counts.round.id == wanted:
            return counts
    raise web.HTTPNotFound


def _standing_outcome(counts: RoundCounts) -> CloseOutcome:
    closed = counts.round.status is RoundStatus.CLOSED
    return CloseOutcome.ALREADY_CLOSED if closed else CloseOutcome.NOT_OPEN


def _told(
    request: web.Request, rounds: tuple[RoundCounts, ...]
) -> tuple[CloseOutcome, RoundCounts] | None:
    outcome = request.query.get("outcome", "")
    found = [each for each in rounds if each.round.id == request.query.get("round")]
    return (CloseOutcome(outcome), found[0]) if found and outcome in list(CloseOutcome) else None

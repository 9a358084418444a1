"""The comments that wait to be read, until somebody says that they are."""

from collections.abc import Mapping

from aiohttp import web

from bot.desk.cases import count_cases
from bot.desk.staff import page
from bot.pages.keys import CLOCK, DESK
from bot.pages.render import see_other
from bot.staff_ports import Staff
from surveys.concern import Tier
from surveys.position import date_in_england
from surveys.roles import Role

TIERS: Mapping[Tier, str] = {Tier.URGENT: "Urgent", Tier.READ_FIRST: "Read first"}

_TOLD: Mapping[str, str] = {
    "read": "The comment is marked as read.",
    "read_case": "The comment is marked as read. The safeguarding case about it stays open"
    " until a safeguarding lead closes it.",
    "back": "The comment waits to be read again.",
    "not_back": "Nothing was put back: you did not read that comment today, or it is gone.",
    "gone": "Nothing was marked: somebody read that comment already, or its writer changed it.",
}


async def waiting(request: web.Request, who: Staff) -> web.Response:
    """Every comment to read, the most urgent first."""
    return page(
        request,
        who,
        "desk/comments.html",
        comments=await request.app[DESK].comments_waiting(),
        cases=await count_cases(request, who),
        leads=who.may([Role.SAFEGUARDING_LEAD]),
        read=await request.app[DESK].comments_read_today(),
        strangers=await request.app[DESK].strangers_helped(),
        tiers=TIERS,
        today=date_in_england(request.app[CLOCK]()),
        told=_TOLD.get(request.query.get("outcome", "")),
    )


async def mark_read(request: web.Request, who: Staff) -> web.Response:
    """Take one comment off the queue."""
    comment_id = request.match_info["id"]
    has_case = any(
        each.case_id
        for each in await request.app[DESK].comments_waiting()
        if each.comment.id == comment_id
    )
    marked = await request.app[DESK].mark_comment_read(comment_id, who.actor)
    outcome = ("read_case" if has_case else "read") if marked else "gone"
    return see_other(f"/staff/comments?outcome={outcome}")


async def put_back(request: web.Request, who: Staff) -> web.Response:
    """Put a comment back on the queue, for whoever took it off today."""
    put = await request.app[DESK].put_comment_back(request.match_info["id"], who.actor)
    return see_other(f"/staff/comments?outcome={'back' if put else 'not_back'}")

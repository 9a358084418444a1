"""The comments that wait to be read, until somebody says that they are."""

from collections.abc import Mapping

from aiohttp import web

from bot.desk.staff import page
from bot.pages.keys import CLOCK, DESK
from bot.pages.render import see_other
from bot.staff_ports import Staff
from surveys.concern import Tier
from surveys.position import date_in_england

TIERS: Mapping[Tier, str] = {Tier.URGENT: "Urgent", Tier.READ_FIRST: "Read first"}

_TOLD: Mapping[str, str] = {
    "read": "The comment is marked as read.",
    "gone": "Nothing was marked: somebody read that comment already, or its writer changed it.",
}


async def waiting(request: web.Request, who: Staff) -> web.Response:
    """Every comment to read, the most urgent first."""
    return page(
        request,
        who,
        "desk/comments.html",
        comments=await request.app[DESK].comments_waiting(),
        strangers=await request.app[DESK].strangers_helped(),
        tiers=TIERS,
        today=date_in_england(request.app[CLOCK]()),
        told=_TOLD.get(request.query.get("outcome", "")),
    )


async def mark_read(request: web.Request, who: Staff) -> web.Response:
    """Take one comment off the queue."""
    comment_id = request.match_info["id"]
    marked = await request.app[DESK].mark_comment_read(comment_id, who.actor)
    return see_other(f"/staff/comments?outcome={'read' if marked else 'gone'}")

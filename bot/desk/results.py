"""A closed round's release, and the strategy view."""

import base64
import hashlib
import re

from aiohttp import web

from bot.desk.figures import tables_of
from bot.desk.staff import page
from bot.desk.troubles import TROUBLES, above
from bot.pages.headers import POLICY
from bot.pages.keys import DESK
from bot.staff_ports import Staff
from surveys.records import RoundStatus

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


async def release(request: web.Request, who: Staff) -> web.Response:
    """The tables of the round's current release."""
    round_id = request.match_info["id"]
    found = [each for each in await request.app[DESK].rounds() if each.round.id == round_id]
    if not found:
        raise web.HTTPNotFound
    a_round = found[0].round
    released = await request.app[DESK].release(round_id)
    return page(
        request,
        who,
        "desk/release.html",
        status=200 if released or a_round.status is RoundStatus.CLOSED else 404,
        round=a_round,
        released=released is not None,
        tables=tables_of(released or {}),
    )


async def strategy(request: web.Request, _who: Staff) -> web.Response:
    """The strategy view, where an analyst begins; what all staff must know stands above it.

    Its own styles are allowed by their hashes, and nothing else is.
    """
    html = above(await request.app[DESK].strategy_html(), request[TROUBLES])
    response = web.Response(text=html, content_type="text/html")
    response.headers["Content-Security-Policy"] = policy_for(html)
    return response


def policy_for(html: str) -> str:
    """The content security policy under which a self-contained page shows its own styles."""
    hashes = "".join(f" 'sha256-{_hash(style)}'" for style in _STYLE.findall(html))
    return POLICY.replace("style-src 'self'", f"style-src 'self'{hashes}")


def _hash(style: str) -> str:
    # A browser hashes the style as it parsed it, with line ends as "\n".
    seen = style.replace("\r\n", "\n").replace("\r", "\n")
    return base64.b64encode(hashlib.sha256(seen.encode()).digest()).decode()

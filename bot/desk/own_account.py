"""One's own account: who one is here, and changing one's password."""

from collections.abc import Mapping

from aiohttp import web

from bot.desk.cookies import remember
from bot.desk.staff import page
from bot.pages.forms import read_form
from bot.pages.keys import ACCOUNTS
from bot.pages.render import see_other
from bot.staff_ports import Faults, Staff
from surveys.roles import in_words

_TOLD = "Your password is changed. Every other place where you were signed in is signed out."


async def own(request: web.Request, who: Staff) -> web.Response:
    """The name, the roles, and a form for another password."""
    return _page(request, who, {})


async def change_password(request: web.Request, who: Staff) -> web.Response:
    """Keep another password; only this browser stays signed in."""
    form = await read_form(request)
    outcome = await request.app[ACCOUNTS].change_password(
        who, form.get("current", ""), form.get("new", "")
    )
    if isinstance(outcome, Faults):
        return _page(request, who, outcome.by_field)
    response = see_other("/staff/account?outcome=changed")
    remember(response, request, outcome)
    return response


def _page(request: web.Request, who: Staff, faults: Mapping[str, str]) -> web.Response:
    return page(
        request,
        who,
        "desk/own_account.html",
        status=422 if faults else 200,
        held=in_words(who.roles),
        faults=faults,
        told=_TOLD if request.query.get("outcome") == "changed" else "",
    )

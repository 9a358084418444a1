"""Accounts, for administrators: the list, adding, roles, deactivating, new set-up links."""

from collections.abc import Mapping

from aiohttp import web
from multidict import MultiDict

from bot.desk.staff import page
from bot.errors import AccountRefused
from bot.pages.forms import read_form
from bot.pages.keys import ACCOUNTS, SETTINGS
from bot.pages.render import see_other
from bot.staff_ports import AccountRow, AccountState, Staff
from surveys.roles import ROLE_DUTIES, ROLE_NAMES, Role, in_words

_TOLD: Mapping[str, str] = {
    "roles": "The roles are changed. Whoever was signed in to that account must sign in again.",
    "deactivated": "The account is deactivated and signed out everywhere.",
}

_TAGS: Mapping[AccountState, str] = {
    AccountState.READY: "govuk-tag--green",
    AccountState.WAITING: "govuk-tag--yellow",
    AccountState.DEACTIVATED: "govuk-tag--grey",
}


async def everybody(request: web.Request, who: Staff) -> web.Response:
    """Every account, with its roles and whether it is set up."""
    return page(
        request,
        who,
        "desk/accounts.html",
        accounts=await request.app[ACCOUNTS].everybody(),
        in_words=in_words,
        tags=_TAGS,
        told=_TOLD.get(request.query.get("outcome", "")),
    )


async def add_form(request: web.Request, who: Staff) -> web.Response:
    """Whom to add."""
    return _add_page(request, who, MultiDict(), {})


async def add(request: web.Request, who: Staff) -> web.Response:
    """Add an account and show its set-up link, this once."""
    form = await read_form(request)
    name = form.get("name", "")
    try:
        secret = await request.app[ACCOUNTS].add(who, form.get("email", ""), name, _roles(form))
    except AccountRefused as refusal:
        return _add_page(request, who, form, {refusal.field or "email": str(refusal)})
    return _link_page(request, who, name, secret)


async def one(request: web.Request, who: Staff) -> web.Response:
    """One account, and what can be done with it."""
    return _one_page(request, who, await _account(request))


async def change_roles(request: web.Request, who: Staff) -> web.Response:
    """Give the account other roles."""
    account = await _account(request)
    roles = _roles(await read_form(request))
    try:
        await request.app[ACCOUNTS].change_roles(who, account.id, roles)
    except AccountRefused as refusal:
        return _one_page(request, who, account, str(refusal), roles)
    return see_other("/staff/accounts?outcome=roles")


async def confirm_deactivate(request: web.Request, who: Staff) -> web.Response:
    """Ask before deactivating. Changes nothing."""
    return _deactivate_page(request, who, await _account(request), "")


async def deactivate(request: web.Request, who: Staff) -> web.Response:
    """Close the account."""
    account = await _account(request)
    try:
        await request.app[ACCOUNTS].deactivate(who, account.id)
    except AccountRefused as refusal:
        return _deactivate_page(request, who, account, str(refusal))
    return see_other("/staff/accounts?outcome=deactivated")


async def send_link(request: web.Request, who: Staff) -> web.Response:
    """Make a new set-up link and show it, this once."""
    account = await _account(request)
    secret = await request.app[ACCOUNTS].send_link(who, account.id)
    return _link_page(request, who, account.name, secret)


async def _account(request: web.Request) -> AccountRow:
    wanted = request.match_info["id"]
    for account in await request.app[ACCOUNTS].everybody():
        if account.id == wanted:
            return account
    raise web.HTTPNotFound


def _roles(form: MultiDict[str]) -> tuple[Role, ...]:
    return tuple(Role(value) for value in form.getall("roles", []) if value in list(Role))


def _choices(held: tuple[Role, ...]) -> list[dict[str, object]]:
    """The roles as checkboxes."""
    return [
        {
            "value": role.value,
            "text": ROLE_NAMES[role][0].upper() + ROLE_NAMES[role][1:],
            "hint": {"text": ROLE_DUTIES[role]},
            "checked": role in held,
        }
        for role in Role
    ]


def _add_page(
    request: web.Request, who: Staff, form: MultiDict[str], faults: Mapping[str, str]
) -> web.Response:
    return page(
        request,
        who,
        "desk/account_add.html",
        status=422 if faults else 200,
        name=form.get("name", ""),
        email=form.get("email", ""),
        choices=_choices(_roles(form)),
        faults=faults,
    )


def _one_page(
    request: web.Request,
    who: Staff,
    account: AccountRow,
    fault: str = "",
    roles: tuple[Role, ...] | None = None,
) -> web.Response:
    return page(
        request,
        who,
        "desk/account_one.html",
        status=422 if fault else 200,
        account=account,
        choices=_choices(account.roles if roles is None else roles),
        fault=fault,
    )


def _deactivate_page(
    request: web.Request, who: Staff, account: AccountRow, fault: str
) -> web.Response:
    return page(
        request,
        who,
        "desk/account_deactivate.html",
        status=422 if fault else 200,
        account=account,
        fault=fault,
    )


def _link_page(request: web.Request, who: Staff, name: str, secret: str) -> web.Response:
    address = f"{request.app[SETTINGS].base_url}/staff/set-up/{secret}"
    return page(request, who, "desk/account_link.html", name=name, address=address)

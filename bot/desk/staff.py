"""Who is staff and what they may open: every staff route states its roles here.

    web.get("/staff/comments", staff(Role.OFFICER, Role.SAFEGUARDING_LEAD)(comments.waiting))

A handler is given the `Staff` who acts. Its form was checked for the token by then; it reads
the fields with `bot.pages.forms.read_form`, and shows its pages with `page`.
"""

import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from aiohttp import web

from bot.desk.cookies import check_token, door_of, session_of, stand_at, token_of
from bot.desk.troubles import TROUBLES, note_troubles
from bot.pages.headers import CHANGING
from bot.pages.keys import ACCOUNTS
from bot.pages.render import render
from bot.staff_ports import Staff
from surveys.roles import Role, in_words

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
StaffHandler = Callable[[web.Request, Staff], Awaitable[web.StreamResponse]]
"""A handler that is also told who acts."""

FIRST_PAGES = (
    (Role.OFFICER, "/staff/"),
    (Role.SAFEGUARDING_LEAD, "/staff/comments"),
    (Role.ANALYST, "/staff/strategy"),
    (Role.ADMINISTRATOR, "/staff/accounts"),
)
"""Where each role begins."""

_PAGE = re.compile(r"/staff/[A-Za-z0-9_/-]*")


def staff(*roles: Role) -> Callable[[StaffHandler], Handler]:
    """Let in those with one of these roles.

    Anybody else who is signed in is told who may, and a stranger is asked to sign in. A form
    without the session's token is refused, whatever the handler does.
    """
    allowed = frozenset(roles)

    def guard(handler: StaffHandler) -> Handler:
        @wraps(handler)
        async def guarded(request: web.Request) -> web.StreamResponse:
            secret = session_of(request)
            active = request.headers.get("Sec-Fetch-Dest") != "empty"
            # What a script of the page fetches by itself does not keep a session alive.
            who = await request.app[ACCOUNTS].who(secret, active=active) if secret else None
            if who is None:
                return sign_in_page(request, status=401, to=_asked(request))
            await note_troubles(request)
            if not who.may(allowed):
                return await _not_theirs(request, who, allowed)
            if request.method in CHANGING:
                await check_token(request, secret)
            return await handler(request, who)

        vars(guarded)["roles"] = allowed
        return guarded

    return guard


def roles_of(handler: object) -> frozenset[Role] | None:
    """The roles that a route states; `None` where it states none."""
    stated: frozenset[Role] | None = getattr(handler, "roles", None)
    return stated


def page(
    request: web.Request, who: Staff, template: str, *, status: int = 200, **context: Any
) -> web.Response:
    """A staff page: `template` extends "desk/layout.html", which shows who is signed in.

    The template finds `who`, the `token` of its forms, and `first_page`. The layout tells
    of troubles above the page.
    """
    first = first_page(who)
    return render(
        request,
        template,
        status=status,
        who=who,
        token=form_token(request),
        home=first,
        first_page=first,
        path=request.path,
        troubles=request[TROUBLES],
        **context,
    )


def form_token(request: web.Request) -> str:
    """The token of every form shown in this session."""
    return token_of(session_of(request))


def first_page(who: Staff) -> str:
    """Where somebody with these roles begins."""
    return next((path for role, path in FIRST_PAGES if role in who.roles), "/staff/account")


def page_to(wanted: str) -> str:
    """`wanted`, where it is the address of a staff page; else "/staff"."""
    return wanted if _PAGE.fullmatch(wanted) else "/staff"


def sign_in_page(
    request: web.Request, *, status: int = 200, to: str = "", email: str = "", fault: str = ""
) -> web.Response:
    """The sign-in form. It leads to the staff page `to`, or to the first one."""
    door = door_of(request)
    response = render(
        request,
        "desk/sign_in.html",
        status=status,
        home="/staff",
        token=token_of(door),
        to=to,
        email=email,
        fault=fault,
    )
    stand_at(response, request, door)
    return response


def _asked(request: web.Request) -> str:
    return request.path if request.method == "GET" else ""


async def _not_theirs(request: web.Request, who: Staff, allowed: frozenset[Role]) -> web.Response:
    return page(
        request,
        who,
        "desk/not_theirs.html",
        status=403,
        allowed=in_words(allowed, "or"),
        held=in_words(who.roles),
        administrators=await request.app[ACCOUNTS].administrators(),
    )

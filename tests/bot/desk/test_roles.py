"""Every staff route states its roles, and refuses every other role on the wire."""

import re
from collections.abc import Iterator

import pytest
from aiohttp import web

from bot.desk.cookies import token_of
from bot.desk.routes import OPEN
from bot.desk.staff import FIRST_PAGES, roles_of
from bot.staff_ports import Staff
from surveys.roles import ROLE_NAMES, Role
from tests.bot.web.conftest import Client
from tests.bot.web.fake_accounts import MemoryAccounts
from tests.bot.web.fakes import MemoryDesk

OFFICER, LEAD = Role.OFFICER, Role.SAFEGUARDING_LEAD
ANALYST, ADMINISTRATOR = Role.ANALYST, Role.ADMINISTRATOR


def staff_routes(app: web.Application) -> Iterator[tuple[str, str, object]]:
    """Method, template of the address, and handler of each route under /staff."""
    for route in app.router.routes():
        assert route.resource is not None
        if route.resource.canonical.startswith("/staff"):
            yield route.method, route.resource.canonical, route.handler


def filled(template: str) -> str:
    """The address with something in each of its blanks."""
    return re.sub(r"\{[^}]*\}", "nosuch", template.replace("{number}", "1"))


def test_no_staff_route_is_without_stated_roles(app: web.Application) -> None:
    stated = {path: roles_of(handler) for _, path, handler in staff_routes(app)}
    assert {path for path, roles in stated.items() if roles is None} == OPEN
    assert all(roles for path, roles in stated.items() if path not in OPEN)


@pytest.mark.parametrize(
    ("path", "roles"),
    [
        ("/staff/", {OFFICER}),
        ("/staff/rounds/new", {OFFICER}),
        ("/staff/rounds/{id}", {OFFICER}),
        ("/staff/rounds/{id}/open", {OFFICER}),
        ("/staff/rounds/{id}/letters", {OFFICER}),
        ("/staff/rounds/{id}/close", {OFFICER}),
        ("/staff/contacts", {OFFICER}),
        ("/staff/rounds/{id}/release", set(Role)),
        ("/staff/comments", {OFFICER, LEAD}),
        ("/staff/comments/{id}/read", {OFFICER, LEAD}),
        ("/staff/comments/{id}/put-back", {OFFICER, LEAD}),
        ("/staff/cases", {LEAD}),
        ("/staff/cases/{id}", {LEAD}),
        ("/staff/cases/{id}/reach", {LEAD}),
        ("/staff/cases/{id}/acknowledge", {LEAD}),
        ("/staff/cases/{id}/close", {LEAD}),
        ("/staff/strategy", set(Role)),
        ("/staff/accounts", {ADMINISTRATOR}),
        ("/staff/accounts/add", {ADMINISTRATOR}),
        ("/staff/accounts/{id}/roles", {ADMINISTRATOR}),
        ("/staff/account", set(Role)),
    ],
)
def test_who_may_do_what(app: web.Application, path: str, roles: set[Role]) -> None:
    found = [roles_of(handler) for _, at, handler in staff_routes(app) if at == path]
    assert found
    assert all(each == frozenset(roles) for each in found)


@pytest.mark.parametrize("role", list(Role))
async def test_every_route_refuses_every_other_role(
    client: Client, app: web.Application, accounts: MemoryAccounts, desk: MemoryDesk, role: Role
) -> None:
    before = desk.round
    for method, template, handler in staff_routes(app):
        if template in OPEN:
            continue
        # Anew each time: one of the routes signs out.
        secret = accounts.signed_in(Staff("me", "Me", (role,)))
        response = await client.request(
            method,
            filled(template),
            data={"token": token_of(secret)} if method == "POST" else None,
            headers={"Cookie": f"sendvoice_staff={secret}"},
            allow_redirects=False,
        )
        allowed = role in (roles_of(handler) or ())
        assert (response.status != 403) == allowed, (method, template)
        assert response.status != 401
        if not allowed and method == "GET":
            page = await response.text()
            assert ROLE_NAMES[role] in page
            assert "Ann &lt;b&gt;Admin&lt;/b&gt;" in page
    assert [each for each in accounts.changed if role is not ADMINISTRATOR] == []
    assert desk.round == before


async def test_a_stranger_is_refused_everything_and_a_form_without_its_token(
    client: Client, app: web.Application, accounts: MemoryAccounts
) -> None:
    secret = accounts.signed_in(Staff("me", "Me", tuple(Role)))
    for method, template, _ in staff_routes(app):
        if template in OPEN:
            continue
        path = filled(template)
        data = {"token": token_of(secret)} if method == "POST" else None
        response = await client.request(method, path, data=data, allow_redirects=False)
        assert response.status == 401, (method, template)
        if method == "POST":
            headers = {"Cookie": f"sendvoice_staff={secret}"}
            response = await client.post(path, data={"token": "another"}, headers=headers)
            assert response.status == 403, template
    assert not accounts.changed


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_begins_at_a_page_of_its_own(
    client: Client, accounts: MemoryAccounts, role: Role
) -> None:
    secret = accounts.signed_in(Staff("me", "Me", (role,)))
    response = await client.get("/staff", headers={"Cookie": f"sendvoice_staff={secret}"})
    assert response.status == 200
    assert response.url.path == dict(FIRST_PAGES)[role]

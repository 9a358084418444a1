"""Every address there is, from the route table: looking changes nothing and leaves no trace."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from copy import deepcopy

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.desk.cookies import SESSION
from bot.pages.static import load_static
from bot.ports import WebPlace
from surveys.inputs import Skipped, Submitted, Typed
from tests.bot.conftest import CLOSES, World
from tests.bot.web.conftest import Client, real_app
from tests.bot.web.fake_accounts import EVERYTHING, MemoryAccounts
from tests.bot.web.fakes import MemoryDesk

LOOKING = frozenset({"GET", "HEAD"})
STATIC = "/static/"
MADE_ON_PURPOSE = ("phase", "o1", "nosuch")
"""Keys of questions to look at: the first, an open one, none."""


@pytest.fixture
def app(world: World, desk: MemoryDesk, accounts: MemoryAccounts) -> web.Application:
    """Every page, on the real service."""
    accounts.signed_in(EVERYTHING, "session-of-link-1")
    return real_app(world, desk, accounts)


@pytest.fixture
async def client(app: web.Application) -> AsyncIterator[Client]:
    """A browser whose cookies are those of a member of staff."""
    async with TestClient(TestServer(app), cookies={SESSION: "session-of-link-1"}) as opened:
        yield opened


def addresses(app: web.Application, methods: frozenset[str], world: World, token: str) -> set[str]:
    """Every address of these methods, its blanks filled in."""
    found = set()
    for route in app.router.routes():
        if route.method in methods and route.resource is not None:
            found |= set(filled_in(route.resource.canonical, world, token))
    return found


def filled_in(template: str, world: World, token: str) -> Iterator[str]:
    static = load_static()
    blanks = {
        "secret": "link-1",
        "id": "r1",
        "number": "1",
        "entry": "e1",
        "digest": static.digest,
        "path": "icon.svg",
    }
    for key in MADE_ON_PURPOSE:
        for code in (world.code, token, "nosuch"):
            yield template.format(**blanks, key=key, code=code, token=token)


async def nothing(_world: World, _token: str) -> None:
    """An invitation nobody has opened."""


async def mid_survey(world: World, token: str) -> None:
    place = await world.begins(token)
    await world.says(place, Skipped("provision"))


async def reviewing(world: World, token: str) -> None:
    place = await world.begins(token)
    while (session := (await world.service.look(place)).session) and session.current:
        await world.says(place, Skipped(session.current))


async def finished(world: World, token: str) -> None:
    await reviewing(world, token)
    await world.says(WebPlace(token), Submitted())


async def stopped(world: World, token: str) -> None:
    await mid_survey(world, token)
    await world.says(WebPlace(token), Typed("stop"))


async def closed(world: World, token: str) -> None:
    await mid_survey(world, token)
    world.clock.now = CLOSES


Moment = Callable[[World, str], Awaitable[None]]
MOMENTS = (nothing, mid_survey, reviewing, finished, stopped, closed)


@pytest.mark.parametrize("moment", MOMENTS)
async def test_no_look_at_any_address_changes_anything(
    client: Client, app: web.Application, world: World, desk: MemoryDesk, moment: Moment
) -> None:
    [token] = world.invite()
    await moment(world, token)
    before = list(world.reader.conn.iterdump()), deepcopy(desk)
    looked = addresses(app, LOOKING, world, token)
    assert len(looked) > 20
    for address in looked:
        for look in (client.get, client.head):
            response = await look(address, allow_redirects=False)
            assert response.status < 500, address
    assert (list(world.reader.conn.iterdump()), desk) == before


async def test_nothing_but_looking_and_posting_is_served(app: web.Application) -> None:
    assert {route.method for route in app.router.routes()} == {"GET", "HEAD", "POST"}


async def test_a_response_begins_with_a_post(
    client: Client, app: web.Application, world: World
) -> None:
    [token] = world.invite()
    for address in addresses(app, LOOKING, world, token):
        await client.get(address)
    assert world.rows("SELECT * FROM session") == world.rows("SELECT * FROM response") == []
    fields = {"nonce": "n" * 22, "action": "start"}
    await client.post(f"/c/{token}", data=fields)
    assert world.rows("SELECT count(*) FROM response") == [(1,)]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_every_page_is_stored_indexed_and_named_by_nobody(
    client: Client, app: web.Application, world: World, moment: Moment
) -> None:
    [token] = world.invite()
    await moment(world, token)
    paths = addresses(app, LOOKING | {"POST"}, world, token)
    for address in sorted(path for path in paths if not path.startswith(STATIC)):
        for ask in (client.get, client.head, client.post):
            headers = (await ask(address, allow_redirects=False)).headers
            assert headers["Cache-Control"] == "no-store", address
            assert "noindex" in headers["X-Robots-Tag"], address
            assert headers["Referrer-Policy"] == "no-referrer", address


async def test_b39_a_parent_has_no_cookie_that_could_run_out(
    app: web.Application, world: World
) -> None:
    [token] = world.invite()
    await mid_survey(world, token)
    async with TestClient(TestServer(app)) as parent:
        for address in addresses(app, LOOKING, world, token):
            if address.startswith("/staff"):
                continue  # the sign-in page gives its form a token
            headers = (await parent.get(address, allow_redirects=False)).headers
            assert "Set-Cookie" not in headers, address

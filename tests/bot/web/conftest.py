"""A running application on the fakes, and a client that behaves as a browser without scripts."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.pages.settings import WebSettings
from bot.site import make_app
from tests.bot.conftest import World
from tests.bot.web.fake_accounts import MemoryAccounts
from tests.bot.web.fake_rounds import MemoryRounds
from tests.bot.web.fakes import MemoryConversations, MemoryDesk

SETTINGS = WebSettings(
    council_name="Anyshire Council",
    base_url="http://127.0.0.1:8080",
    help_lines=(
        "If a child is in danger now, call 999.",
        "For children's social care, call 01234 567890.",
    ),
    contact="send@anyshire.example or 01234 567891",
)

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def conversations() -> MemoryConversations:
    """Conversations in memory."""
    return MemoryConversations()


@pytest.fixture
def desk() -> MemoryDesk:
    """A desk in memory."""
    return MemoryDesk()


@pytest.fixture
def accounts() -> MemoryAccounts:
    """Accounts in memory."""
    return MemoryAccounts()


@pytest.fixture
def rounds() -> MemoryRounds:
    """Rounds in memory."""
    return MemoryRounds()


@pytest.fixture
def app(
    conversations: MemoryConversations,
    desk: MemoryDesk,
    accounts: MemoryAccounts,
    rounds: MemoryRounds,
) -> web.Application:
    """Every page, on the fakes."""
    return make_app(
        conversations, desk, accounts, rounds, settings=SETTINGS, clock=conversations.clock
    )


@pytest.fixture
async def client(app: web.Application) -> AsyncIterator[Client]:
    """A browser without scripts."""
    async with TestClient(TestServer(app)) as opened:
        yield opened


def real_app(
    world: World,
    desk: MemoryDesk | None = None,
    accounts: MemoryAccounts | None = None,
    settings: WebSettings = SETTINGS,
) -> web.Application:
    """Every page, on the real conversations."""
    return make_app(
        world.service,
        desk or MemoryDesk(),
        accounts or MemoryAccounts(),
        MemoryRounds(),
        settings=settings,
        clock=world.clock,
    )


def a_device(world: World, settings: WebSettings = SETTINGS) -> Client:
    """A browser that knows nothing but the links it is given, on the real conversations."""
    return TestClient(TestServer(real_app(world, settings=settings)))


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Client]:
    """A browser without scripts, on the real conversations."""
    async with a_device(world) as opened:
        yield opened

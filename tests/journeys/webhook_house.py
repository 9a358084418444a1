"""The same service, where Telegram posts to it and browsers reach it: one web application."""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.channels.telegram.service import TelegramChannel
from bot.pages.settings import WebSettings
from bot.site import make_app
from tests.bot.conftest import World
from tests.bot.web.fake_accounts import MemoryAccounts
from tests.bot.web.fake_rounds import MemoryRounds
from tests.bot.web.fakes import MemoryDesk
from tests.fake_telegram import FakeTelegram
from tests.journeys.telegram_house import COUNCIL, HELP, House

SECRET = "a-secret_of-32-signs-for-tests-only"
BOT_NAME = "sendvoice_test_bot"


class WebhookHouse(House):
    """A house with a web application, on the same port in every life."""

    def __init__(self, world: World, telegram: FakeTelegram, path: Path) -> None:
        super().__init__(world, telegram, path)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """For a while, nothing more fits."""
        self.writing.conn.execute("VACUUM")
        pages = self.writing.conn.execute("PRAGMA page_count").fetchone()[0]
        self.writing.conn.execute(f"PRAGMA max_page_count = {pages}")
        yield
        self.writing.conn.execute("PRAGMA max_page_count = 1000000")

    def _channel(self) -> TelegramChannel:
        telegram = self.telegram
        return TelegramChannel(
            telegram.token,
            telegram.api,
            HELP,
            COUNCIL,
            public_url=self.url,
            webhook_secret=SECRET,
        )

    async def _serve(self) -> None:
        settings = WebSettings(COUNCIL, self.url, HELP, telegram_bot_name=BOT_NAME)
        app = make_app(
            self.service,
            MemoryDesk(),
            MemoryAccounts(),
            MemoryRounds(),
            settings=settings,
            clock=self.world.clock,
            others=self.channel.routes(),
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()

    async def _close(self) -> None:
        await self._runner.cleanup()
        await super()._close()


@pytest.fixture
async def house(
    world: World, telegram: FakeTelegram, database_path: Path
) -> AsyncIterator[WebhookHouse]:
    made = WebhookHouse(world, telegram, database_path)
    await made.start()
    yield made
    await made.stop()

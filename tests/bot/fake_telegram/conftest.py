"""A server, a raw client of it, and the library's own."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.bot.fake_telegram.raw import Raw
from tests.fake_telegram import FakeTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def raw(telegram: FakeTelegram) -> AsyncIterator[Raw]:
    """Calls a method with JSON; returns the whole answer."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **given: Any) -> dict[str, Any]:
            address = f"{telegram.api}/bot{telegram.token}/{method}"
            async with session.post(address, json=given) as answer:
                body: dict[str, Any] = await answer.json()
                assert answer.status == body.get("error_code", 200)
                return body

        yield call


@pytest.fixture
async def bot(telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    request = HTTPXRequest(read_timeout=5)
    async with Bot(telegram.token, base_url=f"{telegram.api}/bot", request=request) as made:
        yield made

"""A channel in front of the stand-in, with conversations that only take notes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.service import TelegramChannel
from bot.channels.telegram.stopping import Stopped
from bot.ports import ChatPlace, Place, Turn, Turned, TurnStatus
from surveys.inputs import Typed
from surveys.session import Session
from tests.fake_telegram import FakeTelegram


class Notebook:
    """Conversations that write down what they were given, and fail as they are told."""

    def __init__(self, server: FakeTelegram) -> None:
        self._server = server
        self.taken: list[tuple[str, str]] = []
        self.failures: list[Exception] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.tries = 0

    async def take(self, turn: Turn) -> Turned:
        self.tries += 1
        self._server.bell.ring()
        if self.failures:
            raise self.failures.pop(0)
        assert isinstance(turn.place, ChatPlace)
        said = turn.input.text if isinstance(turn.input, Typed) else type(turn.input).__name__
        if said in self.gates:
            await self.gates[said].wait()
        self.taken.append((turn.place.address, said))
        self._server.bell.ring()
        return Turned(TurnStatus.OK)

    async def look(self, place: Place) -> Turned:
        del place
        return Turned(TurnStatus.UNKNOWN)

    async def asides(self, place: Place) -> tuple[str, ...]:
        """Nothing: these tests type only answers."""
        return ()

    async def held(self, place: Place) -> tuple[Session, ...]:
        del place
        return ()

    async def look_open(self, code: str) -> Turned:
        raise NotImplementedError(code)

    async def begin_open(self, code: str, delivery_key: str) -> str | None:
        raise NotImplementedError(code, delivery_key)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waits take no time and are written down."""
    waits: list[float] = []

    async def wait(seconds: float, stop: asyncio.Event) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)
        if stop.is_set():
            raise Stopped

    for module in ("poll", "handling", "service"):
        monkeypatch.setattr(f"bot.channels.telegram.{module}.wait", wait)
    return waits


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
def notebook(telegram: FakeTelegram) -> Notebook:
    return Notebook(telegram)


@pytest.fixture
def channel(telegram: FakeTelegram) -> TelegramChannel:
    return TelegramChannel(telegram.token, telegram.api, (), "Anytown")


@pytest.fixture
async def running(
    channel: TelegramChannel, notebook: Notebook
) -> AsyncIterator[asyncio.Task[None]]:
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(notebook, stop))
    yield task
    stop.set()
    async with asyncio.timeout(2):
        await task

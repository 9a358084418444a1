"""From an update in to its reply out, beside the same survey as a ConversationHandler."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from unittest import mock

from bot import clock
from bot.channels.telegram import service as channel
from bot.channels.telegram.service import TelegramChannel
from bot.conversation import ConversationService
from bot.outbox import OutboxSender
from tests.benchmarks.house import house
from tests.benchmarks.measure import Line, alternately, rate, tell
from tests.benchmarks.peers import handler_bot
from tests.benchmarks.wire import AnswersWire, UpdatesWire, Wire, World
from tests.fake_telegram.server import TOKEN

PARENTS = 200
TAPS = 3
STORED = 1_000
DURABLE_PARENTS = 20
NETWORK_SECONDS = 0.01


async def telegram(folder: Path) -> None:
    """Measure and tell."""
    at_once = await _beside(folder / "at_once", World, TAPS)
    await _durable_peer(folder, at_once)
    await _beside(folder / "near", partial(World, NETWORK_SECONDS), 1)


async def _beside(folder: Path, world: Callable[[], World], taps: int) -> float:
    """Ours beside the peer on two such wires; our taps a second."""
    folder.mkdir()  # noqa: ASYNC240 - before anything is measured
    async with (
        _ours(folder / "ours", world()) as ours,
        _peer(folder / "bot.pickle", PARENTS, world()) as peer,
    ):

        async def service(_: int) -> float:
            return await _tapped(ours, taps)

        async def bot(_: int) -> float:
            return await _tapped(peer, taps)

        mine, theirs = await alternately(service, bot)
        wire = (
            f"a wire that answers in {ours.seconds * 1000:.0f} ms"
            if ours.seconds
            else "a stub wire"
        )
    count = PARENTS * taps
    tell(
        Line(
            f"Telegram update in to reply out on {wire}, {PARENTS} parents at once",
            f"{rate(count, mine)} (everything durable)",
            f"{rate(count, theirs)} (ConversationHandler, flushed once a minute)",
            theirs / mine,
            at_least=3,
        )
    )
    return count / mine


async def _durable_peer(folder: Path, ours: float) -> None:
    path = folder / "durable.pickle"
    async with _peer(path, DURABLE_PARENTS, World(), flush_each=True) as durable:
        seconds = await _tapped(durable, 1)
    tell(
        Line(
            "the same where the peer is durable too",
            f"{ours:,.0f} a second",
            f"{rate(DURABLE_PARENTS, seconds)} (it flushes each answer; {STORED:,} stored)",
            ours * seconds / DURABLE_PARENTS,
            at_least=3,
        )
    )


async def _tapped(world: World, times: int) -> float:
    began = time.perf_counter()
    await world.tap(times)
    return time.perf_counter() - began


@asynccontextmanager
async def _ours(folder: Path, world: World) -> AsyncIterator[World]:
    """The channel, the conversation and the outbox; everybody is at the first question."""
    stop = asyncio.Event()
    async with house(folder, PARENTS) as parts:
        with mock.patch.multiple(
            channel,
            AnswersRequest=lambda **_: AnswersWire(world),
            UpdatesRequest=lambda **_: UpdatesWire(world),
        ):
            sender = TelegramChannel(TOKEN, "http://127.0.0.1:1", ("Call 999.",), "Council")
        outbox = OutboxSender(
            parts.intake,
            parts.reader,
            parts.vault,
            parts.library,
            {"telegram": sender},
            clock.now,
        )
        talk = ConversationService(
            parts.intake,
            parts.reader,
            parts.vault,
            parts.library,
            clock.now,
            outbox=outbox,
            after_erasing=lambda: None,
        )
        tasks = [
            asyncio.create_task(outbox.run(stop)),
            asyncio.create_task(sender.run(talk, stop)),
        ]
        await world.say({100 + n: f"/start {token}" for n, token in enumerate(parts.tokens)})
        await world.tap(1)
        yield world
        stop.set()
        await asyncio.gather(*tasks)


@asynccontextmanager
async def _peer(
    path: Path, parents: int, world: World, *, flush_each: bool = False
) -> AsyncIterator[World]:
    """The other bot, likewise; it has as many conversations stored."""
    from surveys.catalogue import shipped  # noqa: PLC0415 - reading forms is slow

    await handler_bot.fill(path, STORED)
    made = handler_bot.HandlerBot(shipped()[0], flush_each=flush_each)
    app = made.application(path, TOKEN, Wire(world))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        await world.say({100 + n: "/start" for n in range(parents)})
        yield world
        await app.updater.stop()
        await app.stop()

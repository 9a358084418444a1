"""From an update in to its reply out, beside the same survey as a ConversationHandler.

The workload is what a round is: every parent answers every question that has choices, one
tap after another, beside a thousand stored conversations on both sides. The time runs
until the answers are on the disk. Ours are there before each reply; the peer keeps its
own in memory for a minute, so the flush that it makes at its interval, and when it stops,
is made at once and counted once. It does not wait for the disk, as ours does: that is left
in its favour. Each repetition begins with new parents, because the peer's file leaves out
what has not changed. The wire answers at once, so that nothing is measured but the bots.

The target holds for two ways to be durable: that one flush for all, and a peer that
flushes each answer before its reply, which is what ours does. Two further comparisons have
none: the same until the last reply alone, which the peer gives before it keeps anything;
and a wire that takes a network's time, where the peer waits for each reply before it reads
the next update.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from unittest import mock

from bot import clock
from bot.channels.telegram import service as channel
from bot.channels.telegram.service import TelegramChannel
from bot.conversation import ConversationService
from bot.outbox import OutboxSender
from surveys.catalogue import shipped
from surveys.model import Questionnaire
from tests.benchmarks.growth import fill
from tests.benchmarks.house import SURVEY, House, house
from tests.benchmarks.measure import Line, Size, alternately, disk_in_words, rate, tell
from tests.benchmarks.peers import handler_bot
from tests.benchmarks.wire import AnswersWire, UpdatesWire, Wire, World
from tests.fake_telegram.server import TOKEN

NETWORK_SECONDS = 0.01
FIRST_CHAT = 1_000_000


@dataclass(frozen=True)
class Peer:
    """The other bot, running."""

    app: handler_bot.App
    path: Path
    world: World


async def telegram(folder: Path, size: Size) -> list[Line]:
    """Measure and tell."""
    folder = folder / "telegram"
    folder.mkdir()
    [form] = [each for each in shipped() if each.key == SURVEY]
    lines = await _whole(folder, form, size)
    return [*lines, await _flushing(folder, form, size), await _near(folder, form, size)]


async def _whole(folder: Path, form: Questionnaire, size: Size) -> list[Line]:
    """The whole questionnaire, until all is on the disk and until the last reply."""
    questions = sum(bool(each.choices) for each in form.questions)
    answers, disk, replied = size.parents * questions, disk_in_words(folder, 0), list[float]()

    async def service(number: int) -> float:
        async with _ours(folder / f"ours-{number}", World(), size) as (parts, world):
            seconds = await _tapped(world, questions)
            assert _kept(parts) == answers
        return seconds

    async def bot(number: int) -> float:
        path = folder / f"{number}.pickle"
        async with _peer(path, form, World(), size, size.parents) as peer:
            replied.append(await _tapped(peer.world, questions))
            began = time.perf_counter()
            await peer.app.update_persistence()
            seconds = replied[-1] + time.perf_counter() - began
        assert await handler_bot.kept(path, FIRST_CHAT) == answers
        return seconds

    mine, theirs = await alternately(service, bot, times=size.times)
    what, ours = (
        f"Telegram, {size.parents} parents tap through {questions} questions",
        rate(answers, mine),
    )
    stored = f"ConversationHandler, flushed at the end, {size.stored:,} stored"
    early = f"{rate(answers, median(replied))} (ConversationHandler, nothing kept yet)"
    return [
        tell(
            Line(
                f"{what}, first update in to all answers on the disk",
                ours,
                f"{rate(answers, theirs)} ({stored})",
                theirs / mine,
                at_least=3,
                disk=disk,
            )
        ),
        tell(
            Line(
                f"{what}, first update in to last reply out",
                f"{ours} (all kept)",
                early,
                median(replied) / mine,
            )
        ),
    ]


async def _flushing(folder: Path, form: Questionnaire, size: Size) -> Line:
    """One tap, where the peer keeps each answer before its reply."""
    path, parents = folder / "flushing.pickle", size.flushing_parents
    async with (
        _ours(folder / "ours-each", World(), size) as (_, world),
        _peer(path, form, World(), size, parents, flush_each=True) as peer,
    ):
        mine, theirs = await _tapped(world, 1), await _tapped(peer.world, 1)
    ours, its = size.parents / mine, parents / theirs
    return tell(
        Line(
            "Telegram, one tap, both keeping it before the reply",
            f"{ours:,.0f} a second",
            f"{its:,.0f} a second (ConversationHandler, flushing each answer)",
            ours / its,
            at_least=3,
        )
    )


async def _near(folder: Path, form: Questionnaire, size: Size) -> Line:
    """One tap on a wire that takes a network's time."""
    async with (
        _ours(folder / "ours-near", World(NETWORK_SECONDS), size) as (_, world),
        _peer(folder / "near.pickle", form, World(NETWORK_SECONDS), size, size.parents) as peer,
    ):

        async def service(_: int) -> float:
            return await _tapped(world, 1)

        async def bot(_: int) -> float:
            return await _tapped(peer.world, 1)

        mine, theirs = await alternately(service, bot, times=size.times)
    return tell(
        Line(
            f"Telegram, one tap, on a wire that answers in {NETWORK_SECONDS * 1000:.0f} ms",
            f"{rate(size.parents, mine)} (all kept)",
            f"{rate(size.parents, theirs)} (ConversationHandler, nothing kept yet)",
            theirs / mine,
        )
    )


async def _tapped(world: World, times: int) -> float:
    began = time.perf_counter()
    await world.tap(times)
    return time.perf_counter() - began


def _kept(parts: House) -> int:
    """The answers of those who are not finished: the stored conversations are."""
    row = parts.reader.conn.execute(
        "SELECT count(*) FROM answer JOIN response ON response.id = response_id"
        " WHERE finished_on IS NULL"
    ).fetchone()
    return int(row[0])


@asynccontextmanager
async def _ours(folder: Path, world: World, size: Size) -> AsyncIterator[tuple[House, World]]:
    """The channel, the conversation and the outbox; everybody is at the first question."""
    stop = asyncio.Event()
    async with house(folder, size.parents + 1) as parts:
        await fill(parts, size.stored)
        sender, outbox, talk = _service(parts, world)
        tasks = [
            asyncio.create_task(outbox.run(stop)),
            asyncio.create_task(sender.run(talk, stop)),
        ]
        tokens = enumerate(parts.tokens[1:], FIRST_CHAT)
        await world.say({chat: f"/start {token}" for chat, token in tokens})
        await world.tap(1)
        yield parts, world
        stop.set()
        await asyncio.gather(*tasks)


def _service(
    parts: House, world: World
) -> tuple[TelegramChannel, OutboxSender, ConversationService]:
    """The real parts, on the stub wire."""
    with mock.patch.multiple(
        channel,
        AnswersRequest=lambda **_: AnswersWire(world),
        UpdatesRequest=lambda **_: UpdatesWire(world),
    ):
        sender = TelegramChannel(TOKEN, "http://127.0.0.1:1", ("Call 999.",), "Council")
    shared = (parts.intake, parts.reader, parts.vault, parts.library)
    outbox = OutboxSender(*shared, {"telegram": sender}, clock.now)
    talk = ConversationService(*shared, clock.now, outbox=outbox, after_erasing=lambda: None)
    return sender, outbox, talk


@asynccontextmanager
async def _peer(
    path: Path,
    form: Questionnaire,
    world: World,
    size: Size,
    parents: int,
    *,
    flush_each: bool = False,
) -> AsyncIterator[Peer]:
    """The other bot, likewise; it has as many conversations stored, and the start is flushed."""
    await handler_bot.fill(path, size.stored)
    made = handler_bot.HandlerBot(form, flush_each=flush_each)
    app = made.application(path, TOKEN, Wire(world))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling()
        await world.say({FIRST_CHAT + n: "/start" for n in range(parents)})
        await app.update_persistence()
        yield Peer(app, path, world)
        await app.updater.stop()
        await app.stop()

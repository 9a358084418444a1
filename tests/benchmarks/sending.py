"""1,000 invitations to a Telegram that punishes bursts, ours and the library's own way of it.

Then inviting 5,000 families to a round.
"""

import asyncio
import importlib.util
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from bot import clock, inviting
from bot.carriers import TELEGRAM_PER_SECOND, Counted
from bot.channels.telegram.service import TelegramChannel
from bot.conversation import ConversationService
from bot.mailing import Mailing, Route
from bot.outbox import OutboxSender
from bot.pace import Pace
from storage import mailings, rounds
from storage.database import Database
from tests.benchmarks import families
from tests.benchmarks.house import House, house
from tests.benchmarks.measure import console
from tests.fake_telegram import FakeTelegram, Parent

INVITED = 1_000
ALLOWED = 30
PUNISHED_SECONDS = 3
AT_LEAST = 27.0
THINKING_SECONDS = 2.0
PATIENCE_SECONDS = 60.0
"""How long the library's own limiter is given; it would take nearly two minutes."""
OPENED = 5_000


async def sending(folder: Path) -> None:
    """Measure and tell."""
    await _invitations(folder / "sending")
    await by_the_library()
    await _opening(folder / "opening")


async def _invitations(folder: Path) -> None:
    waits: list[float] = []
    async with house(folder, 1) as parts, FakeTelegram() as telegram:
        telegram.scripts.per_second = ALLOWED
        telegram.scripts.punish_seconds = PUNISHED_SECONDS
        for number in range(INVITED):
            telegram.parent(families.FIRST + number)
        async with _service(parts, telegram) as mailing:
            parent = telegram.parent(1)
            await _begins(parent, parts.tokens[0])
            await parts.intake.run(partial(_invite, parts=parts))
            answering = asyncio.create_task(_answer(parent, waits))
            began = time.perf_counter()
            mailing.wake()
            while mailings.earliest(parts.reader, "telegram") is not None:
                await asyncio.sleep(0.01)
            taken = time.perf_counter() - began
            answering.cancel()
            await asyncio.wait((answering,))
    _tell(INVITED / taken, len(telegram.calls("sendMessage", status=429)), waits)


def _tell(rate: float, refused: int, waits: list[float]) -> None:
    is_met = rate >= AT_LEAST and not refused
    console.print(
        f"{INVITED:,} invitations to a Telegram that takes {ALLOWED} messages a second and"
        f" punishes more for {PUNISHED_SECONDS} seconds\n"
        f"    {rate:.1f} a second, {refused:,} refused;"
        f" target {AT_LEAST:g} and none: {'met' if is_met else 'NOT MET'}\n"
        f"    one parent answers meanwhile: {len(waits)} answers,"
        f" the longest wait for the next question {max(waits) * 1000:.0f} ms"
    )


async def by_the_library() -> None:
    """The same number of messages by the library's AIORateLimiter, as it comes; and tell."""
    if importlib.util.find_spec("aiolimiter") is None:
        console.print(
            "    not beside it: the library's own AIORateLimiter needs aiolimiter, which is not"
            " installed (dependency group peers)"
        )
        return
    from tests.benchmarks.peers.rate_limited import send_to_all  # noqa: PLC0415 - needs aiolimiter

    chats = range(families.FIRST, families.FIRST + INVITED)
    async with FakeTelegram() as telegram:
        telegram.scripts.per_second = ALLOWED
        telegram.scripts.punish_seconds = PUNISHED_SECONDS
        for chat in chats:
            telegram.parent(chat)
        began = time.perf_counter()
        await send_to_all(telegram.token, telegram.api, chats, PATIENCE_SECONDS)
        taken = time.perf_counter() - began
        arrived = len(telegram.calls("sendMessage", status=200))
        refused = len(telegram.calls("sendMessage", status=429))
    stopped = "" if arrived == INVITED else f", stopped after {taken:.0f} seconds"
    console.print(
        f"    beside it, python-telegram-bot's own AIORateLimiter: {arrived / taken:.1f} a second,"
        f" {refused:,} refused; {arrived:,} of {INVITED:,} arrived{stopped}"
    )


@asynccontextmanager
async def _service(parts: House, telegram: FakeTelegram) -> AsyncIterator[Mailing]:
    """The channel, the conversation, and both ways out as the service puts them together."""
    stop = asyncio.Event()
    channel = TelegramChannel(
        telegram.token, telegram.api, ("Call 999.",), "Council", bot_name="council_bot"
    )
    pace = Pace(TELEGRAM_PER_SECOND, time.monotonic)
    kept = (parts.intake, parts.reader, parts.vault, parts.library)
    mailing = Mailing(*kept, {"telegram": Route(channel, pace)}, clock.now)
    outbox = OutboxSender(*kept, {"telegram": Counted(channel, pace)}, clock.now)
    talk = ConversationService(*kept, clock.now, outbox=outbox, after_erasing=lambda: None)
    tasks = [
        asyncio.create_task(run)
        for run in (mailing.run(stop), outbox.run(stop), channel.run(talk, stop))
    ]
    try:
        yield mailing
    finally:
        stop.set()
        mailing.wake()
        outbox.wake()
        await asyncio.gather(*tasks)


def _invite(db: Database, now: datetime, parts: House) -> None:
    [a_round] = rounds.everything(db)
    families.send_at_any_hour(db, a_round.id)
    families.with_chats(db, now, parts.vault, INVITED)
    inviting.invite(db, now, parts.vault, a_round, "bench")


async def _begins(parent: Parent, token: str) -> None:
    parent.sends(f"/start {token}")
    start = await parent.receives()
    parent.taps(start, start.labels[0])
    await parent.receives("Question 1 of")


async def _answer(parent: Parent, waits: list[float]) -> None:
    """Skip a question and go back to it, with a little thought each time."""
    while True:
        for said, next_question in (("skip", "Question 2 of"), ("/back", "Question 1 of")):
            began = time.perf_counter()
            parent.sends(said)
            await parent.receives(next_question, seconds=30)
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(THINKING_SECONDS)


async def _opening(folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.opening", str(folder), str(OPENED),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate()
    told = json.loads(out)
    console.print(
        f"opening a round and inviting {OPENED:,} families\n"
        f"    {told['seconds']:.1f} seconds, {told['peak']:.0f} MB at most"
        f" ({told['before']:.0f} MB of it before)"
    )

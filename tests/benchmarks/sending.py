"""1,000 invitations by Telegram at its limit, while a parent answers; and 5,000 families invited.

The stand-in allows 30 messages a second and refuses every one above. The peer is one send
after another as fast as answers come, waiting as long as each refusal asks.
"""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from telegram import Bot
from telegram.error import RetryAfter

from bot import clock, inviting, rounds
from bot.carriers import TELEGRAM_PER_SECOND, Counted
from bot.channels.telegram.service import TelegramChannel
from bot.conversation import ConversationService
from bot.intake import Writer
from bot.mailing import Mailing, Route
from bot.outbox import OutboxSender
from bot.pace import Pace
from storage import contacts, database, plans
from storage.database import Database
from storage.vault import Vault
from surveys.contacts import Contact
from surveys.invitations import Child
from surveys.plans import RoundPlan
from tests.benchmarks.house import House, house
from tests.benchmarks.measure import Line, console, tell
from tests.fake_telegram import FakeTelegram, Parent

FAMILIES = 1_000
MANY = 5_000
FIRST = 10_000
ALLOWED = 30


async def sending(folder: Path, families: int = FAMILIES, many: int = MANY) -> None:
    """Measure and tell."""
    ours = await _ours(folder / "sending", families)
    theirs = await _plain(min(families, 200))
    tell(
        Line(
            f"{families:,} Telegram invitations where {ALLOWED} a second are allowed",
            f"{ours.rate:.1f} a second, {ours.refused} refused",
            f"{theirs.rate:.1f} a second, {theirs.refused} refused (each as soon as it can)",
            ours.rate / 27,
            at_least=1,
            beside=f"a parent who answers meanwhile waits {ours.longest_wait:.2f} s at most",
        )
    )
    seconds, megabytes = await asyncio.to_thread(_invite_many, folder / "many", many)
    console.print(
        f"round open for {many:,} families\n    {seconds:.2f} s, {megabytes:.0f} MB at its peak"
    )


@dataclass(frozen=True)
class _Sent:
    rate: float
    refused: int
    longest_wait: float = 0.0


async def _ours(folder: Path, families: int) -> _Sent:
    async with FakeTelegram() as telegram, house(folder, 1) as made:
        for number in range(families):
            telegram.parent(FIRST + number)
        _add_families(made, families)
        async with _running(made, telegram):
            parent = telegram.parent(1)
            await _answers(parent, telegram, begins=made.tokens[0])
            telegram.scripts.per_second = ALLOWED
            before = len(telegram.calls("sendMessage", status=200))
            began = time.perf_counter()
            _invite(made)
            waits = [await _answers(parent, telegram)]
            while _left(made):
                await asyncio.sleep(0.5)
                waits.append(await _answers(parent, telegram))
            seconds = time.perf_counter() - began
            sent = len(telegram.calls("sendMessage", status=200)) - before - len(waits)
            refused = len(telegram.calls("sendMessage", status=429))
    return _Sent(sent / seconds, refused, max(waits))


async def _plain(count: int) -> _Sent:
    async with FakeTelegram() as telegram:
        for number in range(count):
            telegram.parent(FIRST + number)
        telegram.scripts.per_second = ALLOWED
        began = time.perf_counter()
        async with Bot(telegram.token, base_url=f"{telegram.api}/bot") as bot:
            for number in range(count):
                await _until_taken(bot, FIRST + number)
        seconds = time.perf_counter() - began
        return _Sent(count / seconds, len(telegram.calls("sendMessage", status=429)))


async def _until_taken(bot: Bot, chat: int) -> None:
    while True:
        try:
            await bot.send_message(chat, "Please answer.")
        except RetryAfter as refused:
            wait = refused.retry_after
            await asyncio.sleep(wait if isinstance(wait, int) else wait.total_seconds())
        else:
            return


@asynccontextmanager
async def _running(made: House, telegram: FakeTelegram) -> AsyncIterator[None]:
    stop = asyncio.Event()
    channel = TelegramChannel(
        telegram.token, telegram.api, ("Call 999.",), "Council", bot_name="Bench"
    )
    pace = Pace(TELEGRAM_PER_SECOND, time.monotonic)
    shared = (made.intake, made.reader, made.vault, made.library)
    outbox = OutboxSender(*shared, {"telegram": Counted(channel, pace)}, clock.now)
    mailing = Mailing(*shared, {"telegram": Route(channel, pace)}, clock.now)
    service = ConversationService(*shared, clock.now, outbox=outbox, after_erasing=lambda: None)
    tasks = [
        asyncio.create_task(work)
        for work in (outbox.run(stop), mailing.run(stop), channel.run(service, stop))
    ]
    try:
        yield
    finally:
        stop.set()
        mailing.wake()
        await asyncio.gather(*tasks)


async def _answers(parent: Parent, telegram: FakeTelegram, begins: str = "") -> float:
    """One message of a parent; how long the answer took."""
    before = len(parent.messages)
    began = time.perf_counter()
    parent.sends(f"/start {begins}" if begins else "/privacy")
    await telegram.until(lambda: len(parent.messages) > before, seconds=30)
    return time.perf_counter() - began


def _left(made: House) -> bool:
    row = made.reader.conn.execute(
        "SELECT 1 FROM outbox WHERE kind <> 'prompt' AND status IN ('queued', 'claimed') LIMIT 1"
    ).fetchone()
    return row is not None


def _add_families(made: House, count: int) -> None:
    db = database.open_writer(made.path)
    try:
        Writer(db, clock.now).one(partial(_add, vault=made.vault, count=count))
    finally:
        db.conn.close()


def _add(db: Database, now: datetime, vault: Vault, count: int) -> None:
    # It must run at any hour of the day.
    plans.put(db, rounds.find(db, "Bench").id, RoundPlan(quiet_from=_NOON, quiet_until=_NOON))
    for number in range(FIRST, FIRST + count):
        family = Contact(
            email=f"parent{number}@example.com", children=(Child("primary", "mainstream", "ehcp"),)
        )
        contact_id = contacts.add(db, contacts.seal(vault, family), now)
        lookup, sealed = vault.lookup("telegram", str(number)), vault.seal(str(number))
        contacts.link_chat(db, contact_id, "telegram", lookup, sealed)


_NOON = datetime.min.time().replace(hour=12)


def _invite(made: House) -> None:
    db = database.open_writer(made.path)
    try:
        Writer(db, clock.now).one(partial(_invite_all, vault=made.vault))
    finally:
        db.conn.close()


def _invite_all(db: Database, now: datetime, vault: Vault) -> int:
    return inviting.invite(db, now, vault, rounds.find(db, "Bench"), "bench")


def _invite_many(folder: Path, count: int) -> tuple[float, float]:
    """Seconds, and megabytes at the peak of a process that does nothing else."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_measured, args=(folder, count, theirs))
    process.start()
    seconds, megabytes = ours.recv()
    process.join()
    return seconds, megabytes


def _measured(folder: Path, count: int, told: Connection) -> None:
    async def measure() -> float:
        async with house(folder, 1) as made:
            _add_families(made, count)
            began = time.perf_counter()
            _invite(made)
            return time.perf_counter() - began

    seconds = asyncio.run(measure())
    told.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))

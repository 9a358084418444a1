"""The writer: every change, from any channel, passes through here.

One thread owns one writing connection. It drains whatever is waiting, handles each
item so that it can fail alone, commits once, and only then lets the answers out. So
an answer is on the disk before anybody is told so, one family's taps stay in order,
and everybody who waits shares the cost of one flush.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import structlog

from bot.logs import fault
from storage import database, deliveries, room
from storage.database import Database
from storage.errors import DatabaseFull, StorageError

T = TypeVar("T")
Clock = Callable[[], datetime]
Work = Callable[[Database, datetime], T]

BATCH = 500
KEEP_AGAIN_SECONDS = 5.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Incoming(Generic[T]):
    """One change. With a `delivery_key`, a second delivery of it changes nothing.

    `work` changes the database alone: where another item of its batch fails, it is done
    again from the beginning.

    `then` is called with what `work` returned, in the event loop and after the commit, even
    where whoever handed the change over does not wait for it any more.
    """

    work: Work[T]
    delivery_key: str | None = None
    then: Callable[[T], None] | None = None


@dataclass(frozen=True)
class Taken(Generic[T]):
    """The committed outcome: what `work` returned, or `duplicate` (then `value` is None)."""

    value: T | None
    duplicate: bool = False


Outcome = Taken[Any] | Exception


class Writer:
    """Commits batches of incoming changes on one connection, in one thread."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def one(self, work: Work[T]) -> T:
        """Commit a single change, for commands; raises what `work` raises."""
        with database.immediate(self._db):
            return work(self._db, self._clock())

    def batch(self, items: Sequence[Incoming[Any]]) -> list[Outcome]:
        """Commit all items that succeed; an item that fails is rolled back and recorded alone.

        Hardly any item fails, so all are tried without savepoints first. Where one does
        fail, nothing of that try is left, and each is handled again in one of its own.
        """
        try:
            with database.immediate(self._db):
                return [self._take(item, self._clock()) for item in items]
        except Exception:  # noqa: BLE001 - whatever it was, it is met again and told of there
            return self._apart(items)

    def _apart(self, items: Sequence[Incoming[Any]]) -> list[Outcome]:
        try:
            with database.immediate(self._db):
                return [self._handle(item) for item in items]
        except (StorageError, sqlite3.Error) as error:
            log.error("batch_not_written", items=len(items), **fault(error))
            return [error for _ in items]

    def _handle(self, item: Incoming[Any]) -> Outcome:
        now = self._clock()
        try:
            with database.savepoint(self._db):
                return self._take(item, now)
        except Exception as error:
            if not self._db.conn.in_transaction:
                raise
            log.error("item_failed", **fault(error))
            deliveries.record_failure(self._db, item.delivery_key, type(error).__name__, now)
            return error

    def _take(self, item: Incoming[Any], now: datetime) -> Taken[Any]:
        key = item.delivery_key
        if key is not None and not deliveries.take(self._db, key, now):
            return Taken(None, duplicate=True)
        return Taken(item.work(self._db, now))


@dataclass(frozen=True)
class _Waiting:
    item: Incoming[Any]
    future: asyncio.Future[Taken[Any]]


class Intake:
    """The writer thread, as coroutines see it."""

    def __init__(self, open_writer: Callable[[], Database], clock: Clock) -> None:
        self._open_writer = open_writer
        self._clock = clock
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._full_since: datetime | None = None

    @property
    def full_since(self) -> datetime | None:
        """When a commit first found no room to write, or `None`.

        Small changes may hold all the same, so only `look_for_room` ends it.
        """
        return self._full_since

    async def look_for_room(self, then: Work[None]) -> None:
        """Where a commit found no room: do `then` and end that as soon as there is some again."""
        if self._full_since is None:
            return

        def work(db: Database, now: datetime) -> bool:
            has_room = room.has_room(db)
            if has_room:
                then(db, now)
            return has_room

        try:
            if await self.run(work):
                self._full_since = None
        except DatabaseFull as error:
            log.error("no_room_yet", **fault(error))

    def start(self) -> None:
        """Start the thread; callers belong to the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    async def stop(self) -> None:
        """Commit what is waiting, then end the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    async def submit(self, item: Incoming[T]) -> Taken[T]:
        """Hand over a change; returns after it is committed, or raises why it was not."""
        future: asyncio.Future[Taken[T]] = asyncio.get_running_loop().create_future()
        self._queue.put(_Waiting(item, future))
        return await future

    async def run(self, work: Work[T]) -> T:
        """Commit a change of the service's own."""
        taken = await self.submit(Incoming(work))
        return taken.value  # type: ignore[return-value]  # without a key it is never a duplicate

    async def run_until_kept(self, work: Work[T]) -> T:
        """Commit however long the disk is full: what was done outside must be known here."""
        while True:
            try:
                return await self.run(work)
            except (StorageError, sqlite3.OperationalError) as error:
                log.error("not_kept_yet", **fault(error))
                await asyncio.sleep(KEEP_AGAIN_SECONDS)

    def _run(self) -> None:
        db = self._open_writer()
        writer = Writer(db, self._clock)
        try:
            while batch := self._drain():
                outcomes = _outcomes(writer, [waiting.item for waiting in batch])
                self._note_room(outcomes)
                self._let_out(batch, outcomes)
        finally:
            db.conn.close()

    def _note_room(self, outcomes: list[Outcome]) -> None:
        is_full = any(isinstance(outcome, DatabaseFull) for outcome in outcomes)
        if is_full and self._full_since is None:
            self._full_since = self._clock()

    def _drain(self) -> list[_Waiting]:
        first = self._queue.get()
        batch: list[_Waiting] = []
        while first is not None:
            batch.append(first)
            if len(batch) == BATCH or self._queue.empty():
                return batch
            first = self._queue.get()
        if batch:
            self._queue.put(None)
        return batch

    def _let_out(self, batch: list[_Waiting], outcomes: list[Outcome]) -> None:
        assert self._loop is not None  # noqa: S101 - start() set it before the thread ran
        self._loop.call_soon_threadsafe(_resolve, batch, outcomes)


def _outcomes(writer: Writer, items: list[Incoming[Any]]) -> list[Outcome]:
    try:
        return writer.batch(items)
    except Exception as error:  # noqa: BLE001 - were this thread to end, everybody would wait for ever
        return [error for _ in items]


def _resolve(batch: list[_Waiting], outcomes: list[Outcome]) -> None:
    for waiting, outcome in zip(batch, outcomes, strict=True):
        if waiting.item.then and isinstance(outcome, Taken) and not outcome.duplicate:
            waiting.item.then(outcome.value)
        if waiting.future.done():
            continue
        if isinstance(outcome, Exception):
            waiting.future.set_exception(outcome)
        else:
            waiting.future.set_result(outcome)

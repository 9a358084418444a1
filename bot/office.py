"""The service as the staff pages see it."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import structlog

from bot import closing, comments, overhearing, reports, rounds
from bot.case_office import CaseOffice
from bot.intake import Clock, Intake
from bot.logs import fault
from bot.ports import CloseOutcome, CommentRead, CommentToRead, RoundCounts, Trouble
from storage import comments as stored_comments
from storage import database, releases
from storage import rounds as stored_rounds
from storage.database import Database
from storage.vault import Vault

PATIENCE_SECONDS = 2.0
"""How long whoever closes a round waits for its release."""

log = structlog.get_logger()


class Office:
    """Rounds, comments and results. Heavy work goes to the worker process.

    `troubles` finds what all staff must know now; without it there is nothing.
    """

    def __init__(
        self,
        intake: Intake,
        reader: Database,
        worker: Executor,
        clock: Clock,
        *,
        vault: Vault,
        database_path: Path,
        strategy_path: Path | None,
        troubles: Callable[[], tuple[Trouble, ...]] = tuple,
    ) -> None:
        self.cases = CaseOffice(intake, reader, vault, clock)
        self._intake = intake
        self._reader = reader
        self._worker = worker
        self._clock = clock
        self._database_path = database_path
        self._strategy_path = strategy_path
        self._closing: dict[str, asyncio.Task[None]] = {}
        self._troubles = troubles

    async def troubles(self) -> tuple[Trouble, ...]:
        """What all staff must know now, the most pressing first."""
        return self._troubles()

    async def rounds(self) -> tuple[RoundCounts, ...]:
        """Every round, newest first, with its operational counts."""
        every = stored_rounds.everything(self._reader)
        return tuple(rounds.counts(self._reader, a_round) for a_round in every)

    async def close_round(self, round_id: str, actor: str) -> CloseOutcome:
        """Close an open round, make its release, and cut it where it is anonymous.

        A release may take longer than anybody looks at a page: after a while this returns,
        and the release is made all the same.
        """
        outcome = await self._intake.run(
            lambda db, now: closing.stop_answers(db, now, round_id, actor)
        )
        if outcome in {CloseOutcome.CLOSED, CloseOutcome.ALREADY_CLOSED}:
            await asyncio.wait([self._finishing(round_id)], timeout=PATIENCE_SECONDS)
        return outcome

    def _finishing(self, round_id: str) -> asyncio.Task[None]:
        """One task a round, which goes on where nobody waits for it any more."""
        if round_id not in self._closing:
            task = asyncio.create_task(self._finish_closing(round_id))
            task.add_done_callback(lambda done: self._finished(round_id, done))
            self._closing[round_id] = task
        return self._closing[round_id]

    def _finished(self, round_id: str, task: asyncio.Task[None]) -> None:
        del self._closing[round_id]
        if not task.cancelled() and (error := task.exception()) is not None:
            # The clock tries again in a moment.
            log.error("release_not_made", **fault(error))

    async def _finish_closing(self, round_id: str) -> None:
        """Make the release of a closed round that has none yet."""
        material = closing.gather(self._reader, self._clock(), round_id)
        if material is None:
            return
        loop = asyncio.get_running_loop()
        release = await loop.run_in_executor(self._worker, closing.build, material)
        await self._intake.run(lambda db, now: closing.keep(db, now, round_id, release))
        await asyncio.to_thread(database.truncate_log, self._database_path)

    async def comments_waiting(self) -> tuple[CommentToRead, ...]:
        """Every comment that waits to be read, the most urgent first."""
        return comments.waiting(self._reader)

    async def count_comments_waiting(self) -> int:
        """How many comments wait to be read. The page of rounds asks every ten seconds."""
        return stored_comments.count_waiting(self._reader)

    async def strangers_helped(self) -> int:
        """How often people without an invitation got the help numbers in the last 30 days."""
        return overhearing.strangers_helped(self._reader, self._clock())

    async def mark_comment_read(self, comment_id: str, actor: str) -> bool:
        """A person read this wording; `False` where it is not waiting."""
        return await self._intake.run(
            lambda db, now: comments.mark_read(db, now, comment_id, actor)
        )

    async def comments_read_today(self) -> tuple[CommentRead, ...]:
        """What was read today and waits no more, the latest first."""
        return comments.read_today(self._reader, self._clock())

    async def put_comment_back(self, comment_id: str, actor: str) -> bool:
        """It waits again; `False` where this actor did not read it today, or it is gone."""
        return await self._intake.run(lambda db, now: comments.put_back(db, now, comment_id, actor))

    async def release(self, round_id: str) -> Mapping[str, Any] | None:
        """The round's current release as plain data, or `None`."""
        return releases.current(self._reader, round_id)

    async def strategy_html(self) -> str:
        """The strategy view as one self-contained page."""
        material = reports.gather(self._reader, self._strategy_path)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, reports.build, material, "html")

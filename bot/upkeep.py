"""What the service does for its own database: a daily backup, what is kept no longer, the log."""

import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path

import structlog

from bot import backups, retention
from bot.intake import Clock, Intake, Work
from bot.local_time import LONDON
from bot.logs import fault
from bot.ports import Trouble, TroubleKind
from bot.settings import Settings
from storage import database, staff
from storage.database import Database

RETRY_BACKUP = timedelta(hours=1)
LATE_BACKUP = timedelta(hours=2)
"""So long after its hour a backup ought to be there, however large the database is."""

LARGE_LOG = 64 * 1024 * 1024
"""Bytes of the write-ahead log that are worth a warning: a reader holds it."""

log = structlog.get_logger()


class Upkeep:
    """Remembers what was done today. Everything runs away from the event loop."""

    def __init__(self, intake: Intake, clock: Clock, settings: Settings) -> None:
        self._intake = intake
        self._clock = clock
        self._settings = settings
        self._swept_on: date | None = None
        self._next_backup: datetime | None = None
        self._begun = clock()
        self._last_backup: datetime | None = None
        self._failing_since: datetime | None = None

    async def tick(self) -> None:
        """Do what is due, and fold the log away."""
        now = self._clock()
        await self._intake.look_for_room(_note_room)
        await self._back_up(now)
        await self._sweep(now)
        await self._fold_log()

    def trouble(self) -> Trouble | None:
        """What is wrong with the backups, as far as this life of the service knows."""
        if self._settings.backups is None:
            return None
        if self._failing_since is not None:
            return Trouble(TroubleKind.BACKUP_FAILED, self._failing_since, self._last_backup)
        long_ago = self._clock() - LATE_BACKUP
        due = backups.last_due(self._settings.backup_hour, long_ago)
        is_there = self._last_backup is not None and self._last_backup >= due
        # A service that has only just started makes the one that is due first.
        if is_there or self._begun > long_ago:
            return None
        return Trouble(TroubleKind.BACKUP_LATE, due, self._last_backup)

    async def _back_up(self, now: datetime) -> None:
        folder, hour = self._settings.backups, self._settings.backup_hour
        if folder is None:
            return
        # Looked for each time: somebody may have made one by hand.
        last = self._last_backup = await asyncio.to_thread(backups.last_made, folder)
        if last is not None and last >= backups.last_due(hour, now):
            self._failing_since = None
        elif self._next_backup is None or now >= self._next_backup:
            # Whatever comes of this one, the next is not tried in a moment.
            self._next_backup = now + RETRY_BACKUP
            await self._make_backup(folder, now)

    async def _make_backup(self, folder: Path, now: datetime) -> None:
        settings = self._settings
        try:
            made, _ = await asyncio.to_thread(backups.make, settings.database, folder, now)
            # The older ones go only when the new one was opened and found whole.
            gone = await asyncio.to_thread(backups.forget_old, folder, settings.backups_kept)
        except Exception as error:  # noqa: BLE001 - a backup that fails must not stop the rest
            self._failing_since = self._failing_since or now
            log.error("backup_failed", next_try_minutes=60, **fault(error))
        else:
            self._last_backup, self._failing_since = made.made_at, None
            log.info("backup_made", file=made.path.name, older_deleted=len(gone))

    async def _sweep(self, now: datetime) -> None:
        today = now.astimezone(LONDON).date()
        if self._swept_on == today:
            return
        loop = asyncio.get_running_loop()

        def commit(work: Work[int]) -> int:
            return asyncio.run_coroutine_threadsafe(self._intake.run(work), loop).result()

        cutoffs = retention.cutoffs(self._settings, now)
        gone = await asyncio.to_thread(retention.run, commit, cutoffs, "clock")
        for path in retention.aside(self._settings.database, now):
            path.unlink()
        self._swept_on = today
        log.info("kept_no_longer", rows=sum(gone.values()))

    async def _fold_log(self) -> None:
        path = self._settings.database
        written = path.with_name(f"{path.name}-wal")
        if not written.exists() or not written.stat().st_size:
            return
        folded = await asyncio.to_thread(database.truncate_log, path)
        size = written.stat().st_size
        if not folded and size > LARGE_LOG:
            log.warning("log_held_by_a_reader", megabytes=size // 1_000_000)


def _note_room(db: Database, now: datetime) -> None:
    staff.log(db, now, "clock", "room again", "")

"""Backups in a folder: made, named by their time, kept for as long as the settings say."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import BackupRefused
from bot.local_time import LONDON
from storage import backup
from storage.backup import Soundness

_NAME = re.compile(r"sendvoice-(\d{4}-\d\d-\d\dT\d{6}Z)\.db")
_TIME = "%Y-%m-%dT%H%M%SZ"
_HALF_WRITTEN = ".sendvoice-*.part"
_SURELY_DEAD = timedelta(days=1)


@dataclass(frozen=True)
class Backup:
    """One finished backup and the moment (UTC) that its name says."""

    made_at: datetime
    path: Path


def make(
    database: Path,
    folder: Path,
    now: datetime,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> tuple[Backup, Soundness]:
    """A verified copy of the database in `folder`, while others write in it.

    `progress` is told how many pages are copied, and of how many. What a crash left
    half written a day ago goes.

    Raises:
        BackupRefused: the folder cannot be used, or has this second's backup already.
        StorageError: the copy could not be made, or is not sound. It is not kept.
    """
    path = folder / f"sendvoice-{now.astimezone(UTC):{_TIME}}.db"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder, now)
    except OSError as error:
        raise BackupRefused(f"{folder} cannot hold backups: {error.strerror}.") from error
    if path.exists():
        raise BackupRefused(f"{path} is there already. Try again in a second.")
    sound = backup.copy(database, path, progress)
    return Backup(now, path), sound


def kept(folder: Path) -> list[Backup]:
    """The finished backups in a folder, oldest first. Other files are not ours."""
    found = []
    for path in sorted(folder.glob("sendvoice-*.db")):
        named = _NAME.fullmatch(path.name)
        if named:
            made_at = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
            found.append(Backup(made_at, path))
    return found


def forget_old(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups; returns those that went.

    Call it after a new one was verified, and never otherwise.
    """
    old = [one.path for one in kept(folder)[:-keep]]
    for path in old:
        path.unlink()
    return old


def last_made(folder: Path) -> datetime | None:
    """When the newest backup in the folder was made (UTC), or `None`."""
    made = kept(folder)
    return made[-1].made_at if made else None


def last_due(hour: int, now: datetime) -> datetime:
    """The last `hour` o'clock in England, as UTC."""
    there = now.astimezone(LONDON)
    due = there.replace(hour=hour, minute=0, second=0, microsecond=0)
    if due > there:
        due -= timedelta(days=1)
    return due.astimezone(UTC)


def _sweep(folder: Path, now: datetime) -> None:
    for part in folder.glob(_HALF_WRITTEN):
        if part.stat().st_mtime < (now - _SURELY_DEAD).timestamp():
            part.unlink()

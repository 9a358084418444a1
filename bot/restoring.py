"""Restoring a backup: looked at first, put in place only when somebody says so."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import BackupRefused
from bot.settings import Settings
from storage import backup, database, restoring
from storage.backup import Soundness
from storage.errors import KeysMissing
from storage.ledger import Ledger
from storage.restoring import Lost, Repeated
from storage.vault import Vault


@dataclass(frozen=True)
class Prepared:
    """A copy of a backup that is ready to be the database.

    `lost` is `None` where the database in use is too damaged to say.
    """

    path: Path
    backup: Soundness
    repeated: Repeated
    lost: Lost | None
    replaces: bool


def prepare(
    settings: Settings,
    file: Path,
    now: datetime,
    progress: Callable[[int, int], None] = lambda *_: None,
    *,
    without_ledger: bool = False,
) -> Prepared:
    """Try the backup and make a copy of it ready. The database in use is not touched.

    Raises:
        BackupRefused: the ledger or the keys here are not the backup's.
        StorageError: the backup is not sound, or there is no room.
    """
    sound = backup.check(file)
    if not without_ledger:
        _must_be_its_ledger(settings, sound)
    path = settings.database.with_name(f".{settings.database.name}.restoring")
    restoring.discard(path)
    try:
        repeated = restoring.prepare(file, path, _ledger(settings).path, now, progress)
        _must_be_its_keys(settings, path)
    except BaseException:
        restoring.discard(path)
        raise
    replaces = settings.database.exists()
    return Prepared(path, sound, repeated, _lost(settings, path, replaces=replaces), replaces)


def put_in_place(settings: Settings, prepared: Prepared, now: datetime) -> Path | None:
    """Make it the database; returns where the one before it is kept, if there was one.

    Raises:
        DatabaseBusy: another command has the database open.
    """
    present = settings.database
    stem = f"{present.stem}-before-restore-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    aside = present.with_name(f"{stem}{present.suffix}")
    restoring.swap(prepared.path, present, aside)
    return aside if prepared.replaces else None


def _lost(settings: Settings, path: Path, *, replaces: bool) -> Lost | None:
    if not replaces:
        return Lost(0, 0, 0, 0, None, None)
    try:
        return restoring.lost(settings.database, path)
    except sqlite3.DatabaseError:
        return None


def _must_be_its_ledger(settings: Settings, sound: Soundness) -> None:
    ledger = _ledger(settings)
    if sound.ledger in {0, ledger.read().number}:
        return
    fault = "is not this backup's" if ledger.path.exists() else "is not there"
    raise BackupRefused(
        f"The ledger {ledger.path} {fault}. It says who was erased since; without it they come"
        " back. Put the right one there. If it is lost for good: --without-ledger, then erase"
        " those families again by hand."
    )


def _ledger(settings: Settings) -> Ledger:
    return database.ledger_of(settings.database, settings.ledger)


def _must_be_its_keys(settings: Settings, path: Path) -> None:
    sealed = restoring.a_sealed_text(path)
    if sealed is None:
        return
    try:
        Vault.from_folder(settings.keys).unseal(sealed)
    except KeysMissing as error:
        raise BackupRefused(
            f"The keys in {settings.keys} do not open this backup's addresses."
            " Put back the keys that belong to it first."
        ) from error

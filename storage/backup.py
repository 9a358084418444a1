"""Copies of the database while it is in use, and what it takes to trust one."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from storage.errors import BackupUnsound, DatabaseFull
from storage.ledger import sync_folder
from storage.migrations import every_step, migrations

PAGES_A_STEP = 512

Progress = Callable[[int, int], None]
"""Told how many pages are copied, and of how many."""


@dataclass(frozen=True)
class Soundness:
    """What was found on opening a copy.

    `rows` by table; `behind`: the steps of this version that it lacks; `ledger`: the
    number of its ledger, or 0 where it is from before there was one.
    """

    rows: Mapping[str, int]
    behind: tuple[str, ...]
    ledger: int

    @property
    def total(self) -> int:
        """All rows of all tables."""
        return sum(self.rows.values())


def copy(source: Path, target: Path, progress: Progress = lambda *_: None) -> Soundness:
    """Copy one moment of a database that others write in, and verify the copy by opening it.

    The copy is a file of its own, readable by its owner alone, flushed to the disk. It
    gets its name last: until it is verified it lies under another name beside it.

    Raises:
        BackupUnsound: the copy is not whole, or is not equal to what was copied.
        DatabaseFull: there is no room for it.
    """
    part = half_written(target)
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        expected = _copy_moment(source, part, progress)
        found = check(part)
        if found.rows != expected:
            raise BackupUnsound(f"The copy of {source} is not equal to it. Try again.")
        sync_file(part)
        os.replace(part, target)  # noqa: PTH105 - the one call that names it in one step
        sync_folder(target.parent)
    except (OSError, sqlite3.OperationalError) as error:
        raise DatabaseFull(f"{target} cannot be written: {error}.") from error
    finally:
        for suffix in ("", "-journal"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)
    return found


def check(path: Path) -> Soundness:
    """Open a copy and try it: every page, every link between tables, which version made it.

    Raises:
        BackupUnsound: it is no database of ours, is damaged, or a newer version made it.
    """
    if not path.is_file():
        raise BackupUnsound(f"There is no backup at {path}.")
    try:
        with closing(_read_only(path)) as db:
            _must_be_whole(db, path)
            number = db.execute("PRAGMA user_version").fetchone()[0]
            return Soundness(_rows(db), _behind(db, path), number)
    except sqlite3.DatabaseError as error:
        raise BackupUnsound(f"{path} is not a sound database: {error}. Use another.") from error


def half_written(target: Path) -> Path:
    """The name of a copy until it is verified."""
    return target.with_name(f".{target.name}.part")


def sync_file(path: Path) -> None:
    """Put a file's content on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy_moment(source: Path, part: Path, progress: Progress) -> Mapping[str, int]:
    """Copy what was committed at one moment; returns its rows by table."""
    with closing(_read_only(source)) as reader, closing(sqlite3.connect(part)) as copied:
        # One read transaction: writers go on meanwhile, and the copy never begins again.
        reader.execute("BEGIN")
        rows = _rows(reader)
        reader.backup(
            copied,
            pages=PAGES_A_STEP,
            progress=lambda _, left, total: progress(total - left, total),
        )
        # One file, without a log beside it.
        copied.execute("PRAGMA journal_mode = DELETE").fetchall()
    return rows


def _must_be_whole(db: sqlite3.Connection, path: Path) -> None:
    said = [row[0] for row in db.execute("PRAGMA integrity_check(3)")]
    if said != ["ok"]:
        raise BackupUnsound(f"{path} is damaged: {'; '.join(said)}. Use another backup.")
    orphans = db.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = ", ".join(sorted({row[0] for row in orphans}))
        raise BackupUnsound(
            f"{path} has {len(orphans)} rows that belong to nothing, in {tables}."
            " Use another backup."
        )


def _behind(db: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if migrations.migrations_table not in tables:
        raise BackupUnsound(f"{path} is not a SEND Voice database. Use another file.")
    applied = {
        row[0]
        for row in db.execute(
            f"SELECT name FROM {migrations.migrations_table} WHERE migration_set = ?",  # noqa: S608 - a fixed name
            (migrations.name,),
        )
    }
    known = every_step()
    newer = sorted(applied - set(known))
    if newer:
        raise BackupUnsound(
            f"{path} was made by a newer version of SEND Voice (it has: {', '.join(newer)})."
            " Install that version first."
        )
    return tuple(name for name in known if name not in applied)


def _rows(db: sqlite3.Connection) -> dict[str, int]:
    names = [
        row[0]
        for row in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    return {
        name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - the database's own names
        for name in sorted(names)
    }


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)

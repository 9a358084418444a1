"""Opening the database, and the two ways to write in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlite_utils

from storage.errors import DatabaseBusy, DatabaseFull, DatabaseMissing, DatabaseOutdated
from storage.ledger import Ledger
from storage.migrations import migrations

__all__ = [
    "Database",
    "create",
    "immediate",
    "open_reader",
    "open_writer",
    "savepoint",
    "truncate_log",
]

BUSY_SECONDS = 10.0
READERS_MILLISECONDS = 250

_COMMON = ("PRAGMA foreign_keys = ON",)
_WRITER = (
    *_COMMON,
    "PRAGMA journal_mode = WAL",
    # FULL: a commit is on the disk before anybody is told "saved".
    "PRAGMA synchronous = FULL",
    # Erased rows are overwritten, not merely unlinked.
    "PRAGMA secure_delete = ON",
)


class Database(sqlite_utils.Database):
    """A connection, and the ledger of what must be done again after a restore."""

    def __init__(self, connection: sqlite3.Connection, ledger: Ledger) -> None:
        super().__init__(connection)
        self.ledger = ledger


def ledger_of(path: Path, ledger: Path | None = None) -> Ledger:
    """The ledger of the database at `path`: beside it, unless another place is given."""
    return Ledger(ledger or path.with_suffix(".ledger"))


def create(path: Path, ledger: Path | None = None) -> None:
    """Make the database file and its ledger, or bring an older one up to date.

    The database carries the number of its ledger, and its backups with it.
    """
    path.touch(mode=0o600)
    with _closing(_open(path, "rwc", _WRITER, ledger)) as db:
        migrations.apply(db)
        number = db.ledger.begin()
        if number_of(db) != number:
            db.conn.execute(f"PRAGMA user_version = {number}")


def number_of(db: Database) -> int:
    """The number of the ledger that this database's erasures are noted in; 0: of none."""
    return int(db.conn.execute("PRAGMA user_version").fetchone()[0])


def open_writer(path: Path, ledger: Path | None = None) -> Database:
    """A connection that may write. One thread owns it. `ledger`: where it is not beside it.

    Raises:
        DatabaseMissing: there is no database at `path`.
        DatabaseOutdated: an older version made it.
    """
    _must_exist(path)
    return _up_to_date(_open(path, "rw", _WRITER, ledger), path)


def open_reader(path: Path) -> Database:
    """A read-only connection for pages and exports.

    Raises:
        DatabaseMissing: there is no database at `path`.
        DatabaseOutdated: an older version made it.
    """
    _must_exist(path)
    return _up_to_date(_open(path, "ro", _COMMON), path)


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """One write transaction that holds the write lock from its first moment.

    A deferred transaction that reads and then writes beside another process fails
    "locked" at once, whatever the timeout.

    Raises:
        DatabaseBusy: another process held the lock too long.
        DatabaseFull: there is no room; nothing was written.
    """
    try:
        db.conn.execute("BEGIN IMMEDIATE")
        yield
        db.conn.execute("COMMIT")
        db.ledger.settle()
    except BaseException as error:
        # While the lock is held: the ledger has one writer at a time.
        db.ledger.take_back()
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise _named(error) from error


@contextmanager
def savepoint(db: Database) -> Iterator[None]:
    """Work inside a transaction that can fail alone.

    Some errors (a full disk above all) may end the whole transaction; then there is no
    savepoint to go back to, and the error passes on to `immediate`.

    Raises:
        DatabaseFull: there is no room; nothing of this work was written.
    """
    mark = db.ledger.mark()
    db.conn.execute("SAVEPOINT item")
    try:
        yield
    except BaseException as error:
        db.ledger.take_back(mark)
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK TO item")
            db.conn.execute("RELEASE item")
        named = _named(error)
        if named is error:
            raise
        raise named from error
    db.conn.execute("RELEASE item")


def truncate_log(path: Path) -> bool:
    """Fold the write-ahead log into the database and empty it; `False` where that must wait.

    It must wait where somebody reads, or where there is no room. It waits for readers for
    a moment alone: meanwhile no one can write.
    """
    try:
        with _closing(open_writer(path)) as db:
            db.conn.execute(f"PRAGMA busy_timeout = {READERS_MILLISECONDS}").fetchall()
            busy, *_ = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy


def _open(path: Path, mode: str, pragmas: tuple[str, ...], ledger: Path | None = None) -> Database:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    for pragma in pragmas:
        connection.execute(pragma).fetchall()
    return Database(connection, ledger_of(path, ledger))


def _up_to_date(db: Database, path: Path) -> Database:
    if migrations.pending(db):
        db.conn.close()
        raise DatabaseOutdated(
            f"The database {path} was made by an older version. Keep a copy of it, then bring"
            " it up to date with: sendvoice init"
        )
    return db


def _must_exist(path: Path) -> None:
    if not path.is_file():
        raise DatabaseMissing(f"There is no database at {path}. Make one with: sendvoice init")


@contextmanager
def _closing(db: Database) -> Iterator[Database]:
    try:
        yield db
    finally:
        db.conn.close()


def _named(error: BaseException) -> BaseException:
    if not isinstance(error, sqlite3.OperationalError):
        return error
    code = error.sqlite_errorcode & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseBusy(f"The database was busy for {BUSY_SECONDS:g} seconds. Try again.")
    if code == sqlite3.SQLITE_FULL:
        return DatabaseFull("There is no room left for the database. Make room, then try again.")
    return error

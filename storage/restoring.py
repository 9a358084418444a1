"""Putting a backup in the place of the database, with everything done again that must be.

The backup is never opened for writing: all is done to a copy of it beside the database,
which takes the database's name in one step, last.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from storage import backup, database, erasing, outbox, rounds, staff
from storage.database import Database
from storage.errors import DatabaseBusy
from storage.ledger import What, sync_folder
from storage.times import from_optional

HELD_SECONDS = 2.0

_LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Repeated:
    """What was done to the copy of a backup before it may be used.

    `changed` counts what the ledger changed; `torn` are its lines that no one can read.
    `unknown` invitations and reminders may have been sent since, and are never sent again
    on their own; `dropped` replies had waited in the backup. `open_rounds` are open in it.
    """

    changed: Mapping[What, int]
    torn: int
    unknown: int
    dropped: int
    open_rounds: tuple[str, ...]


@dataclass(frozen=True)
class Lost:
    """What the database in use holds and the backup does not.

    `answers` are of so many `responses`. `first` and `last`: when those conversations
    that are not cut last moved, where there are any.
    """

    answers: int
    responses: int
    invitations: int
    rounds: int
    first: datetime | None
    last: datetime | None


def prepare(
    source: Path,
    target: Path,
    ledger: Path,
    now: datetime,
    progress: Callable[[int, int], None],
) -> Repeated:
    """Make `target` from a checked backup: up to date, and with the ledger done again.

    Raises:
        StorageError: there is no room, or the copy is not sound.
    """
    backup.copy(source, target, progress)
    database.create(target, ledger)
    db = database.open_writer(target, ledger)
    try:
        with database.immediate(db):
            repeated = _repeat(db)
            staff.log(db, now, "command line", "restored from a backup", source.name)
        # One file, without a log beside it, before it changes its name.
        db.conn.execute("PRAGMA journal_mode = DELETE").fetchall()
    finally:
        db.conn.close()
    backup.sync_file(target)
    return repeated


def lost(present: Path, prepared: Path) -> Lost:
    """What would be lost were `prepared` put in the place of `present`.

    Raises:
        sqlite3.DatabaseError: the database in use is damaged, so nobody can say.
    """
    with closing(sqlite3.connect(f"file:{quote(str(present))}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        db.execute("ATTACH ? AS restored", (f"file:{quote(str(prepared))}?mode=ro",))
        row = db.execute(_LOST).fetchone()
    return Lost(
        row["answers"],
        row["responses"],
        row["invitations"],
        row["rounds"],
        from_optional(row["first"]),
        from_optional(row["last"]),
    )


def swap(prepared: Path, present: Path, aside: Path) -> None:
    """Give `prepared` the name of `present`, which is kept as `aside`.

    At every moment there is one whole database of that name.

    Raises:
        DatabaseBusy: another command has the database open.
    """
    with _held(present):
        if present.exists():
            _keep(present, aside)
        os.replace(prepared, present)  # noqa: PTH105 - the one call that names it in one step
        sync_folder(present.parent)


def a_sealed_text(prepared: Path) -> str | None:
    """Any address that the keys must open, or `None` where there is none."""
    with closing(database.open_reader(prepared).conn) as db:
        row = db.execute(
            "SELECT address FROM chat UNION ALL SELECT contact FROM safeguarding_case LIMIT 1"
        ).fetchone()
    return None if row is None else str(row[0])


def discard(prepared: Path) -> None:
    """Remove a prepared copy that is not wanted."""
    for suffix in ("", *_LOGS):
        prepared.with_name(prepared.name + suffix).unlink(missing_ok=True)
    backup.half_written(prepared).unlink(missing_ok=True)


def _repeat(db: Database) -> Repeated:
    reading = db.ledger.read()
    changed = erasing.repeat(db, reading.entries)
    unknown, dropped = outbox.forget_waiting(db)
    # A link that was spent, or a session that was ended, since the backup is not valid again.
    for table in ("staff_link", "staff_session"):
        db.conn.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table names
    still_open = tuple(each.name for each in rounds.everything(db) if each.status.value == "open")
    return Repeated(changed, reading.damaged, unknown, dropped, still_open)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Keep every other process out of a database, and its log folded into it."""
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=HELD_SECONDS, isolation_level=None)) as db:
        try:
            db.execute("PRAGMA journal_mode = DELETE").fetchall()
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise DatabaseBusy(
                f"Another command has {path} open. Let it end, then try again."
            ) from error
        except sqlite3.DatabaseError:
            # Damaged: that is why it is being restored. It is kept as it is, log and all.
            db.close()
        yield


def _keep(present: Path, aside: Path) -> None:
    for suffix in _LOGS:
        with suppress(FileNotFoundError):
            present.with_name(present.name + suffix).rename(aside.with_name(aside.name + suffix))
    try:
        os.link(present, aside)
    except OSError:
        # A file system without links.
        shutil.copy2(present, aside)
        backup.sync_file(aside)
    aside.chmod(0o600)
    os.utime(aside)
    sync_folder(aside.parent)


_ANSWERS = (
    "SELECT response_id, question_key, state, value FROM {}.answer WHERE state <> 'not_asked'"
)
_LOST = f"""
WITH gone AS ({_ANSWERS.format("main")} EXCEPT {_ANSWERS.format("restored")}),
moved AS (SELECT updated_at FROM main.session AS here WHERE NOT EXISTS (
    SELECT 1 FROM restored.session AS there
    WHERE there.run = here.run AND there.updated_at = here.updated_at))
SELECT (SELECT count(*) FROM gone) AS answers,
    (SELECT count(DISTINCT response_id) FROM gone) AS responses,
    (SELECT count(*) FROM main.invitation WHERE id NOT IN
        (SELECT id FROM restored.invitation)) AS invitations,
    (SELECT count(*) FROM main.round WHERE id NOT IN (SELECT id FROM restored.round)) AS rounds,
    (SELECT min(updated_at) FROM moved) AS first,
    (SELECT max(updated_at) FROM moved) AS last
"""  # noqa: S608 - our own words

"""What must outlive a restore: who was erased, who stopped, what rounds have lost.

A backup still holds what was erased after it was made. So each erasure is written here
too, in a small file that is in no backup, and is done again on whatever is restored. A
line is on the disk before the transaction that it names is committed: a crash between
the two leaves an erasure that is repeated, never one that is forgotten. Where the
transaction fails and we live to see it, a second line takes the first one back.

A line holds a sign (+ done, - taken back), a time, what was done, a random id and a
checksum, with tabs between them. It never names anybody. One line (#) holds the ledger's
own number, which its database and all its backups carry: another ledger is found out.
"""

import os
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from storage.errors import DatabaseFull
from storage.times import from_text, to_text

_DONE, _TAKEN_BACK, _NUMBER = "+", "-", "#"


class What(StrEnum):
    """What is repeated after a restore, and whose id its entry holds."""

    ERASED = "erased"  # an invitation
    STOPPED = "stopped"  # an invitation
    STARTED_AGAIN = "started_again"  # an invitation
    CUT = "cut"  # a round
    OPTED_OUT = "opted_out"  # a contact
    WORDS_GONE = "words_gone"  # a round; its time is when the round closed
    ANSWERS_GONE = "answers_gone"  # a round, likewise
    CASE_GONE = "case_gone"  # a safeguarding case


@dataclass(frozen=True)
class Entry:
    """One thing done: when, what, and to which random id."""

    at: datetime
    what: What
    subject: str


@dataclass(frozen=True)
class Reading:
    """The entries that stand, oldest first, and how many lines could not be read.

    `number` is the ledger's own, or 0 where it has none.
    """

    entries: tuple[Entry, ...]
    damaged: int
    number: int


class Ledger:
    """The file of one database. Its writers hold the database's write lock meanwhile."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._unsettled: list[Entry] = []

    def begin(self) -> int:
        """The ledger's number; a new ledger begins with a new one."""
        number = self.read().number
        if not number:
            number = secrets.randbelow(2**31 - 1) + 1
            self._append(_sealed(f"{_NUMBER}\t{number}"))
        return number

    def note(self, entry: Entry) -> None:
        """Put an entry on the disk, before the transaction that does it is committed.

        Raises:
            DatabaseFull: it cannot be written, so what it names must not be done.
        """
        self._append(_line(_DONE, entry))
        self._unsettled.append(entry)

    def mark(self) -> int:
        """How many entries the transaction under way has noted, for `take_back`."""
        return len(self._unsettled)

    def take_back(self, mark: int = 0) -> None:
        """What was noted since `mark` was rolled back. Where even that fails, it is repeated."""
        while len(self._unsettled) > mark:
            entry = self._unsettled.pop()
            try:
                self._append(_line(_TAKEN_BACK, entry))
            except DatabaseFull:
                continue

    def settle(self) -> None:
        """What was noted is committed."""
        self._unsettled.clear()

    def read(self) -> Reading:
        """Every entry that stands. A line torn by a crash is left out and counted."""
        entries: list[Entry] = []
        damaged = number = 0
        for line in self._lines():
            match _fields(line):
                case [sign, numbered] if sign == _NUMBER:
                    number = number or int(numbered)
                case [sign, at, what, subject] if what in set(What):
                    entry = Entry(from_text(at), What(what), subject)
                    if sign == _DONE:
                        entries.append(entry)
                    elif entry in entries:
                        entries.remove(entry)
                case _:
                    damaged += 1
        return Reading(tuple(entries), damaged, number)

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return []
        text = self.path.read_text(encoding="utf-8", errors="replace")
        return [line for line in text.split("\n") if line]

    def _append(self, line: str) -> None:
        is_new = not self.path.exists()
        try:
            file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                _write(file, line)
            finally:
                os.close(file)
            if is_new:
                sync_folder(self.path.parent)
        except OSError as error:
            raise DatabaseFull(
                f"The ledger {self.path} cannot be written: {error.strerror}. Nothing was"
                " erased or changed. Make room, then try again."
            ) from error


def sync_folder(folder: Path) -> None:
    """Put the names of a folder's files on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(file: int, line: str) -> None:
    size = os.fstat(file).st_size
    # What a crash tore off stays a line of its own, and does not spoil this one.
    is_torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
    left = ("\n" * is_torn + line).encode()
    while left:
        left = left[os.write(file, left) :]
    os.fsync(file)


def _line(sign: str, entry: Entry) -> str:
    return _sealed("\t".join((sign, to_text(entry.at), entry.what, entry.subject)))


def _sealed(said: str) -> str:
    return f"{said}\t{_checksum(said)}\n"


def _fields(line: str) -> list[str]:
    """What a line says; nothing where it is torn or changed."""
    said, _, checksum = line.rpartition("\t")
    return said.split("\t") if checksum == _checksum(said) else []


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"

"""Safeguarding cases as the staff pages see them. For safeguarding leads alone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from surveys.records import CaseRecord

ERASED = "The parent erased the words; a note that a child may be in danger was kept."
"""What stands in place of words that are kept no longer."""


@dataclass(frozen=True)
class Step:
    """Something that was done about a case: when, by whom (a name), and what, in words."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class CaseSeen:
    """A case in words for staff. Whoever acted is named; "" and `None` where nobody did.

    `due_on` is the day in England by whose end somebody takes it on. `steps` are there where
    one case is asked for; a list has none.
    """

    case: CaseRecord
    question: str
    due_on: date
    acknowledged_by: str = ""
    closed_by: str = ""
    note: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Reach:
    """One way to reach a family, such as ("Email", "parent@example.org")."""

    way: str
    address: str


class Cases(Protocol):
    """Safeguarding cases. `actor` is who asks, as the audit log names them.

    What cannot be done as asked raises `bot.errors.CaseRefused`, which says what to do.
    """

    async def waiting(self) -> tuple[CaseSeen, ...]:
        """Every case that is not closed, the oldest first."""

    async def count_waiting(self) -> int:
        """How many there are."""

    async def closed(self) -> tuple[CaseSeen, ...]:
        """Those closed in the last 30 days, the latest first."""

    async def one(self, case_id: str) -> CaseSeen:
        """The case with this id, with every step that was taken."""

    async def reach(self, case_id: str, actor: str) -> tuple[Reach, ...]:
        """How to reach the family; that it was shown is written in the audit log."""

    async def acknowledge(self, case_id: str, actor: str) -> None:
        """This person takes it on."""

    async def close(self, case_id: str, note: str, actor: str) -> None:
        """The matter is dealt with, as the note says."""

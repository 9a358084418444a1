"""Safeguarding cases behind the staff pages."""

from bot import casework
from bot.case_ports import CaseSeen, Reach
from bot.intake import Clock, Intake
from storage import cases
from storage.database import Database
from storage.vault import Vault


class CaseOffice:
    """What `bot.case_ports.Cases` says, on the database."""

    def __init__(self, intake: Intake, reader: Database, vault: Vault, clock: Clock) -> None:
        self._intake = intake
        self._reader = reader
        self._vault = vault
        self._clock = clock

    async def waiting(self) -> tuple[CaseSeen, ...]:
        """Every case that is not closed, the oldest first."""
        return casework.waiting(self._reader, self._vault)

    async def count_waiting(self) -> int:
        """How many there are. The page of rounds asks every ten seconds."""
        return cases.count_waiting(self._reader)

    async def closed(self) -> tuple[CaseSeen, ...]:
        """Those closed in the last 30 days, the latest first."""
        return casework.closed(self._reader, self._vault, self._clock())

    async def one(self, case_id: str) -> CaseSeen:
        """The case with this id, with every step that was taken."""
        return casework.one(self._reader, self._vault, case_id)

    async def reach(self, case_id: str, actor: str) -> tuple[Reach, ...]:
        """How to reach the family; that it was shown is written in the audit log first."""
        return await self._intake.run(
            lambda db, now: casework.reach(db, now, self._vault, case_id, actor)
        )

    async def acknowledge(self, case_id: str, actor: str) -> None:
        """This person takes it on."""
        await self._intake.run(lambda db, now: casework.acknowledge(db, now, case_id, actor))

    async def close(self, case_id: str, note: str, actor: str) -> None:
        """The matter is dealt with, as the note says."""
        await self._intake.run(
            lambda db, now: casework.close(db, now, self._vault, case_id, note, actor)
        )

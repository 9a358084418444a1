"""Safeguarding cases in memory, as the pages ask for them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.case_ports import CaseSeen, Reach, Step
from bot.errors import CaseRefused
from surveys.records import CaseRecord

OPENED = datetime(2027, 3, 9, 22, 15, tzinfo=UTC)


def a_case(case_id: str = "k1", words: str = "He hits me.") -> CaseSeen:
    """A case that nobody has taken on, opened on the day before the fakes' clock."""
    record = CaseRecord(case_id, "Spring", True, "h", "change", ("hit or hurt",), OPENED, words)
    steps = (Step(OPENED, "service", "Opened"),)
    return CaseSeen(record, "What would <b>help</b>?", date(2027, 3, 9), steps=steps)


@dataclass
class MemoryCases:
    """Cases that the test put there; every change is by `actors`."""

    open: tuple[CaseSeen, ...] = ()
    done: tuple[CaseSeen, ...] = ()
    ways: tuple[Reach, ...] = ()
    actors: list[tuple[str, str]] = field(default_factory=list)

    async def waiting(self) -> tuple[CaseSeen, ...]:
        return self.open

    async def count_waiting(self) -> int:
        return len(self.open)

    async def closed(self) -> tuple[CaseSeen, ...]:
        return self.done

    async def one(self, case_id: str) -> CaseSeen:
        for each in (*self.open, *self.done):
            if each.case.id == case_id:
                return each
        raise CaseRefused("There is no such case.")

    async def reach(self, case_id: str, actor: str) -> tuple[Reach, ...]:
        await self.one(case_id)
        self.actors.append(("reach", actor))
        return self.ways

    async def acknowledge(self, case_id: str, actor: str) -> None:
        seen = await self.one(case_id)
        if seen.case.acknowledged_at:
            raise CaseRefused("Nothing changed: this case was taken on already by Sam.")
        self.actors.append(("acknowledge", actor))
        taken = replace(
            seen, case=replace(seen.case, acknowledged_at=OPENED), acknowledged_by="Sam"
        )
        self.open = tuple(taken if each is seen else each for each in self.open)

    async def close(self, case_id: str, note: str, actor: str) -> None:
        seen = await self.one(case_id)
        if not note:
            raise CaseRefused("Say in the note what was done. The case is still open.")
        self.actors.append(("close", actor))
        record = replace(seen.case, is_closed=True, closed_at=OPENED)
        self.open = tuple(each for each in self.open if each is not seen)
        self.done = (*self.done, replace(seen, case=record, closed_by="Sam", note=note))

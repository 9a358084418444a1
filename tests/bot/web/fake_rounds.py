"""Rounds and contacts in memory, as the pages ask for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.errors import ContactsRefused, RoundRefused
from bot.ports import RoundCounts
from bot.round_ports import (
    AudienceSeen,
    ContactsSeen,
    Due,
    HeardRow,
    LedRow,
    Letters,
    MergeRow,
    ReminderSeen,
    Reply,
    RoundSeen,
    SaidRow,
    SentRow,
    UnknownRow,
    Wanted,
)
from surveys.invitations import Channel, Exclusion
from surveys.plans import RoundPlan
from tests.bot.web.fakes import a_round

AUDIENCE = AudienceSeen(
    12,
    {Channel.EMAIL: 8, Channel.LETTER: 1},
    {("primary", Channel.EMAIL): 9, ("secondary", Channel.LETTER): 1},
    {Exclusion.OPTED_OUT: 2, Exclusion.NO_CHANNEL: 1},
)
SEEN = RoundSeen(
    RoundCounts(a_round(), 1200, 300, 250, (), "CODE"),
    RoundPlan(),
    400,
    AUDIENCE,
    (
        SentRow("invitation", "email", "sent", "delivered", "", 1100),
        SentRow("invitation", "email", "failed", "", "opted out", 3),
    ),
    (UnknownRow(7, "invitation", "email"),),
    (
        HeardRow("primary", "", 210, 186, 1200, 0, whole_phase=True),
        HeardRow("primary", "ehcp", 200, 180, 900, 0),
        HeardRow("secondary", "", 9, 4, None, 6),
    ),
    (
        SaidRow(
            "Nobody rings back.", "We ring within a week.", "Head of SEND", date(2027, 6, 30), "e1"
        ),
    ),
    "",
    ReminderSeen(88, 2, datetime(2027, 3, 8, 9, 5, tzinfo=UTC)),
    (LedRow("email", 1100, 1097, 380, 290, 245), LedRow("several", 100, 97, 20, 10, 5)),
)
LIST = ContactsSeen(
    "list.csv",
    "",
    (("email", "Email", "Email"), ("phone", "Mobile phone", "")),
    ("Email", "School"),
    ("School",),
    3,
    1,
    1,
    0,
    1,
    (("Primary", 2),),
    ("row 3, column Email: It is not an email address.",),
    ("row 4: The same as row 2: counted once.",),
    (),
    heading_row=3,
    above=1,
    refused_rows=1,
)


@dataclass
class MemoryRounds:
    """One round, whose status a test sets; what was done is noted."""

    seen: RoundSeen = SEEN
    done: list[tuple[str, ...]] = field(default_factory=list)
    refusal: str = ""
    left: int = 0
    listed: ContactsSeen = LIST
    session: str = ""

    def _do(self, *what: str) -> None:
        if self.refusal:
            raise RoundRefused(self.refusal)
        self.done.append(what)

    async def due(self) -> tuple[Due, ...]:
        return (Due("r1", "Spring 2027", "closes on 28 March 2027 at 11:59pm"),)

    async def surveys(self) -> tuple[tuple[str, str], ...]:
        return (("parental_confidence", "Parental confidence"),)

    async def linked_rounds(self) -> tuple[str, ...]:
        return ("Before the move",)

    async def create(self, wanted: Wanted, actor: str) -> str:
        self._do("created", wanted.name, wanted.follows, ",".join(wanted.channels))
        return self.seen.counts.round.id

    async def delete(self, round_id: str, actor: str) -> None:
        self._do("deleted")

    async def see(self, round_id: str) -> RoundSeen | None:
        return self.seen if round_id == self.seen.counts.round.id else None

    async def progress(self, round_id: str) -> tuple[int, int]:
        self.left = max(self.left - 1, 0)
        return self.left, 1200 - self.left

    async def open(self, round_id: str, actor: str, override: str) -> int:
        self._do("opened", override)
        return 9

    async def invite(self, round_id: str, actor: str, over_budget: str) -> int:
        self._do("invited", over_budget)
        return 1

    async def reminder(self, round_id: str) -> ReminderSeen:
        return replace(self.seen.reminder, by_channel={Channel.EMAIL: 80, Channel.LETTER: 7})

    async def remind(self, round_id: str, actor: str) -> int:
        self._do("reminded")
        return 1

    async def settle(self, number: int, actor: str, *, send_again: bool) -> bool:
        self._do("settled", str(number), str(send_again))
        self.seen = replace(self.seen, unknown=())
        return number == 7

    async def say(self, round_id: str, entry: SaidRow, actor: str) -> None:
        self._do("said", entry.said, entry.due_on.isoformat(), *([entry.id] if entry.id else []))

    async def unsay(self, round_id: str, entry_id: str, actor: str) -> None:
        self._do("unsaid", entry_id)

    async def letters(self, round_id: str, actor: str) -> Letters:
        self._do("letters")
        return Letters(1 if self.seen.letters_wait else 0, b"PK-zip")

    async def letters_again(self, round_id: str, number: int, actor: str) -> Letters:
        self._do("letters again", str(number))
        return Letters(1, b"PK-zip")

    async def merges(self, round_id: str) -> tuple[MergeRow, ...]:
        return (
            MergeRow(3, datetime(2027, 3, 8, 9, 5, tzinfo=UTC), 120, 117, {"opted out": 3}),
            MergeRow(2, datetime(2027, 3, 1, 9, 5, tzinfo=UTC), 1, 1, {}),
        )

    async def assisted(self, round_id: str, reply: Reply, actor: str) -> str:
        self._do("assisted", reply.mode, reply.family, reply.code)
        return "/c/token"

    async def families(self) -> int:
        return 1234

    async def look_at_list(self, session: str, data: bytes, name: str) -> tuple[ContactsSeen, str]:
        if not data:
            raise ContactsRefused(f"{name} has no rows.")
        self.done.append(("looked", name, str(len(data))))
        self.session = session
        return self.listed, "key-1"

    async def look_again(
        self, session: str, key: str, chosen: Mapping[str, str]
    ) -> tuple[ContactsSeen, str]:
        self._check_held(session, key)
        self.done.append(("looked again", *(f"{field}={chosen[field]}" for field in chosen)))
        return LIST, "key-2"

    async def keep_list(self, session: str, key: str, actor: str) -> tuple[int, int]:
        self._check_held(session, key)
        self.done.append(("kept",))
        return 1, 0

    async def give_up_list(self, session: str, key: str) -> None:
        self.done.append(("given up", key))

    def _check_held(self, session: str, key: str) -> None:
        if session != self.session or key not in ("key-1", "key-2"):
            raise ContactsRefused("This list is not held any more. Choose the file again.")

"""What the pages of rounds and contacts ask of the service behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.ports import RoundCounts
from surveys.invitations import Channel, Exclusion
from surveys.plans import RoundPlan


@dataclass(frozen=True)
class AudienceSeen:
    """Who would be asked now. Every family is in `by_channel` or `excluded`, once.

    `by_phase` counts children.
    """

    families: int
    by_channel: Mapping[Channel, int]
    by_phase: Mapping[tuple[str, Channel], int]
    excluded: Mapping[Exclusion, int]

    @property
    def asked(self) -> int:
        """How many families would get a message."""
        return sum(self.by_channel.values())


@dataclass(frozen=True)
class SentRow:
    """How many invitations or reminders of a channel came to what, and why."""

    kind: str
    channel: str
    status: str
    receipt: str
    reason: str
    count: int


@dataclass(frozen=True)
class LedRow:
    """How far a channel led: families invited, reached and come in, and their responses.

    `channel` is "" for links given by hand and open links, "several" for channels with too
    few families to stand alone. `None` is not known any more.
    """

    channel: str
    invited: int
    delivered: int | None
    opened: int | None
    started: int
    finished: int


@dataclass(frozen=True)
class UnknownRow:
    """One of which nobody knows whether it arrived."""

    number: int
    kind: str
    channel: str


@dataclass(frozen=True)
class HeardRow:
    """Replies of one phase and provision. `population` is `None` where nobody gave it.

    `whole_phase`: they are all replies of the phase, whatever their provision; otherwise a
    `provision` of "" is of those who gave none.
    `still_needed` is how many more must finish before its figures can be shown.
    """

    phase: str
    provision: str
    started: int
    finished: int
    population: int | None
    still_needed: int
    whole_phase: bool = False

    @property
    def rate(self) -> float | None:
        """Finished of the population, in percent."""
        return 100 * self.finished / self.population if self.population else None


@dataclass(frozen=True)
class SaidRow:
    """What families said, what is done, who sees to it and by when.

    `id` is "" of what is not written yet. `told_with` is the round whose families were told,
    or "" while it can be changed.
    """

    said: str
    done: str
    owner: str
    due_on: date
    id: str = ""
    told_with: str = ""


@dataclass(frozen=True)
class ReminderSeen:
    """What reminding by hand would do now: to how many families, and by which channels.

    `held_back` had a message less than a day ago. `last_at` is when the last reminder left.
    `why_not` is why it cannot be done now, or "". Who cannot be reached is in no channel.
    """

    families: int = 0
    held_back: int = 0
    last_at: datetime | None = None
    why_not: str = ""
    by_channel: Mapping[Channel, int] = field(default_factory=dict)

    @property
    def unreachable(self) -> int:
        """How many are left out for want of a way; of use where the channels are known."""
        return self.families - sum(self.by_channel.values())


@dataclass(frozen=True)
class RoundSeen:
    """A round as its page shows it. `came` is how many came into the conversation.

    `led` says the same by channel, and is kept when a round closes; `came` and `delivered` are
    `None` where nobody knows any more.
    `exemption` is what it is free from as a follow-up, in words, or "".
    `waits_for` is the earlier round of which nobody has yet said what was done, or "".
    """

    counts: RoundCounts
    plan: RoundPlan
    came: int | None
    audience: AudienceSeen
    sent: tuple[SentRow, ...]
    unknown: tuple[UnknownRow, ...]
    heard: tuple[HeardRow, ...]
    said: tuple[SaidRow, ...]
    waits_for: str
    reminder: ReminderSeen
    led: tuple[LedRow, ...] = ()
    exemption: str = ""

    @property
    def delivered(self) -> int | None:
        """How many families a message reached, as far as anybody knows."""
        reached = [row.delivered for row in self.led if row.delivered is not None]
        return sum(reached) if reached or not self.led else None

    @property
    def made(self) -> int:
        """How many invitations by letter were made. Nobody knows whether they were posted."""
        return self._invitations("made")

    @property
    def rehearsed(self) -> int:
        """How many invitations were put in a folder, and reached nobody."""
        return self._invitations("rehearsed")

    @property
    def letters_wait(self) -> int:
        """How many letters wait to be downloaded."""
        return sum(
            row.count for row in self.sent if (row.channel, row.status) == ("letter", "queued")
        )

    def _invitations(self, status: str) -> int:
        return sum(
            row.count for row in self.sent if (row.kind, row.status) == ("invitation", status)
        )

    @property
    def queued(self) -> int:
        """How many messages have yet to leave."""
        return sum(row.count for row in self.sent if row.status in {"queued", "claimed"})


@dataclass(frozen=True)
class Due:
    """One thing that waits for the team: which round, and what in words."""

    round_id: str
    round_name: str
    what: str


@dataclass(frozen=True)
class Wanted:
    """What a new round is to be, in the words of a form."""

    name: str
    survey: str
    opens: str
    closes: str
    moment: str = ""
    linked: bool = False
    threshold: str = "10"
    phases: Sequence[str] = ()
    settings: Sequence[str] = ()
    provisions: Sequence[str] = ()
    channels: Sequence[str] = ()
    reminder_days: str = "7, 14"
    quiet: str = "20:00-08:00"
    population: str = ""
    follows: str = ""


@dataclass(frozen=True)
class ContactsSeen:
    """What keeping a list would do; texts are for the person who has the file open.

    `columns` are a field's code, its title, and the heading of the column that holds it.
    `heading_row` is the row that the headings were taken from, `above` how many rows over it
    are not used. `refused` are faults, of which a row may have several.
    `unclear` is why these columns reach nobody, or "": such a list is not counted, and
    cannot be kept before its columns are chosen.
    """

    name: str
    unclear: str
    columns: tuple[tuple[str, str, str], ...]
    headings: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: int
    blank_rows: int
    new: int
    changed: int
    unchanged: int
    phases: tuple[tuple[str, int], ...]
    refused: tuple[str, ...]
    duplicates: tuple[str, ...]
    notes: tuple[str, ...]
    heading_row: int = 1
    above: int = 0
    refused_rows: int = 0


@dataclass(frozen=True)
class MergeRow:
    """A mail merge that was made: how many letters it had, and how many may go again.

    `left_out` counts the others by reason.
    """

    number: int
    made_at: datetime
    letters: int
    again: int
    left_out: Mapping[str, int]


@dataclass(frozen=True)
class Letters:
    """A mail merge: how many letters, and the files of it as one zip."""

    count: int
    archive: bytes


@dataclass(frozen=True)
class Reply:
    """A reply to be entered: how it came, and which family it is of, where it was said.

    `mode` is "phone" or "paper"; `family` an email, mobile or reference of the contacts;
    `code` the code or link of its letter.
    """

    mode: str
    family: str = ""
    code: str = ""


class Rounds(Protocol):
    """Rounds and contacts as the pages see them.

    What is refused raises RoundRefused, PlanRefused or ContactsRefused, whose words say
    what to do.
    """

    async def due(self) -> tuple[Due, ...]:
        """What waits for the team in its rounds, the most pressing first."""

    async def surveys(self) -> tuple[tuple[str, str], ...]:
        """Key and title of every questionnaire, newest versions."""

    async def linked_rounds(self) -> tuple[str, ...]:
        """The names of the rounds that another may follow."""

    async def create(self, wanted: Wanted, actor: str) -> str:
        """Make a draft; returns its id."""

    async def delete(self, round_id: str, actor: str) -> None:
        """Forget a draft."""

    async def see(self, round_id: str) -> RoundSeen | None:
        """The round, or `None`."""

    async def progress(self, round_id: str) -> tuple[int, int]:
        """How many messages have yet to leave, and how many have left."""

    async def open(self, round_id: str, actor: str, override: str) -> int:
        """Open it and queue its invitations; returns how many."""

    async def invite(self, round_id: str, actor: str, over_budget: str) -> int:
        """Invite those who have come since; returns how many."""

    async def reminder(self, round_id: str) -> ReminderSeen:
        """What reminding would do, with the channels."""

    async def remind(self, round_id: str, actor: str) -> int:
        """Queue the next reminder; returns how many."""

    async def settle(self, number: int, actor: str, *, send_again: bool) -> bool:
        """Decide about an unknown sending."""

    async def say(self, round_id: str, entry: SaidRow, actor: str) -> None:
        """Write what was done; of an entry that has an id, in place of what it said."""

    async def unsay(self, round_id: str, entry_id: str, actor: str) -> None:
        """Take an entry away."""

    async def letters(self, round_id: str, actor: str) -> Letters:
        """Take the letters that wait as a mail merge."""

    async def letters_again(self, round_id: str, number: int, actor: str) -> Letters:
        """The same mail merge again, without those who may not get a letter any more."""

    async def merges(self, round_id: str) -> tuple[MergeRow, ...]:
        """The round's mail merges, the newest first."""

    async def assisted(self, round_id: str, reply: Reply, actor: str) -> str:
        """A link for an officer to enter this reply."""

    async def families(self) -> int:
        """How many families are in the contacts."""

    async def look_at_list(self, session: str, data: bytes, name: str) -> tuple[ContactsSeen, str]:
        """What keeping this list would do, and the key under which it waits to be kept.

        It waits for half an hour, in memory and sealed, for this staff session alone.
        """

    async def look_again(
        self, session: str, key: str, chosen: Mapping[str, str]
    ) -> tuple[ContactsSeen, str]:
        """The same list with its columns chosen: a heading, or "" for none, by field."""

    async def keep_list(self, session: str, key: str, actor: str) -> tuple[int, int]:
        """Keep a list as it was seen; returns how many are new and changed."""

    async def give_up_list(self, session: str, key: str) -> None:
        """Forget a list that was looked at."""

"""Who is asked, and who is reminded: decided from plain data, with a reason for each no."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Channel(StrEnum):
    """How a family can be asked. A letter goes out by mail merge."""

    TELEGRAM = "telegram"
    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"


class Exclusion(StrEnum):
    """Why a family of the contacts is not asked."""

    NOT_IN_AUDIENCE = "not_in_audience"
    ALREADY_INVITED = "already_invited"
    ALREADY_ANSWERED = "already_answered"
    OPTED_OUT = "opted_out"
    BLOCKED = "blocked"
    CONTACTED_TOO_OFTEN = "contacted_too_often"
    NO_CHANNEL = "no_channel"


@dataclass(frozen=True)
class Budget:
    """How often one family may be asked: first invitations, never reminders.

    A follow-up and the round it follows are one asking: the follow-up has no
    `rounds_a_year`, and its `days_between` are counted from other rounds.
    """

    rounds_a_year: int | None = 2
    days_between: int = 28


@dataclass(frozen=True)
class Child:
    """One child of a family, in codes of `surveys.phases`; "" where the contacts do not say."""

    phase: str = ""
    setting: str = ""
    provision: str = ""


@dataclass(frozen=True)
class Family:
    """What deciding needs to know of one contact; no name and no address.

    `channels` are those that reach the family, the one it prefers first. `blocked`:
    its only chat refuses us. `approached` are the times of first invitations to other
    rounds that count, also of those that have yet to leave. `paired` of them are of the
    second round of a pair, which counts in no year.
    """

    id: str
    children: tuple[Child, ...] = ()
    channels: tuple[Channel, ...] = ()
    opted_out: bool = False
    blocked: bool = False
    invited: bool = False
    answered: bool = False
    approached: tuple[datetime, ...] = ()
    paired: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Decision:
    """Exactly one of `channel` and `excluded` is `None`. `phases` are its children's."""

    family_id: str
    phases: tuple[str, ...]
    channel: Channel | None
    excluded: Exclusion | None


@dataclass(frozen=True)
class Wanted:
    """Which children a round is about; an empty tuple leaves none out.

    `channels` are tried in this order. `budget` is `None` where a named role exceeds it.
    """

    phases: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = tuple(Channel)
    budget: Budget | None = Budget()


def decide(families: Iterable[Family], wanted: Wanted, now: datetime) -> tuple[Decision, ...]:
    """For each family the channel to ask by, or why it is not asked. The first reason holds."""
    return tuple(_decide(family, wanted, now) for family in families)


def _decide(family: Family, wanted: Wanted, now: datetime) -> Decision:
    # Of some families the contacts say nothing but how to reach them.
    known = family.children or (Child(),)
    children = [child for child in known if _is_wanted(child, wanted)]
    phases = tuple(child.phase for child in children)
    channel = _channel(family.channels, wanted.channels)
    excluded = _excluded(family, wanted, now, asks=bool(children), reachable=channel is not None)
    return Decision(family.id, phases, None if excluded else channel, excluded)


def _excluded(
    family: Family, wanted: Wanted, now: datetime, *, asks: bool, reachable: bool
) -> Exclusion | None:
    reasons = (
        (not asks, Exclusion.NOT_IN_AUDIENCE),
        (family.answered, Exclusion.ALREADY_ANSWERED),
        (family.invited, Exclusion.ALREADY_INVITED),
        (family.opted_out, Exclusion.OPTED_OUT),
        (family.blocked and not reachable, Exclusion.BLOCKED),
        (not reachable, Exclusion.NO_CHANNEL),
        (_is_too_often(family, wanted.budget, now), Exclusion.CONTACTED_TOO_OFTEN),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _is_wanted(child: Child, wanted: Wanted) -> bool:
    pairs = (
        (child.phase, wanted.phases),
        (child.setting, wanted.settings),
        (child.provision, wanted.provisions),
    )
    return all(not among or value in among for value, among in pairs)


def _channel(reaches: Sequence[Channel], order: Sequence[Channel]) -> Channel | None:
    """The one the family prefers, if the round uses it; else the round's first that reaches it."""
    usable = [channel for channel in order if channel in reaches]
    preferred = reaches[:1]
    return next((each for each in (*preferred, *usable) if each in usable), None)


def _is_too_often(family: Family, budget: Budget | None, now: datetime) -> bool:
    if budget is None:
        return False
    year, few_days = (now - timedelta(days=days) for days in (365, budget.days_between))
    askings = sum(at > year for at in family.approached) - sum(at > year for at in family.paired)
    if budget.rounds_a_year is not None and askings >= budget.rounds_a_year:
        return True
    return any(at > few_days for at in family.approached)


@dataclass(frozen=True)
class Invited:
    """What a reminder needs to know of one invitation, at the moment of sending.

    `answered`: it has ever been finished, whatever was opened again since.
    `reminded` are the slots (1 or 2) of the reminders made for it, sent or not.
    `last_at` is when the last invitation or reminder left, `None`: none did. `waiting` is the
    channel of one that has yet to leave, or "".
    """

    id: str
    answered: bool
    stopped: bool
    reminded: frozenset[int] = frozenset()
    last_at: datetime | None = None
    waiting: str = ""

    @property
    def may_answer(self) -> bool:
        """Whether it has neither answered nor asked for no more messages."""
        return not (self.answered or self.stopped)


LEAST_GAP = timedelta(days=1)
"""Between two messages of one round to one family, whoever asks for the second."""


def gap_before(days: Sequence[int], slot: int) -> timedelta:
    """How long after a family's last message reminder `slot` may follow by the plan.

    That is a day less than the plan leaves between the two, and a day at least: a message may
    have left late on its day.
    """
    before = days[slot - 2] if slot > 1 else 0
    return max(timedelta(days=days[slot - 1] - before) - LEAST_GAP, LEAST_GAP)


def slot_due(
    opens_at: datetime, closes_at: datetime, days: Sequence[int], now: datetime
) -> int | None:
    """The latest reminder (1 or 2) whose day has come, or `None`: none yet, or the round is over.

    A reminder missed while the service was down is not sent after the next one is due.
    """
    if not opens_at <= now < closes_at:
        return None
    due = [slot for slot, day in enumerate(days, 1) if opens_at + timedelta(days=day) <= now]
    return due[-1] if due else None


def to_remind(
    invited: Iterable[Invited], slot: int, now: datetime, gap: timedelta = LEAST_GAP
) -> tuple[str, ...]:
    """The ids of those to remind in this slot: not answered, not stopped, not yet.

    Whose last message left less than `gap` ago, or has yet to leave, is left out.
    """
    return tuple(
        each.id
        for each in invited
        if each.may_answer
        and slot not in each.reminded
        and not each.waiting
        and (each.last_at is None or each.last_at + gap <= now)
    )


def reminder_channel(
    used: Channel | None, reaches: Sequence[Channel], order: Sequence[Channel]
) -> Channel | None:
    """How to remind a family: where it spoke with us itself, while that still reaches it.

    `used` is that channel, whether or not the round asks by it; `None`: the family has not
    come yet. Else the channel is chosen as for an invitation, from `reaches`, the one the
    family prefers first, and the round's `order`. `None`: no way is left.
    """
    return used if used in reaches else _channel(reaches, order)

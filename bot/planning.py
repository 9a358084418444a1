"""Whom a round asks, from the words of a command or a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot import inviting
from bot.errors import RoundRefused
from storage.database import Database
from surveys.invitations import Channel
from surveys.phases import Provision, Setting
from surveys.plans import Audience, Population, RoundPlan


@dataclass(frozen=True)
class Asked:
    """What a person wrote; an empty field takes what is usual.

    `quiet` is "20:00-08:00"; `population` has rows such as "primary/ehcp=420".
    """

    phases: Sequence[str] = ()
    settings: Sequence[str] = ()
    provisions: Sequence[str] = ()
    channels: Sequence[str] = ()
    reminder_days: Sequence[int] | None = None
    quiet: str = ""
    population: Sequence[str] = ()
    follows: str = ""


def plan_of(db: Database, asked: Asked) -> RoundPlan:
    """The plan.

    Raises:
        RoundRefused: something is not what it should be; the message says what it may be.
        PlanRefused: it cannot be carried out.
    """
    usual = RoundPlan()
    start, end = _quiet(asked.quiet) if asked.quiet else (usual.quiet_from, usual.quiet_until)
    days = usual.reminder_days if asked.reminder_days is None else tuple(asked.reminder_days)
    return RoundPlan(
        audience=Audience(
            tuple(asked.phases),
            _among("setting", asked.settings, [each.value for each in Setting]),
            _among("provision", asked.provisions, [each.value for each in Provision]),
        ),
        channels=_channels(asked.channels) or usual.channels,
        reminder_days=days,
        quiet_from=start,
        quiet_until=end,
        population=tuple(map(_population, asked.population)),
        follows=inviting.find_followed(db, asked.follows).id if asked.follows else None,
    )


def _among(what: str, asked: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    for each in asked:
        if each not in known:
            raise RoundRefused(f"There is no {what} {each!r}. Choose among: {', '.join(known)}.")
    return tuple(asked)


def _channels(asked: Sequence[str]) -> tuple[Channel, ...]:
    return tuple(map(Channel, _among("channel", asked, [each.value for each in Channel])))


def _quiet(text: str) -> tuple[time, time]:
    start, _, end = text.partition("-")
    try:
        return time.fromisoformat(start.strip()), time.fromisoformat(end.strip())
    except ValueError:
        raise RoundRefused(f"{text!r} is not a time of quiet. Write it like 20:00-08:00.") from None


def _population(text: str) -> Population:
    group, equals, count = text.partition("=")
    phase, _, provision = group.strip().partition("/")
    digits = count.strip().replace(",", "")
    if not equals or not phase or not digits.isdecimal():
        raise RoundRefused(
            f"{text!r} is not a population. Write it like primary=900 or primary/ehcp=420."
        )
    if provision:
        _among("provision", [provision], [each.value for each in Provision])
    return Population(phase, provision, int(digits))


def days(text: str) -> tuple[int, ...]:
    """Reminder days such as "7, 14"; an empty text is none.

    Raises:
        RoundRefused: a day is no number.
    """
    return tuple(number("A reminder day", each) for each in text.split(",") if each.strip())


def number(what: str, text: str) -> int:
    """A whole number.

    Raises:
        RoundRefused: it is none.
    """
    if not text.strip().isdecimal():
        raise RoundRefused(f"{what} must be a whole number, not {text.strip()!r}.")
    return int(text)

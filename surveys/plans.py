"""What a round is planned to be: whom it asks, how, when it reminds, whom it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from surveys.errors import PlanRefused
from surveys.invitations import Channel

MOST_REMINDERS = 2


@dataclass(frozen=True)
class Audience:
    """Which children's families are asked. An empty tuple leaves nobody out."""

    phases: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Population:
    """How many children there are of one phase and provision, for rates and weights.

    `provision` is "" where the figure is of the whole phase.
    """

    phase: str
    provision: str
    count: int


@dataclass(frozen=True)
class RoundPlan:
    """Frozen when the round opens.

    `channels` are tried in this order for each family. `reminder_days` are whole days
    after the opening, at most two. From `quiet_from` to `quiet_until`, in England,
    nothing but answers is sent. `follows` is the id of the linked round whose children
    are asked again.
    """

    audience: Audience = field(default_factory=Audience)
    channels: tuple[Channel, ...] = (Channel.TELEGRAM, Channel.EMAIL, Channel.TEXT, Channel.LETTER)
    reminder_days: tuple[int, ...] = (7, 14)
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    population: tuple[Population, ...] = ()
    follows: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be carried out.

        Raises:
            PlanRefused: names the fault and what to do.
        """
        _check_reminders(self.reminder_days)
        if len(set(self.channels)) != len(self.channels):
            raise PlanRefused("A channel is named twice. Name each channel once.")
        for row in self.population:
            if row.count < 0:
                raise PlanRefused(
                    f"The population of {row.phase} is {row.count}. Give a number from 0 up."
                )

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready data that `from_dict` reads back as an equal plan."""
        return {
            "audience": {
                "phases": list(self.audience.phases),
                "settings": list(self.audience.settings),
                "provisions": list(self.audience.provisions),
            },
            "channels": [channel.value for channel in self.channels],
            "reminder_days": list(self.reminder_days),
            "quiet_from": self.quiet_from.isoformat("minutes"),
            "quiet_until": self.quiet_until.isoformat("minutes"),
            "population": [[row.phase, row.provision, row.count] for row in self.population],
            "follows": self.follows,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "RoundPlan":
        """The plan that `to_dict` wrote."""
        audience = data["audience"]
        return cls(
            Audience(
                tuple(audience["phases"]),
                tuple(audience["settings"]),
                tuple(audience["provisions"]),
            ),
            tuple(Channel(each) for each in data["channels"]),
            tuple(data["reminder_days"]),
            time.fromisoformat(data["quiet_from"]),
            time.fromisoformat(data["quiet_until"]),
            tuple(Population(*row) for row in data["population"]),
            data["follows"],
        )


def is_quiet(plan: RoundPlan, at: time) -> bool:
    """Whether nothing is sent at this time of day in England."""
    start, end = plan.quiet_from, plan.quiet_until
    if start <= end:
        return start <= at < end
    return at >= start or at < end


def _check_reminders(days: tuple[int, ...]) -> None:
    if len(days) > MOST_REMINDERS:
        raise PlanRefused(
            f"{len(days)} reminders are planned. A family gets at most {MOST_REMINDERS}."
        )
    if any(day < 1 for day in days) or list(days) != sorted(set(days)):
        raise PlanRefused(
            "Reminder days must be whole days after the opening, each later than the one"
            " before, such as 7 and 14."
        )

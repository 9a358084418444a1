"""A council's SEND strategy as plain data: words as published, gaps with their reason."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Horizon:
    """A stage of the strategy; `years` are its published words."""

    id: str
    name: str
    years: str


@dataclass(frozen=True)
class Priority:
    """A priority of the council and what the strategy says it means for SEND.

    `note` is ours and explains a slip in the published words; "" where there is none.
    """

    name: str
    narrative: str
    note: str


@dataclass(frozen=True)
class Principle:
    """One of the principles, such as P3."""

    id: str
    text: str


@dataclass(frozen=True)
class Milestone:
    """Dates put to published words: `begins` and `ends` are "2025", "2025-03" or "" (not given)."""

    what: str
    begins: str
    ends: str


@dataclass(frozen=True)
class Delivery:
    """What an action promises in one horizon: published words, or the reason there are none."""

    horizon: str
    text: str | None
    reason: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class Action:
    """An action with the principles the strategy gives it and one delivery a horizon."""

    id: str
    text: str
    principles: tuple[str, ...]
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True)
class Baseline:
    """Where a measure stood; `value` is `None` with a reason where the strategy gives no number.

    `published_as` is what stands in its place in the published table.
    """

    value: float | None
    period: str
    published_as: str
    reason: str


@dataclass(frozen=True)
class Target:
    """What a measure should reach in a horizon; `None` with a reason where none is set."""

    horizon: str
    value: float | None
    reason: str


@dataclass(frozen=True)
class Measure:
    """A measure of success.

    `good` is "up" or "down". `series` are the ids of the published figures shown for
    it, the first being the one a target is in; `survey` is true where the service's own
    survey measures it. `proposed_principles` and `proposed_actions` are links of ours.
    """

    id: str
    text: str
    good: str
    survey: bool
    baseline: Baseline
    targets: tuple[Target, ...]
    series: tuple[str, ...]
    proposed_principles: tuple[str, ...]
    proposed_actions: tuple[str, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Strategy:
    """The whole strategy. `area` and `region` are the ONS codes its figures are shown for."""

    title: str
    council: str
    area: str
    region: str
    aims: tuple[str, ...]
    horizons: tuple[Horizon, ...]
    priorities: tuple[Priority, ...]
    principles: tuple[Principle, ...]
    actions: tuple[Action, ...]
    measures: tuple[Measure, ...]

    @property
    def horizon_names(self) -> Mapping[str, str]:
        """The horizons' names by id, in order."""
        return {horizon.id: horizon.name for horizon in self.horizons}

"""The change of a figure between two rounds, and what may be said of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.holm import holm
from analysis.intervals import Interval
from analysis.mean_difference import Difference

LEAST_PAIRS = 10
LEAST_SHARE = 0.5
"""With fewer pairs than this, or than this share of the smaller round, two rounds are compared
as strangers, with everybody in them: a few pairs would speak for many, and less precisely."""

CLAIMED_BELOW = 0.05

LABEL = (
    "95%, sampling uncertainty only; does not cover who chose not to answer. Paired where at"
    " least 10 pairs of responses, and half of those in the smaller round, are about the same"
    " children; otherwise independent. A change is claimed where the interval excludes no change"
    " and the p-value, adjusted by Holm over the phases shown, is below 0.05."
)


class Verdict(StrEnum):
    """What may be said of a change."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_CHANGE = "no clear change"
    NOT_COMPARABLE = "not comparable"
    NOT_AVAILABLE = "not available"


class Design(StrEnum):
    """How two rounds were compared."""

    PAIRED = "paired"
    INDEPENDENT = "independent"
    NONE = "none"


@dataclass(frozen=True)
class Side:
    """One round's part in a comparison.

    `figure` is what was compared (mean index from 0 to 100, or percent) over `base` people.
    `left_out` counts people of the group who have a value and were left out, being in no
    pair (always 0 where the comparison is independent); `without_value` those who have none.
    """

    figure: float | None = None
    base: int = 0
    left_out: int = 0
    without_value: int = 0


@dataclass(frozen=True)
class Change:
    """The change of one group's figure, later minus earlier, in points from -100 to 100.

    `pairs` counts the pairs that could be made, used (`design` paired) or too few to be.
    `p_holm` is the p-value adjusted over the family of phases, or the plain one of a figure
    tested by itself. The interval is of this figure alone and not adjusted. `incomparable`
    says why the two rounds' figures may not be compared, "" where they may.
    """

    group: str
    design: Design
    before: Side
    after: Side
    pairs: int
    difference: Difference
    p_holm: float | None
    incomparable: str = ""

    @property
    def verdict(self) -> Verdict:
        """What may be said: a change only where interval and adjusted test both say so."""
        low, high = self.difference.interval.low, self.difference.interval.high
        if self.incomparable:
            return Verdict.NOT_COMPARABLE
        if low is None or high is None or self.p_holm is None:
            return Verdict.NOT_AVAILABLE
        if low <= 0 <= high or self.p_holm >= CLAIMED_BELOW:
            return Verdict.NO_CLEAR_CHANGE
        return Verdict.HIGHER if low > 0 else Verdict.LOWER

    @property
    def reason(self) -> str:
        """Why there is no verdict, or none that the interval alone suggests; "" otherwise."""
        low, high, p = self.difference.interval.low, self.difference.interval.high, self.p_holm
        if self.incomparable:
            return self.incomparable
        if low is None or high is None or p is None:
            return self.difference.interval.method
        if low <= 0 <= high or p < CLAIMED_BELOW:
            return ""
        if self.difference.p_value is not None and self.difference.p_value < CLAIMED_BELOW:
            return "with this many phases looked at, a difference like this can be luck"
        return f"the test ({self.difference.test}) finds no clear change"

    @property
    def smallest(self) -> float | None:
        """Half the width of the interval, in points: the smallest change it could have shown.

        Looked at by itself, a true change of just this size would be found about every second
        time, a larger one more often; among several phases Holm's adjustment asks for more.
        """
        low, high = self.difference.interval.low, self.difference.interval.high
        return None if low is None or high is None else (high - low) / 2

    @property
    def smallest_words(self) -> str:
        """`smallest` in words, in whole points rounded up; "" where there is none."""
        if self.smallest is None:
            return ""
        points = max(1, math.ceil(self.smallest - 1e-9))
        return (
            f"could have shown a change of {points} {'point' if points == 1 else 'points'} or more"
        )


def not_comparable(group: str, reason: str) -> Change:
    """A group whose figures may not be compared: nothing is computed, so nothing can be shown."""
    interval = Interval(None, None, "not available: not comparable")
    nothing = Difference(None, interval, None, "")
    return Change(group, Design.NONE, Side(), Side(), 0, nothing, None, reason)


def together(changes: Sequence[Change]) -> list[Change]:
    """These changes as one family of tests, by Holm's adjustment (`analysis.holm`).

    The family is what is published: hand over the phases shown, once each, and no total.
    A change without a test stays as it is and does not count as one.
    """
    adjusted = holm([change.difference.p_value for change in changes])
    return [replace(change, p_holm=p) for change, p in zip(changes, adjusted, strict=True)]

"""The change of a figure between two rounds, and what may be said of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from analysis import mean_difference, share_difference
from analysis.confidence import Share
from analysis.holm import holm
from analysis.intervals import Interval
from analysis.mean_difference import Difference

LEAST_PAIRS = 10
"""With fewer pairs than this the rounds are compared as strangers, with everybody in them."""

CLAIMED_BELOW = 0.05
MOST_INDEX = 100.0
"""An index lies from 0 to 100, so its change cannot exceed this many points."""

LABEL = (
    "95%, sampling uncertainty only; does not cover who chose not to answer. Paired where at"
    " least 10 pairs of responses are about the same children, otherwise independent. A change"
    " is claimed where the interval excludes no change and the p-value, adjusted by Holm over"
    " the phases shown, is below 0.05."
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
    """One round's values of a group, by response id, and the households they come from.

    `values` is a float Series, missing for people without a value: an index from 0 to 100,
    or 1 and 0 for who is and is not in a share. `households` is a number by response id, or
    `None` where nobody's household is known.
    """

    values: pd.Series
    households: pd.Series | None = None


@dataclass(frozen=True)
class Change:
    """The change of one group's figure, later minus earlier, in points from -100 to 100.

    `before` and `after` are the figures compared (index points or percent), of the pairs
    alone where `design` is paired; bases are the people in them. `left_out_*` counts people
    who have a value in the round and are in no pair (paired only: an independent comparison
    leaves nobody out), `without_value_*` those of the group who have none. `pairs` counts
    the pairs that could be made, whether used or not. `p_holm` is the p-value adjusted over
    the phases shown, and equals `p_value` for a figure tested by itself. `smallest` is half
    the width of the interval: see `smallest_words`. `reason` says why the verdict is not
    what the interval alone suggests, or why there is none; "" otherwise.
    """

    group: str
    verdict: Verdict
    reason: str
    design: Design
    before: float | None
    after: float | None
    difference: float | None
    interval: Interval
    p_value: float | None
    p_holm: float | None
    test: str
    smallest: float | None
    base_before: int
    base_after: int
    pairs: int
    left_out_before: int
    left_out_after: int
    without_value_before: int
    without_value_after: int


def of_mean(
    group: str, before: Side, after: Side, matched: pd.DataFrame, least_pairs: int = LEAST_PAIRS
) -> Change:
    """The change of a group's mean index.

    `matched` is `pairs.Pairs.matched`. A pair counts where both its responses are in the
    group and have a value. From `least_pairs` on only pairs are compared, everybody else is
    left out and counted; below it everybody is, as two groups of strangers: never a mixture.
    Statistics: `mean_difference.paired` and `independent`. A pair's household is that of the
    later round, else of the earlier one.

    Limits: pairs are families who answered twice, and may not be like the rest of a round.
    """
    old, new = before.values.dropna(), after.values.dropna()
    usable = _usable(old, new, matched)
    if len(usable) >= least_pairs:
        old, new = old.reindex(usable["before"]), new.reindex(usable["after"])
        differences = pd.Series(new.to_numpy() - old.to_numpy(), index=usable.index)
        found = mean_difference.paired(differences, _households(usable, before, after), MOST_INDEX)
        design = Design.PAIRED
    else:
        homes = before.households, after.households
        found = mean_difference.independent(old, new, homes, MOST_INDEX)
        design = Design.INDEPENDENT
    return _change(group, (before, after), (old, new), len(usable), design, found, scale=1)


def of_share(
    group: str, before: Side, after: Side, matched: pd.DataFrame, least_pairs: int = LEAST_PAIRS
) -> Change:
    """The change of a share, in percentage points; values are 1 (in it) and 0 (not in it).

    Pairs as in `of_mean`. Statistics: `share_difference.paired` and `independent`, which
    take persons as independent, those of one household too.

    Raises:
        ValueError: a value is neither 0 nor 1.
    """
    old, new = before.values.dropna(), after.values.dropna()
    if not (old.isin([0, 1]).all() and new.isin([0, 1]).all()):
        raise ValueError("a person is in a share (1) or not (0)")
    usable = _usable(old, new, matched)
    if len(usable) >= least_pairs:
        old, new = old.reindex(usable["before"]), new.reindex(usable["after"])
        moved = new.to_numpy() - old.to_numpy()
        gained, lost = int((moved > 0).sum()), int((moved < 0).sum())
        found = share_difference.paired(gained, lost, len(usable))
        design = Design.PAIRED
    else:
        earlier, later = (Share(int(values.sum()), len(values)) for values in (old, new))
        found = share_difference.independent(earlier, later)
        design = Design.INDEPENDENT
    return _change(group, (before, after), (old, new), len(usable), design, found, scale=100)


def not_comparable(group: str, reason: str) -> Change:
    """A group whose figures may not be compared: nothing is computed, so nothing is shown."""
    nothing = Difference(None, Interval(None, None, "not available: not comparable"), None, "")
    nobody = Side(pd.Series(dtype="float64"))
    empty = nobody.values
    change = _change(group, (nobody, nobody), (empty, empty), 0, Design.NONE, nothing, scale=1)
    return replace(change, verdict=Verdict.NOT_COMPARABLE, reason=reason)


def together(changes: Sequence[Change]) -> list[Change]:
    """These changes as one family of tests: Holm's adjustment, and the verdicts after it.

    The family is what is published: hand over the phases shown, once each, and no total.
    """
    adjusted = holm([change.p_value for change in changes])
    return [_judged(change, p) for change, p in zip(changes, adjusted, strict=True)]


def smallest_words(change: Change) -> str:
    """How small a change this comparison could have shown, in words; "" where it had no test.

    Half the width of the interval, in whole points rounded up. A true change of just this
    size would be found about every second time, a larger one more often.
    """
    if change.smallest is None:
        return ""
    points = max(1, math.ceil(change.smallest - 1e-9))
    return f"could have shown a change of {points} point{'s' * (points != 1)} or more"


def _usable(old: pd.Series, new: pd.Series, matched: pd.DataFrame) -> pd.DataFrame:
    return matched[matched["before"].isin(old.index) & matched["after"].isin(new.index)]


def _households(usable: pd.DataFrame, before: Side, after: Side) -> pd.Series | None:
    sides = ((after, "after"), (before, "before"))
    known = [
        pd.Series(
            [pd.NA if pd.isna(h) else f"{name} {h}" for h in side.households.reindex(usable[name])],
            index=usable.index,
            dtype="object",
        )
        for side, name in sides
        if side.households is not None
    ]
    if not known:
        return None
    first, *others = known
    for other in others:
        first = first.where(first.notna(), other)
    return first


def _change(
    group: str,
    sides: tuple[Side, Side],
    compared: tuple[pd.Series, pd.Series],
    pairs: int,
    design: Design,
    found: Difference,
    *,
    scale: int,
) -> Change:
    low, high = found.interval.low, found.interval.high
    valued = [int(side.values.notna().sum()) for side in sides]
    before, after = (scale * float(each.mean()) if len(each) else None for each in compared)
    change = Change(
        group=group,
        verdict=Verdict.NOT_AVAILABLE,
        reason="",
        design=design,
        before=before,
        after=after,
        difference=found.value,
        interval=found.interval,
        p_value=found.p_value,
        p_holm=None,
        test=found.test,
        smallest=None if low is None or high is None else (high - low) / 2,
        base_before=len(compared[0]),
        base_after=len(compared[1]),
        pairs=pairs,
        left_out_before=valued[0] - len(compared[0]),
        left_out_after=valued[1] - len(compared[1]),
        without_value_before=len(sides[0].values) - valued[0],
        without_value_after=len(sides[1].values) - valued[1],
    )
    return _judged(change, found.p_value)


def _judged(change: Change, p_holm: float | None) -> Change:
    verdict, reason = _verdict(change, p_holm)
    return replace(change, verdict=verdict, reason=reason, p_holm=p_holm)


def _verdict(change: Change, p_holm: float | None) -> tuple[Verdict, str]:
    if change.verdict is Verdict.NOT_COMPARABLE:
        return change.verdict, change.reason
    low, high = change.interval.low, change.interval.high
    if low is None or high is None or p_holm is None or change.p_value is None:
        return Verdict.NOT_AVAILABLE, change.interval.method
    if low <= 0 <= high:
        return Verdict.NO_CLEAR_CHANGE, ""
    if p_holm < CLAIMED_BELOW:
        return (Verdict.HIGHER if low > 0 else Verdict.LOWER), ""
    if change.p_value < CLAIMED_BELOW:
        return Verdict.NO_CLEAR_CHANGE, "would be expected by luck among this many phases"
    return Verdict.NO_CLEAR_CHANGE, f"the test ({change.test}) finds no clear change"

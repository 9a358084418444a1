"""The difference of two means, with its interval and its test."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis import resampling
from analysis.intervals import HOUSEHOLDS_SAME, SMALL, Interval

if TYPE_CHECKING:
    from analysis.sums import Numbers, Patterns

NO_SPREAD = 1e-6
"""A standard error (points) up to this is rounding, not spread."""

FEW_PAIRS = "not available: fewer than 2 households in pairs"
FEW_PEOPLE = "not available: fewer than 2 households in a round"
SAME_PAIRS = "not available: all differences are the same"
SAME_PEOPLE = "not available: all answers of a round are the same"


@dataclass(frozen=True)
class Difference:
    """Later minus earlier, in points, with a 95% interval and a two-sided p-value.

    `value` is missing (`None`) where there is nobody to compare; `p_value` wherever the
    interval is. `interval.method` says why there is none. `test` names the test, "" for none.
    """

    value: float | None
    interval: Interval
    p_value: float | None
    test: str


def paired(differences: pd.Series, households: pd.Series | None, most: float) -> Difference:
    """The mean of persons' own differences, within -`most` to `most` points.

    `differences` is one number a pair, without missing values; `households` their household
    numbers by the same index (children of one household answer alike, so the household is
    the unit). Fewer than 30 households: Student's t with households - 1 degrees of freedom
    on the standard error of a ratio of sums to sizes (`sums.Patterns`), which is the plain
    paired t test where each pair is a household of its own. From 30: the percentile
    bootstrap of households, and as p-value the level at which that interval meets zero
    (Davison and Hinkley 1997, Bootstrap Methods, ch. 4-5), at least 2/2,001. None below 2
    households, or where nothing differs between them.

    Raises:
        ValueError: a value is missing, or `households` does not fit `differences`.
    """
    from analysis import sums  # noqa: PLC0415 - numpy is loaded by those who count

    if not len(differences):
        return _none(None, FEW_PAIRS)
    value, units = float(differences.mean()), sums.by_household(differences, households)
    if units.units < 2:  # noqa: PLR2004 - one household has no spread
        return _none(value, FEW_PAIRS)
    if units.standard_error <= NO_SPREAD:
        return _none(value, _nothing_differs(units, SAME_PAIRS))
    if units.units < SMALL:
        return _student(value, units.standard_error, units.units - 1, most, "paired t")
    drawn = resampling.means(units, resampling.chance())
    return _resampled(value, drawn, most, "paired bootstrap")


def independent(
    before: pd.Series,
    after: pd.Series,
    households: tuple[pd.Series | None, pd.Series | None],
    most: float,
) -> Difference:
    """The later mean minus the earlier one, of two groups taken as strangers to each other.

    Values without missing ones; `households` of the earlier and the later round. Fewer than
    30 households in either: Welch's t (Welch 1947, Biometrika 34, 28-35) on the same
    standard errors. From 30 in both: the percentile bootstrap, each round resampled by itself.
    None below 2 households in a round, or where nothing differs between those of a round.

    Limits: families in both rounds unknown to us answer alike, which makes this interval
    wider than it need be, never narrower.

    Raises:
        ValueError: a value is missing, or `households` do not fit.
    """
    from analysis import sums  # noqa: PLC0415 - numpy is loaded by those who count

    if not (len(before) and len(after)):
        return _none(None, FEW_PEOPLE)
    old, new = sums.by_household(before, households[0]), sums.by_household(after, households[1])
    value, least = float(after.mean() - before.mean()), min(old.units, new.units)
    if least < 2:  # noqa: PLR2004 - one household has no spread
        return _none(value, FEW_PEOPLE)
    for each in (old, new):
        if each.standard_error <= NO_SPREAD:
            return _none(value, _nothing_differs(each, SAME_PEOPLE))
    if least < SMALL:
        error = math.hypot(old.standard_error, new.standard_error)
        parts = (each.standard_error**4 / (each.units - 1) for each in (old, new))
        return _student(value, error, error**4 / sum(parts), most, "Welch's t")
    random = resampling.chance()
    earlier = resampling.means(old, random)
    return _resampled(value, resampling.means(new, random) - earlier, most, "bootstrap")


def _student(value: float, error: float, freedom: float, most: float, method: str) -> Difference:
    from scipy.stats import t  # noqa: PLC0415 - heavy, and only here

    reach = float(t.ppf(0.975, freedom)) * error
    p_value = 2 * float(t.sf(abs(value) / error, freedom))
    return Difference(value, _within(value - reach, value + reach, most, method), p_value, method)


def _resampled(value: float, drawn: "Numbers", most: float, method: str) -> Difference:
    import numpy as np  # noqa: PLC0415 - heavy, and only here

    low, high = np.percentile(drawn, [2.5, 97.5])
    beyond = min(int((drawn <= 0).sum()), int((drawn >= 0).sum()))
    p_value = min(1.0, 2 * (beyond + 1) / (len(drawn) + 1))
    return Difference(value, _within(float(low), float(high), most, method), p_value, method)


def _within(low: float, high: float, most: float, method: str) -> Interval:
    return Interval(max(-most, low), min(most, high), method)


def _nothing_differs(units: "Patterns", all_same: str) -> str:
    # Of one mean, households may still hold people who differ.
    return HOUSEHOLDS_SAME if units.clustered and not units.all_same else all_same


def _none(value: float | None, why: str) -> Difference:
    return Difference(value, Interval(None, None, why), None, "")

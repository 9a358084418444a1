"""The difference of two means, with its interval and its test."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analysis import resampling
from analysis.intervals import RESAMPLES, SMALL, Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_SPREAD = 1e-12
"""A variance of a mean (points squared) below this is rounding, not spread."""


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
    on the variance of a mean of unequal clusters (Cochran 1977, Sampling Techniques, 3rd
    ed., ch. 9A), which is the plain paired t test where each pair is a household of its
    own. From 30: the percentile bootstrap of households, and as p-value the level at which
    that interval meets zero (Davison and Hinkley 1997, Bootstrap Methods, ch. 4-5), at
    least 2/2,001. None below 2 households, or where all differences are the same.
    """
    units = resampling.clusters(differences, households)
    value = float(differences.mean()) if len(differences) else None
    if value is None or len(units) < 2:  # noqa: PLR2004 - one household has no spread
        return _none(value, "not available: fewer than 2 households in pairs")
    variance = _variance(units)
    if variance <= NO_SPREAD:
        return _none(value, "not available: all differences are the same")
    if len(units) < SMALL:
        return _student(value, variance, len(units) - 1, most, "paired t")
    return _resampled(value, resampling.means(units, resampling.random()), most, "paired bootstrap")


def independent(
    before: pd.Series,
    after: pd.Series,
    households: tuple[pd.Series | None, pd.Series | None],
    most: float,
) -> Difference:
    """The later mean minus the earlier one, of two groups taken as strangers to each other.

    Values without missing ones; `households` of the earlier and the later round. Fewer than
    30 households in either: Welch's t (Welch 1947, Biometrika 34) on the same clustered
    variances. From 30 in both: the percentile bootstrap, each round resampled by itself.
    None below 2 households in a round, or where all answers of a round are the same.

    Limits: families in both rounds unknown to us answer alike, which makes this interval
    wider than it need be, never narrower.
    """
    units = [
        resampling.clusters(values, of)
        for values, of in zip((before, after), households, strict=True)
    ]
    value = float(after.mean() - before.mean()) if len(before) and len(after) else None
    if value is None or min(map(len, units)) < 2:  # noqa: PLR2004 - one household has no spread
        return _none(value, "not available: fewer than 2 households in a round")
    old, new = (_variance(each) for each in units)
    if min(old, new) <= NO_SPREAD:
        return _none(value, "not available: all answers of a round are the same")
    if min(map(len, units)) < SMALL:
        freedom = (old + new) ** 2 / (old**2 / (len(units[0]) - 1) + new**2 / (len(units[1]) - 1))
        return _student(value, old + new, freedom, most, "Welch's t")
    chance = resampling.random()
    earlier = resampling.means(units[0], chance)
    return _resampled(value, resampling.means(units[1], chance) - earlier, most, "bootstrap")


def _variance(units: pd.DataFrame) -> float:
    """Of the mean over all people, from totals and sizes of households (Cochran, ch. 9A)."""
    people = int(units["people"].sum())
    mean = math.fsum(units["total"]) / people
    rest = units["total"] - mean * units["people"]
    return len(units) / (len(units) - 1) * math.fsum(rest**2) / people**2


def _student(value: float, variance: float, freedom: float, most: float, method: str) -> Difference:
    from scipy.stats import t  # noqa: PLC0415 - heavy, and only here

    error = math.sqrt(variance)
    reach = float(t.ppf(0.975, freedom)) * error
    p_value = 2 * float(t.sf(abs(value) / error, freedom))
    return Difference(value, _within(value - reach, value + reach, most, method), p_value, method)


def _resampled(value: float, drawn: "NDArray[np.float64]", most: float, method: str) -> Difference:
    import numpy as np  # noqa: PLC0415 - heavy, and only here

    low, high = np.percentile(drawn, [2.5, 97.5])
    beyond = min(int((drawn <= 0).sum()), int((drawn >= 0).sum()))
    p_value = min(1.0, 2 * (beyond + 1) / (RESAMPLES + 1))
    return Difference(value, _within(float(low), float(high), most, method), p_value, method)


def _within(low: float, high: float, most: float, method: str) -> Interval:
    return Interval(max(-most, low), min(most, high), method)


def _none(value: float | None, why: str) -> Difference:
    return Difference(value, Interval(None, None, why), None, "")

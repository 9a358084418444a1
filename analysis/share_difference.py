"""The difference of two shares, with its interval and its test. All in percentage points."""

import math

from analysis.confidence import Share
from analysis.intervals import Interval, Z, wilson
from analysis.mean_difference import Difference

EXPECTED = 5
"""An expected count below this is too small for the chi-squared approximation."""


def independent(before: Share, after: Share) -> Difference:
    """The later share minus the earlier one, of two groups taken as strangers to each other.

    Interval: Newcombe's hybrid score interval from the two Wilson intervals (Newcombe 1998,
    Stat. Med. 17, 873-890, method 10): stays within -100 to 100 and has a width even at 0%
    and 100%. p-value: Pearson's chi-squared without continuity correction, or Fisher's
    exact test where a count of under 5 is expected. None where a base is below 2.

    Limits: persons are taken as independent, those of one household too.
    """
    if not before.base or not after.base:
        return Difference(None, Interval(None, None, "not available: nobody answered"), None, "")
    old, new = (100 * share.count / share.base for share in (before, after))
    here, there = wilson(before.count, before.base), wilson(after.count, after.base)
    if here.low is None or here.high is None or there.low is None or there.high is None:
        few = Interval(None, None, "not available: fewer than 2 answers in a round")
        return Difference(new - old, few, None, "")
    low = new - old - math.hypot(new - there.low, here.high - old)
    high = new - old + math.hypot(there.high - new, old - here.low)
    interval = Interval(max(-100.0, low), min(100.0, high), "Newcombe")
    p_value, test = _association(before, after)
    return Difference(new - old, interval, p_value, test)


def paired(gained: int, lost: int, base: int) -> Difference:
    """The change of a share among the same people: `gained` came to it, `lost` left it.

    Interval: Tango's score interval (Tango 1998, Stat. Med. 17, 891-908), which has a width
    even where nobody changed. p-value: McNemar's test without continuity correction
    (Fagerland and others 2013, BMC Med. Res. Methodol. 13:91), the same score test at zero,
    so the two always agree. None where `base`, the number of pairs, is below 2.

    Limits: pairs are taken as independent, those of one household too.

    Raises:
        ValueError: `gained` and `lost` do not fit into `base`.
    """
    if min(gained, lost) < 0 or gained + lost > base:
        raise ValueError(f"{gained} gained and {lost} lost do not fit {base} pairs")
    value = 100 * (gained - lost) / base if base else None
    if base < 2:  # noqa: PLR2004 - one pair has no spread
        few = Interval(None, None, "not available: fewer than 2 pairs")
        return Difference(value, few, None, "")
    low, high = (100 * limit for limit in _tango(gained, lost, base))
    return Difference(value, Interval(low, high, "Tango"), _mcnemar(gained, lost), "McNemar")


def _tango(gained: int, lost: int, base: int) -> tuple[float, float]:
    from scipy.optimize import brentq  # noqa: PLC0415 - heavy, and only here

    middle, edge = (gained - lost) / base, 1 - 1e-12

    def beyond(target: float) -> float:
        return _score(target, gained, lost, base)

    low, high = -1.0, 1.0
    if middle > -edge and beyond(-edge) > Z:
        low = float(brentq(lambda at: beyond(at) - Z, -edge, middle, xtol=1e-12))
    if middle < edge and beyond(edge) < -Z:
        high = float(brentq(lambda at: beyond(at) + Z, middle, edge, xtol=1e-12))
    return low, high


def _score(target: float, gained: int, lost: int, base: int) -> float:
    """Tango's statistic: how far the counts lie from a true change of `target`, in z."""
    linear = (2 * base - gained + lost) * target - gained - lost
    root = math.sqrt(max(0.0, linear**2 + 8 * base * lost * target * (1 - target)))
    likeliest_loss = (root - linear) / (4 * base)
    variance = base * (2 * likeliest_loss + target * (1 - target))
    distance = gained - lost - base * target
    return distance / math.sqrt(variance) if variance > 0 else 0.0


def _mcnemar(gained: int, lost: int) -> float:
    changed = gained + lost
    return math.erfc(abs(gained - lost) / math.sqrt(2 * changed)) if changed else 1.0


def _association(before: Share, after: Share) -> tuple[float, str]:
    import numpy as np  # noqa: PLC0415 - heavy, and only here
    from scipy.stats import chi2_contingency, fisher_exact  # noqa: PLC0415 - heavy

    table = np.array([[share.count, share.base - share.count] for share in (before, after)])
    least = table.sum(axis=0).min() * table.sum(axis=1).min() / table.sum()
    if least < EXPECTED:
        return float(fisher_exact(table)[1]), "Fisher's exact"
    return float(chi2_contingency(table, correction=False)[1]), "Pearson's chi-squared"

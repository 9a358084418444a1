"""The difference of two shares, with its interval and its test. All in percentage points."""

import math

from analysis.confidence import Share
from analysis.intervals import Interval, Z, score_limits
from analysis.mean_difference import Difference

EXPECTED = 5
"""An expected count below this is too small for the chi-squared approximation."""


def independent(
    before: Share, after: Share, effects: tuple[float, float] = (1.0, 1.0)
) -> Difference:
    """The later share minus the earlier one, of two groups taken as strangers to each other.

    Interval: Newcombe's hybrid score interval from the two Wilson intervals (Newcombe 1998,
    Stat. Med. 17, 873-890, method 10): stays within -100 to 100 and has a width even at 0%
    and 100%. p-value: Pearson's chi-squared without continuity correction, or Fisher's
    exact test where a count of under 5 is expected. None where a base is below 2.

    `effects` are the earlier and the later round's `sums.household_effect`: a base counts as base
    / effect (Franco, Little, Louis and Slud 2019, J. Survey Stat. Methodol. 7, 334-364; for
    the test Rao and Scott 1981, J. Am. Stat. Assoc. 76, 221-230). Fisher's test cannot
    count so; beside it the chi-squared is made, and the larger of the two p-values taken.
    """
    if not before.base or not after.base:
        return Difference(None, Interval(None, None, "not available: nobody answered"), None, "")
    old, new = (100 * share.count / share.base for share in (before, after))
    if min(before.base, after.base) < 2:  # noqa: PLR2004 - one person has no spread
        few = Interval(None, None, "not available: fewer than 2 answers in a round")
        return Difference(new - old, few, None, "")
    (here_low, here_high), (there_low, there_high) = (
        score_limits(share.count / share.base, share.base / effect)
        for share, effect in zip((before, after), effects, strict=True)
    )
    low = new - old - math.hypot(new - there_low, here_high - old)
    high = new - old + math.hypot(there_high - new, old - here_low)
    how = _how(*effects)
    interval = Interval(max(-100.0, low), min(100.0, high), "Newcombe" + how)
    p_value, test = _association(before, after, effects)
    return Difference(new - old, interval, p_value, test + how)


def paired(gained: int, lost: int, base: int, effect: float = 1.0) -> Difference:
    """The change of a share among the same people: `gained` came to it, `lost` left it.

    Interval: Tango's score interval (Tango 1998, Stat. Med. 17, 891-908), which has a width
    even where nobody changed. p-value: McNemar's test without continuity correction
    (Fagerland and others 2013, BMC Med. Res. Methodol. 13:91), the same score test at zero,
    so the two always agree. None where `base`, the number of pairs, is below 2.

    `effect` is the pairs' `sums.household_effect`: every count counts as count / effect.

    Raises:
        ValueError: `gained` and `lost` do not fit into `base`.
    """
    if min(gained, lost) < 0 or gained + lost > base:
        raise ValueError(f"{gained} gained and {lost} lost do not fit {base} pairs")
    value = 100 * (gained - lost) / base if base else None
    if base < 2:  # noqa: PLR2004 - one pair has no spread
        few = Interval(None, None, "not available: fewer than 2 pairs")
        return Difference(value, few, None, "")
    low, high = (100 * limit for limit in _tango(gained / effect, lost / effect, base / effect))
    p_value, how = _mcnemar(gained / effect, lost / effect), _how(effect)
    return Difference(value, Interval(low, high, "Tango" + how), p_value, "McNemar" + how)


def _how(*effects: float) -> str:
    return " by household" if max(effects) > 1 else ""


def _tango(gained: float, lost: float, base: float) -> tuple[float, float]:
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


def _score(target: float, gained: float, lost: float, base: float) -> float:
    """Tango's statistic: how far the counts lie from a true change of `target`, in z."""
    linear = (2 * base - gained + lost) * target - gained - lost
    root = math.sqrt(max(0.0, linear**2 + 8 * base * lost * target * (1 - target)))
    likeliest_loss = (root - linear) / (4 * base)
    variance = base * (2 * likeliest_loss + target * (1 - target))
    distance = gained - lost - base * target
    return distance / math.sqrt(variance) if variance > 0 else 0.0


def _mcnemar(gained: float, lost: float) -> float:
    changed = gained + lost
    return math.erfc(abs(gained - lost) / math.sqrt(2 * changed)) if changed else 1.0


def _association(before: Share, after: Share, effects: tuple[float, float]) -> tuple[float, str]:
    import numpy as np  # noqa: PLC0415 - heavy, and only here
    from scipy.stats import chi2_contingency, fisher_exact  # noqa: PLC0415 - heavy

    heads = np.array([[share.count, share.base - share.count] for share in (before, after)])
    table = heads / np.array(effects)[:, None]
    least = table.sum(axis=0).min() * table.sum(axis=1).min() / table.sum()
    squared = float(chi2_contingency(table, correction=False)[1]) if least else 1.0
    if least >= EXPECTED:
        return squared, "Pearson's chi-squared"
    exact = float(fisher_exact(heads)[1])
    return max(exact, squared) if max(effects) > 1 else exact, "Fisher's exact"

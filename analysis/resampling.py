"""Resampled means: what a mean might have been had other families of the same kind answered."""

from typing import TYPE_CHECKING

from analysis.intervals import RESAMPLES, SEED

if TYPE_CHECKING:
    import numpy as np

    from analysis.sums import Numbers, Patterns

AT_ONCE = 250_000
"""Counts and households held in memory together: a region's round must not need gigabytes."""

RARE = 5
"""Up to so many households of a pattern are drawn one by one, which is then the faster way."""


def chance() -> "np.random.Generator":
    """The one source of chance of a statistic, at its fixed seed."""
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    return np.random.default_rng(SEED)


def means(
    patterns: "Patterns", random: "np.random.Generator", resamples: int = RESAMPLES
) -> "Numbers":
    """The means of bootstrap resamples of whole households (Efron 1979, Ann. Stat. 7).

    A resample draws as many households as there are, with replacement. Households of equal
    total and size are the same draw, so of a pattern that many have it is drawn how often it
    comes; and how many are drawn of all the others together, who are then drawn one by one,
    each as likely as another. That is the same chance of every resample: the counts are
    multinomial, and those of some cells, given their sum, are multinomial too.

    Each of the two draws has a source of its own, made anew from `random` at every call, and
    takes from it one resample after another. So two rounds are not resampled in step, and how
    many resamples are held at once does not move a mean.

    Limits: needs some 30 households to mean anything; the caller sees to that.
    """
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    often = patterns.counts > RARE
    totals, sizes = patterns.totals[often], patterns.sizes[often]
    others = np.repeat(np.flatnonzero(~often), patterns.counts[~often].astype("int64"))
    other_totals, other_sizes = patterns.totals[others], patterns.sizes[others]
    # The last one gets what rounding leaves over, so it must not be the others, if there are none.
    shares = np.append(len(others), patterns.counts[often]) / patterns.units
    together, apart = random.spawn(2)
    found = np.empty(resamples)
    rows = max(1, AT_ONCE // (len(shares) + len(others)))
    for start in range(0, resamples, rows):
        here = found[start : start + rows]
        drawn = together.multinomial(patterns.units, shares, size=len(here))
        counts, of_others = drawn[:, 1:].astype("float64"), drawn[:, 0]
        picked = apart.integers(max(len(others), 1), size=of_others.sum(), dtype="uint32")
        whose = np.repeat(np.arange(len(here)), of_others)
        total = counts @ totals + np.bincount(whose, other_totals[picked], len(here))
        size = counts @ sizes + np.bincount(whose, other_sizes[picked], len(here))
        here[:] = total / size
    return found

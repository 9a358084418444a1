"""Resampled means: what a mean might have been had other families of the same kind answered."""

from typing import TYPE_CHECKING

from analysis.intervals import AT_ONCE, RESAMPLES, SEED

if TYPE_CHECKING:
    import numpy as np

    from analysis.sums import Numbers, Patterns


def chance() -> "np.random.Generator":
    """The one source of chance of a statistic, at its fixed seed."""
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    return np.random.default_rng(SEED)


def means(patterns: "Patterns", random: "np.random.Generator") -> "Numbers":
    """The means of 2,000 bootstrap resamples of whole households (Efron 1979, Ann. Stat. 7).

    A resample draws as many households as there are, with replacement; households of equal
    total and size are the same draw, so only how often each pattern comes is drawn. Two
    rounds must draw from one source in turn, or they would be resampled in step.

    Limits: needs some 30 households to mean anything; the caller sees to that.
    """
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    shares = patterns.counts / patterns.units
    found = np.empty(RESAMPLES)
    rows = max(1, AT_ONCE // len(shares))
    for start in range(0, RESAMPLES, rows):
        here = found[start : start + rows]
        drawn = random.multinomial(patterns.units, shares, size=len(here)).astype("float64")
        here[:] = (drawn @ patterns.totals) / (drawn @ patterns.sizes)
    return found

"""Resampled means: what a mean might have been had other families of the same kind answered."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from analysis.sums import Numbers, Patterns

RESAMPLES = 2_000
SEED = 20_240_401
AT_ONCE = 1_000_000
"""Counts held in memory together: a region's round must not need gigabytes."""


def chance() -> "np.random.Generator":
    """The one source of chance of a statistic, at its fixed seed."""
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    return np.random.default_rng(SEED)


def means(
    patterns: "Patterns", random: "np.random.Generator", resamples: int = RESAMPLES
) -> "Numbers":
    """The means of bootstrap resamples of whole households (Efron 1979, Ann. Stat. 7).

    A resample draws as many households as there are, with replacement; households of equal
    total and size are the same draw, so only how often each pattern comes is drawn: the
    counts are multinomial. Rows come one after the other from one source, so how many are
    held at once does not move the means. Two rounds must draw from one source in turn, or
    they would be resampled in step.

    Limits: needs some 30 households to mean anything; the caller sees to that.
    """
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    shares = patterns.counts / patterns.units
    found = np.empty(resamples)
    rows = max(1, AT_ONCE // len(shares))
    for start in range(0, resamples, rows):
        here = found[start : start + rows]
        drawn = random.multinomial(patterns.units, shares, size=len(here)).astype("float64")
        here[:] = (drawn @ patterns.totals) / (drawn @ patterns.sizes)
    return found

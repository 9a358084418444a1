"""Resampled means: what a mean might have been had other families of the same kind answered."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.sums import Numbers, Patterns

    Pairs = NDArray[np.complex128]

RESAMPLES = 2_000
SEED = 20_240_401

AT_ONCE = 250_000
"""Counts and households held in memory together: a region's round must not need gigabytes."""

RARE = 20
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
    both = patterns.totals + 1j * patterns.sizes  # one sum for the two
    others = np.repeat(both[~often], patterns.counts[~often].astype("int64"))
    # The last one gets what rounding leaves over, so it must not be the others, if there are none.
    shares = np.append(len(others), patterns.counts[often]) / patterns.units
    together, apart = random.spawn(2)
    found = np.empty(resamples)
    rows = max(1, AT_ONCE // (len(shares) + len(others)))
    for start in range(0, resamples, rows):
        here = found[start : start + rows]
        drawn = together.multinomial(patterns.units, shares, size=len(here))
        picked = apart.integers(max(len(others), 1), size=drawn[:, 0].sum(), dtype="uint32")
        # Not as a matrix: threads of the library for those cost more than they bring.
        of_often = (drawn[:, 1:] * both[often]).sum(axis=1)
        sums = of_often + _sums(others.take(picked), drawn[:, 0])
        here[:] = sums.real / sums.imag
    return found


def _sums(numbers: "Pairs", lengths: "NDArray[np.int64]") -> "Pairs":
    """The sum of each stretch of the numbers, which are as long as `lengths` say."""
    import numpy as np  # noqa: PLC0415 - only resampling needs it

    starts = np.cumsum(lengths) - lengths
    # An empty stretch would be the number that stands there, and at the end there is none.
    sums = np.add.reduceat(np.append(numbers, 0), starts)
    return np.where(lengths > 0, sums, 0)

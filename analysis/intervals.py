"""Intervals: 95%, for sampling alone. They do not cover who chose not to answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from analysis.sums import Patterns

CONFIDENCE = 0.95
Z = 1.959963984540054
"""The 97.5% point of the standard normal distribution."""

SMALL = 30
"""Below this many people or households the t interval is used, from it on the bootstrap."""

RESAMPLES = 2_000
SEED = 20_240_401

LABEL = (
    "95%, sampling uncertainty only; does not cover who chose not to answer. Means: Student's t"
    " below 30 people or households, from 30 a bootstrap of 2,000 resamples. Shares: Wilson."
)

FEW_PEOPLE = "not available: fewer than 2 people"
FEW_ANSWERS = "not available: fewer than 2 answers"
ALL_SAME = "not available: all answers are the same"
ONE_HOUSEHOLD = "not available: everybody is of one household"
HOUSEHOLDS_SAME = "not available: every household has the same mean"
CENSUS = "not available: everybody in the population (N = {:,}) answered, so nothing was sampled"


@dataclass(frozen=True)
class Interval:
    """`low` to `high`, with the method's name; both are `None` where there is no interval."""

    low: float | None
    high: float | None
    method: str


def wilson(successes: int, base: int, *, population: int | None = None) -> Interval:
    """The Wilson score interval of a proportion, in percent (0 to 100).

    Wilson (1927), J. Am. Stat. Assoc. 22, 209-212. No interval below a base of 2. It takes
    each answer as one of its own: brothers and sisters make it a little too narrow.

    Where `population` (N) is given, the base n counts as n (N - 1) / (N - n): a share drawn
    without replacement varies as little as one of that base (Cochran (1977), Sampling
    Techniques, theorem 3.2; for Wilson's interval O'Neill (2021), arXiv 2109.12464). The
    method names N. A population below the base is not used, and the method says so.

    Raises:
        ValueError: `successes` is not from 0 to `base`.
    """
    if not 0 <= successes <= base:
        raise ValueError(f"{successes} successes do not fit a base of {base}")
    if base < 2:  # noqa: PLR2004 - one person has no spread
        return Interval(None, None, FEW_ANSWERS)
    if population == base:
        return Interval(None, None, CENSUS.format(population))
    effective = float(base)
    if population is not None and population > base:
        effective = base * (population - 1) / (population - base)
    low, high = score_limits(successes / base, effective)
    return Interval(low, high, "Wilson" + about_population(base, population))


def score_limits(share: float, base: float) -> tuple[float, float]:
    """Wilson's limits, in percent, of a `share` (0 to 1) of a base that need not be whole."""
    spread = Z * math.sqrt(share * (1 - share) / base + Z**2 / (4 * base**2))
    scale = 1 + Z**2 / base
    centre = share + Z**2 / (2 * base)
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return 100 * max(0.0, low), 100 * min(1.0, high)


def of_mean(
    values: "ArrayLike",
    lowest: float,
    highest: float,
    *,
    households: "ArrayLike | Sequence[object] | None" = None,
    population: int | None = None,
    resamples: int = RESAMPLES,
) -> Interval:
    """An interval of the mean of persons' values, kept within `lowest` to `highest`.

    `households`, if given, has each person's household in the order of `values`; a person
    whose household is missing is one alone. Brothers and sisters answer alike, so
    households are what is sampled: below 30 of them Student's t of the mean as a ratio
    of household sums to household sizes, with (households - 1) degrees of freedom (the
    ratio estimator: Cochran (1977), Sampling Techniques, chapter 6); from 30 a percentile
    bootstrap of them (Efron and Tibshirani (1993), chapter 13; fixed seed). Where no
    household is known, both are of people, and the t is the ordinary one.

    Where `population` (N persons) is given, both limits move towards the mean by the
    factor sqrt(1 - n / N) (Cochran (1977), theorem 2.2); the method names N. A population
    below the base is not used, and the method says so.

    None below 2 persons, where all values are equal or every household has the same mean
    (a width of zero would claim a certainty that equal answers of a few do not give), and
    where everybody in the population answered.

    Raises:
        ValueError: a value is missing, or `households` does not fit `values`.
    """
    from analysis import sums  # noqa: PLC0415 - numpy is loaded by those who count

    patterns = sums.by_household(values, households)
    reason = nothing(patterns, population)
    if reason:
        return Interval(None, None, reason)
    few = patterns.units < SMALL
    low, high = student(patterns) if few else _bootstrap(patterns, resamples)
    kind = "Student's t" if few else "bootstrap"
    unit = " of households" if patterns.clustered else "" if few else " of people"
    low, high = shrunk(patterns.mean, (low, high), patterns.people, population)
    method = kind + unit + about_population(patterns.people, population)
    return Interval(max(lowest, low), min(highest, high), method)


def student(patterns: "Patterns") -> tuple[float, float]:
    """Student's t limits of the ratio of all sums to all sizes, by the units' spread."""
    from scipy.special import stdtrit  # noqa: PLC0415 - what scipy.stats.t.ppf calls

    point = float(stdtrit(patterns.units - 1, (1 + CONFIDENCE) / 2))
    reach = point * patterns.standard_error
    return patterns.mean - reach, patterns.mean + reach


def shrunk(
    mean: float, limits: tuple[float, float], people: int, population: int | None
) -> tuple[float, float]:
    """The limits after the finite-population correction, where it can be made."""
    low, high = limits
    if population is None or population < people:
        return low, high
    factor = math.sqrt(1 - people / population)
    return mean - factor * (mean - low), mean + factor * (high - mean)


def about_population(base: int, population: int | None) -> str:
    """What a method's name says of the population, beginning with a comma; often nothing."""
    if population is None:
        return ""
    if population < base:
        return (
            f", without finite-population correction: the population given (N = {population:,})"
            f" is smaller than the {base:,} who answered"
        )
    return f", with finite-population correction (N = {population:,})"


def nothing(patterns: "Patterns", population: int | None) -> str:
    """Why there is no interval; empty where there is one."""
    if patterns.people < 2:  # noqa: PLR2004 - one person has no spread
        return FEW_PEOPLE
    if patterns.all_same:
        return ALL_SAME
    if patterns.units < 2:  # noqa: PLR2004 - one household has no spread
        return ONE_HOUSEHOLD
    if patterns.means_same:
        return HOUSEHOLDS_SAME
    return CENSUS.format(population) if population == patterns.people else ""


def _bootstrap(patterns: "Patterns", resamples: int) -> tuple[float, float]:
    """Percentiles of the resampled means."""
    import numpy as np  # noqa: PLC0415 - loaded by those who count

    from analysis import resampling  # noqa: PLC0415 - takes our number of resamples

    means = resampling.means(patterns, resampling.chance(), resamples)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)

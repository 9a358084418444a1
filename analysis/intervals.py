"""Intervals: 95%, for sampling alone. They do not cover who chose not to answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95
Z = 1.959963984540054
"""The 97.5% point of the standard normal distribution."""

SMALL = 30
"""Below this many people the t interval is used, from it on the bootstrap."""

RESAMPLES = 2_000
SEED = 20_240_401
AT_ONCE = 1_000_000
"""Draws held in memory together: a region's round must not need gigabytes."""

LABEL = (
    "95%, sampling uncertainty only; does not cover who chose not to answer. Means: Student's t"
    " below 30 people, from 30 a bootstrap of 2,000 resamples. Shares: Wilson."
)


@dataclass(frozen=True)
class Interval:
    """`low` to `high`, with the method's name; both are `None` where there is no interval."""

    low: float | None
    high: float | None
    method: str


def wilson(successes: int, base: int) -> Interval:
    """The Wilson score interval of a proportion, in percent (0 to 100).

    Wilson (1927), J. Am. Stat. Assoc. 22, 209-212. No interval below a base of 2.

    Raises:
        ValueError: `successes` is not from 0 to `base`.
    """
    if not 0 <= successes <= base:
        raise ValueError(f"{successes} successes do not fit a base of {base}")
    if base < 2:  # noqa: PLR2004 - one person has no spread
        return Interval(None, None, "not available: fewer than 2 answers")
    share = successes / base
    spread = Z * math.sqrt(share * (1 - share) / base + Z**2 / (4 * base**2))
    scale = 1 + Z**2 / base
    centre = share + Z**2 / (2 * base)
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return Interval(100 * max(0.0, low), 100 * min(1.0, high), "Wilson")


def of_mean(values: Sequence[float], lowest: float, highest: float) -> Interval:
    """An interval of the mean of persons' values, kept within `lowest` to `highest`.

    Student's t below 30 persons; from 30 on a percentile bootstrap of persons (2,000
    resamples, fixed seed). None below 2 persons, and none where all values are equal:
    a width of zero would claim a certainty that equal answers of a few do not give.
    """
    people = len(values)
    if people < 2:  # noqa: PLR2004 - one person has no spread
        return Interval(None, None, "not available: fewer than 2 people")
    if max(values) == min(values):
        return Interval(None, None, "not available: all answers are the same")
    low, high = _student(values) if people < SMALL else _bootstrap(values)
    method = "Student's t" if people < SMALL else "bootstrap"
    return Interval(max(lowest, low), min(highest, high), method)


def t_quantile(degrees: int) -> float:
    """The 97.5% point of Student's t distribution.

    Found by bisection on the distribution's closed form for whole degrees of freedom
    (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).

    Raises:
        ValueError: `degrees` is below 1.
    """
    if degrees < 1:
        raise ValueError("there are no degrees of freedom")
    low, high = 0.0, 20.0
    while high - low > 1e-12:  # noqa: PLR2004 - far below what is ever shown
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, degrees) < CONFIDENCE else (low, middle)
    return (low + high) / 2


def _within(t: float, degrees: int) -> float:
    """The probability that Student's t lies between -t and t."""
    angle = math.atan(t / math.sqrt(degrees))
    cosine = math.cos(angle)
    odd = degrees % 2
    term = cosine if odd else 1.0
    total = term if degrees > 1 else 0.0
    for step in range(3 if odd else 2, degrees - 1, 2):
        term *= cosine**2 * (step - 1) / step
        total += term
    if odd:
        return 2 / math.pi * (angle + math.sin(angle) * total)
    return math.sin(angle) * total


def _student(values: Sequence[float]) -> tuple[float, float]:
    people = len(values)
    mean = math.fsum(values) / people
    variance = math.fsum((value - mean) ** 2 for value in values) / (people - 1)
    reach = t_quantile(people - 1) * math.sqrt(variance / people)
    return mean - reach, mean + reach


def _bootstrap(values: Sequence[float]) -> tuple[float, float]:
    import numpy as np  # noqa: PLC0415 - only long samples need it

    # Sorted: the order in which people come must not move the interval.
    people = np.sort(np.asarray(values, dtype="float64"))
    random = np.random.default_rng(SEED)
    means: list[float] = []
    while len(means) < RESAMPLES:
        rows = min(max(1, AT_ONCE // len(people)), RESAMPLES - len(means))
        means += people[random.integers(0, len(people), (rows, len(people)))].mean(axis=1).tolist()
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)

"""Weighted figures beside unweighted ones, with the intervals of both."""

from collections.abc import Sequence

import pandas as pd

from analysis import intervals, sums
from analysis.confidence import HIGHEST, LOWEST, TOP_TWO, top_two
from analysis.intervals import Interval
from analysis.weighting import FEWEST, Weights, kish

EVERYONE = "everyone, unweighted"
PLACED = "people with a weight, unweighted"
WEIGHTED = "weighted"

TOO_FEW = f"not weighted: fewer than {FEWEST} people with a weight"


def means_beside(
    values: pd.Series,
    weighting: Weights,
    *,
    households: pd.Series | None = None,
    population: int | None = None,
) -> pd.DataFrame:
    """The mean of persons' indexes (0 to 100), unweighted and weighted.

    `values` and `households` are indexed by response id; people without a value are in no
    row. One row each for everyone with a value, for those of them who have a weight, and
    for these weighted; the columns are `estimate` (str), `base` (int64: people),
    `effective` (float64: Kish's number of people), `value`, `low`, `high` (float64; missing
    where there is none) and `method` (str, of the interval). The weighted row has no value
    where fewer than 100 people have a weight and a value.
    """
    heard = values.dropna().astype("float64")
    homes = None if households is None else households.loc[heard.index]
    mine = _mine(heard, weighting)
    some = None if homes is None else homes.loc[mine.index]

    def row(name: str, some_values: pd.Series, of: pd.Series | None) -> dict[str, object]:
        interval = intervals.of_mean(
            some_values, LOWEST, HIGHEST, households=of, population=population
        )
        value = float(some_values.mean()) if len(some_values) else None
        return _row(name, len(some_values), len(some_values), value, interval)

    rows = [row(EVERYONE, heard, homes), row(PLACED, mine, some)]
    weights = weighting.weights.loc[mine.index]
    if len(mine) < FEWEST:
        rows.append(_refused(len(mine)))
    else:
        interval = of_weighted_mean(
            mine, weights, LOWEST, HIGHEST, households=some, population=population
        )
        value = float((mine * weights).sum() / weights.sum())
        rows.append(_row(WEIGHTED, len(mine), kish(weights), value, interval))
    return _table(rows)


def top_two_beside(
    scores: pd.Series,
    weighting: Weights,
    *,
    households: pd.Series | None = None,
    population: int | None = None,
) -> pd.DataFrame:
    """The share (in percent) who agree or strongly agree, unweighted and weighted.

    `scores` are raw ratings of 1 to 5 by response id, missing where there is none. Rows,
    columns and refusals are those of `means_beside`. The weighted interval is Wilson's with
    Kish's effective number of people, over the unweighted effect of their households, as
    its base: Franco, Little, Louis and Slud (2019), J. Survey Stat. Methodol. 7, 334-364.
    A population is not used for it.
    """
    rated = scores.dropna()
    mine = _mine(rated, weighting)
    rows, effect = [], 1.0
    for name, some in ((EVERYONE, rated), (PLACED, mine)):
        share = top_two(some)
        homes = None if households is None else households.loc[some.index]
        effect = sums.household_effect((some >= TOP_TWO).astype("float64"), homes)
        interval = intervals.wilson(share.count, share.base, population=population, effect=effect)
        value = 100 * share.count / share.base if share.base else None
        rows.append(_row(name, share.base, share.base, value, interval))
    if len(mine) < FEWEST:
        return _table([*rows, _refused(len(mine))])
    weights = weighting.weights.loc[mine.index]
    agreed = float(weights[mine >= TOP_TWO].sum() / weights.sum())
    effective = kish(weights)
    low, high = intervals.score_limits(min(1.0, agreed), effective / effect)
    method = f"Wilson with Kish's effective base of {effective / effect:,.1f}"
    if effect > 1:
        method += " by household"
    if population is not None:
        method += ", without finite-population correction"
    rows.append(_row(WEIGHTED, len(mine), effective, 100 * agreed, Interval(low, high, method)))
    return _table(rows)


def of_weighted_mean(
    values: pd.Series,
    weights: pd.Series,
    lowest: float,
    highest: float,
    *,
    households: pd.Series | None = None,
    population: int | None = None,
) -> Interval:
    """An interval of a weighted mean, kept within `lowest` to `highest`.

    Student's t, with (households - 1) degrees of freedom, of the weighted mean as a ratio,
    linearised (Taylor) over households, people alone being households of one: Särndal,
    Swensson and Wretman (1992), Model Assisted Survey Sampling, chapter 5. The weights are taken
    as fixed; that they were raked from these people usually makes the true interval
    narrower, not wider. Household, population and what is refused: as
    `analysis.intervals.of_mean`.

    Raises:
        ValueError: a value is missing, a weight is not above 0, or indexes differ.
    """
    plain = sums.by_household(values, households)
    reason = intervals.nothing(plain, population)
    if reason:
        return Interval(None, None, reason)
    patterns = sums.by_household(values, households, weights)
    low, high = intervals.shrunk(
        patterns.mean, intervals.student(patterns), patterns.people, population
    )
    unit = "households" if patterns.clustered else "people"
    method = f"Student's t of the linearised weighted mean of {unit}"
    method += intervals.about_population(patterns.people, population)
    return Interval(max(lowest, low), min(highest, high), method)


def _mine(values: pd.Series, weighting: Weights) -> pd.Series:
    return values[values.index.isin(weighting.weights.index)]


def _row(
    name: str, base: int, effective: float, value: float | None, interval: Interval
) -> dict[str, object]:
    return {
        "estimate": name,
        "base": base,
        "effective": float(effective),
        "value": value,
        "low": interval.low,
        "high": interval.high,
        "method": interval.method,
    }


def _refused(base: int) -> dict[str, object]:
    return _row(WEIGHTED, base, float("nan"), None, Interval(None, None, TOO_FEW))


def _table(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    numbers = dict.fromkeys(("effective", "value", "low", "high"), "float64")
    return pd.DataFrame(rows).astype({"estimate": "str", "method": "str", **numbers})

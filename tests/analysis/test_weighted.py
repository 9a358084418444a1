"""Weighted and unweighted figures stand side by side, each with its own interval."""

import numpy as np
import pandas as pd
import pytest

from analysis.intervals import of_mean, wilson
from analysis.weighted import (
    EVERYONE,
    PLACED,
    WEIGHTED,
    means_beside,
    of_weighted_mean,
    top_two_beside,
)
from analysis.weighting import Weights, rake
from tests.analysis.people import people_of, population_of

HEARD = {("primary", "ehcp"): 90, ("secondary", "ehcp"): 30, ("not_given", "ehcp"): 5}
POPULATION = {("primary", "ehcp"): 500, ("secondary", "ehcp"): 500}


@pytest.fixture
def people() -> pd.DataFrame:
    return people_of(HEARD)


@pytest.fixture
def weighting(people: pd.DataFrame) -> Weights:
    found = rake(people, population_of(POPULATION))
    assert isinstance(found, Weights)
    return found


def indexes(people: pd.DataFrame) -> pd.Series:
    """60 on the mean in primary, 40 elsewhere, with a spread of 10 either way."""
    level = np.where(people["phase"] == "primary", 60.0, 40.0)
    return pd.Series(level + np.where(np.arange(len(people)) % 2, 10, -10), index=people.index)


def test_the_weighted_mean_by_hand(people: pd.DataFrame, weighting: Weights) -> None:
    # 90 at 60 and 30 at 40 weigh 2/3 and 2: 60 and 60 people, so 50.
    table = means_beside(indexes(people), weighting).set_index("estimate")
    assert table.index.tolist() == [EVERYONE, PLACED, WEIGHTED]
    assert table["base"].tolist() == [125, 120, 120]
    assert table["value"][PLACED] == pytest.approx(55)
    assert table["value"][WEIGHTED] == pytest.approx(50)
    # Kish: 120^2 / (90 x 4/9 + 30 x 4).
    assert table["effective"][WEIGHTED] == pytest.approx(90)
    everyone = of_mean(indexes(people), 0, 100)
    assert (table["low"][EVERYONE], table["high"][EVERYONE]) == (everyone.low, everyone.high)
    # Linearised: each weighted distance from 50 is 2/3 x (20 or 0), or 2 x (0 or -20).
    apart = 45 * (40 / 3) ** 2 + 15 * 40**2
    reach = 1.980100 * (120 / 119 * apart) ** 0.5 / 120
    assert table["low"][WEIGHTED] == pytest.approx(50 - reach, abs=1e-4)
    assert table["high"][WEIGHTED] == pytest.approx(50 + reach, abs=1e-4)
    assert table["method"][WEIGHTED] == "Student's t of the linearised weighted mean of people"


def test_the_weighted_share_by_hand(people: pd.DataFrame, weighting: Weights) -> None:
    agrees = pd.Series(np.where(people["phase"] == "primary", 5.0, 2.0), index=people.index)
    table = top_two_beside(agrees, weighting).set_index("estimate")
    assert table["value"].tolist() == pytest.approx([72, 75, 50])
    plain = wilson(45, 90)
    assert table["low"][WEIGHTED] == pytest.approx(plain.low)
    assert table["high"][WEIGHTED] == pytest.approx(plain.high)
    assert table["method"][WEIGHTED] == "Wilson with Kish's effective base of 90.0"
    sure = top_two_beside(agrees * 0 + 5, weighting).set_index("estimate")
    assert sure["value"][WEIGHTED] == 100
    assert sure["low"][WEIGHTED] < sure["high"][WEIGHTED] <= 100


def test_people_without_a_value_are_in_no_row(people: pd.DataFrame, weighting: Weights) -> None:
    values = indexes(people)
    values.iloc[:10] = np.nan
    table = means_beside(values, weighting)
    assert table["base"].tolist() == [115, 110, 110]


@pytest.mark.parametrize("kept", [99, 0])
def test_below_100_people_there_is_no_weighted_figure(
    people: pd.DataFrame, weighting: Weights, kept: int
) -> None:
    values = indexes(people)
    values.iloc[kept:] = np.nan
    for table in (means_beside(values, weighting), top_two_beside(values, weighting)):
        last = table.iloc[-1]
        assert last["base"] == kept
        assert last["method"].startswith("not weighted: fewer than 100")
        assert pd.isna([last["value"], last["low"], last["high"]]).all()


def test_a_population_and_households_are_named(people: pd.DataFrame, weighting: Weights) -> None:
    homes = pd.Series(np.arange(len(people)) // 2, index=people.index, dtype="Int64")
    named = means_beside(indexes(people), weighting, households=homes, population=1_000)
    plain = means_beside(indexes(people), weighting, households=homes)
    method = named["method"].iloc[-1]
    assert method.endswith("of households, with finite-population correction (N = 1,000)")
    factor = (1 - 120 / 1000) ** 0.5
    width, whole = (t["high"].iloc[-1] - t["low"].iloc[-1] for t in (named, plain))
    assert width == pytest.approx(factor * whole)
    shares = top_two_beside(indexes(people) / 20, weighting, population=1_000)
    assert shares["method"].iloc[-1].endswith("without finite-population correction")


def test_households_that_answer_as_one_are_counted_once_in_shares(
    people: pd.DataFrame, weighting: Weights
) -> None:
    homes = pd.Series(np.arange(len(people)) // 2, index=people.index, dtype="Int64")
    agrees = pd.Series(np.where(homes % 2, 5.0, 2.0), index=people.index)
    table = top_two_beside(agrees, weighting, households=homes).set_index("estimate")
    mine = wilson(60, 120, effect=2.0)
    assert (mine.low, mine.high) == (wilson(30, 60).low, wilson(30, 60).high)
    assert [table["low"][PLACED], table["high"][PLACED]] == [mine.low, mine.high]
    assert table["method"].tolist()[1:] == [
        "Wilson by household", "Wilson with Kish's effective base of 45.0 by household",
    ]  # fmt: skip


def test_equal_weights_give_the_ordinary_interval() -> None:
    values = pd.Series([40.0, 50.0, 60.0, 65.0])
    weighted = of_weighted_mean(values, pd.Series([2.0] * 4), 0, 100)
    plain = of_mean(values, 0, 100)
    assert weighted.low == pytest.approx(plain.low)
    assert weighted.high == pytest.approx(plain.high)


def test_equal_answers_and_weights_of_nothing_give_no_interval() -> None:
    same = of_weighted_mean(pd.Series([5.0, 5.0]), pd.Series([1.0, 2.0]), 0, 100)
    assert same.method == "not available: all answers are the same"
    with pytest.raises(ValueError, match="above 0"):
        of_weighted_mean(pd.Series([5.0, 6.0]), pd.Series([1.0, 0.0]), 0, 100)


def test_the_weighted_interval_holds_the_truth_about_95_times_in_100() -> None:
    random = np.random.default_rng(8)
    population = population_of({("primary", "ehcp"): 6_000, ("secondary", "ehcp"): 4_000})
    held = 0
    for _ in range(300):
        primary = int(random.binomial(200, 0.7))
        people = people_of({("primary", "ehcp"): primary, ("secondary", "ehcp"): 200 - primary})
        level = np.where(people["phase"] == "primary", 60, 45)
        values = pd.Series(np.clip(random.normal(level, 15), 0, 100), index=people.index)
        found = rake(people, population)
        assert isinstance(found, Weights)
        interval = of_weighted_mean(values, found.weights, 0, 100)
        assert interval.low is not None
        assert interval.high is not None
        held += interval.low <= 54 <= interval.high
    assert 0.92 <= held / 300 <= 0.995

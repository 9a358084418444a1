"""ipfn gives the same raking weights before trimming, and scipy the same chi-square."""

import math

import numpy as np
import pandas as pd
import pytest
from ipfn import ipfn
from scipy import stats

from analysis.nonresponse import representativeness
from analysis.weighting import Weights, fit, rake
from tests.analysis.people import people_of, population_of

HEARD = {
    ("primary", "sen_support"): 61,
    ("primary", "ehcp"): 74,
    ("secondary", "sen_support"): 38,
    ("secondary", "ehcp"): 90,
    ("post_16", "sen_support"): 22,
    ("post_16", "ehcp"): 31,
}
POPULATION = {
    ("primary", "sen_support"): 1_210,
    ("primary", "ehcp"): 640,
    ("secondary", "sen_support"): 980,
    ("secondary", "ehcp"): 830,
    ("post_16", "sen_support"): 190,
    ("post_16", "ehcp"): 450,
}
SHAPE = (3, 2)


def raked(heads: np.ndarray, margins: list[np.ndarray], dimensions: list[list[int]]) -> np.ndarray:
    theirs = ipfn.ipfn(
        heads.astype(float).copy(),
        [heads.sum() * margin / margin.sum() for margin in margins],
        dimensions,
        convergence_rate=1e-13,
        rate_tolerance=0,
        max_iteration=10_000,
    )
    table: np.ndarray = np.asarray(theirs.iteration(), dtype="float64") / heads
    return table


def test_a_rounds_weights_are_those_of_ipfn() -> None:
    people = people_of(HEARD)
    ours = rake(people, population_of(POPULATION))
    assert isinstance(ours, Weights)
    assert ours.trimmed == 0
    heads = np.array(list(HEARD.values())).reshape(SHAPE)
    counts = np.array(list(POPULATION.values()), dtype=float).reshape(SHAPE)
    table = raked(heads, [counts.sum(axis=1), counts.sum(axis=0)], [[0], [1]])
    expected = np.repeat(table.ravel(), heads.ravel())
    assert ours.weights.to_numpy() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_any_tables_weights_are_those_of_ipfn(seed: int) -> None:
    random = np.random.default_rng(seed)
    heads = random.integers(1, 80, (4, 3)).astype(float)
    margins = [random.integers(50, 900, n).astype(float) for n in heads.shape]
    margins[1] *= margins[0].sum() / margins[1].sum()
    ours, _ = fit(heads, margins, least=0, most=math.inf)
    assert ours == pytest.approx(raked(heads, margins, [[0], [1]]), abs=1e-6)


@pytest.mark.parametrize("by", ["phase", "provision", "both"])
def test_the_chi_square_is_that_of_scipy(by: str) -> None:
    compared = representativeness(people_of(HEARD), population_of(POPULATION), by)  # type: ignore[arg-type]  # one of the three
    table: pd.DataFrame = compared.table
    expected = table["people"].sum() * table["population"] / table["population"].sum()
    theirs = stats.chisquare(table["people"], expected)
    assert compared.chi_square == pytest.approx(theirs.statistic)
    assert compared.p_value == pytest.approx(theirs.pvalue)

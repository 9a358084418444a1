"""scipy and statsmodels give the same intervals."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from analysis import sums
from analysis.intervals import of_mean, wilson
from analysis.weighted import of_weighted_mean
from tests.peers.rounds import households, values, weights


@pytest.mark.parametrize("base", [2, 7, 30, 418])
def test_wilson_is_that_of_scipy_and_statsmodels(base: int) -> None:
    for count in range(0, base + 1, max(1, base // 20)):
        ours = wilson(count, base)
        theirs = stats.binomtest(count, base).proportion_ci(method="wilson")
        others = proportion_confint(count, base, method="wilson")
        assert (ours.low, ours.high) == pytest.approx((100 * theirs.low, 100 * theirs.high))
        assert (ours.low, ours.high) == pytest.approx(
            tuple(100 * each for each in others), abs=1e-9
        )


@pytest.mark.parametrize("people", [2, 3, 12, 29])
def test_student_is_that_of_scipy_and_statsmodels(people: int) -> None:
    heard = values(people)
    ours = of_mean(heard, -1_000, 1_000)
    theirs = stats.t.interval(
        0.95, people - 1, loc=heard.mean(), scale=heard.std(ddof=1) / np.sqrt(people)
    )
    assert (ours.low, ours.high) == pytest.approx(theirs, abs=1e-9)
    assert (ours.low, ours.high) == pytest.approx(DescrStatsW(heard).tconfint_mean(), abs=1e-9)


def test_student_of_households_is_that_of_a_clustered_regression() -> None:
    # statsmodels also multiplies by (n - 1) / (n - k), which is 1 for one mean.
    heard, homes = values(28), households(28)
    ours = of_mean(heard, -1_000, 1_000, households=homes)
    fit = sm.OLS(heard, np.ones(28)).fit(cov_type="cluster", cov_kwds={"groups": homes}, use_t=True)
    assert (ours.low, ours.high) == pytest.approx(tuple(np.asarray(fit.conf_int())[0]), abs=1e-9)


def test_the_weighted_mean_is_that_of_a_clustered_weighted_regression() -> None:
    heard, homes, heavy = values(300), households(300), weights(300)
    ours = of_weighted_mean(heard, heavy, -1_000, 1_000, households=homes)
    fit = sm.WLS(heard, np.ones(300), weights=heavy).fit(
        cov_type="cluster", cov_kwds={"groups": homes}, use_t=True
    )
    assert (ours.low, ours.high) == pytest.approx(tuple(np.asarray(fit.conf_int())[0]), abs=1e-8)


def test_the_bootstrap_is_that_of_scipy() -> None:
    heard = values(80)
    theirs = stats.bootstrap(
        (heard,), np.mean, n_resamples=20_000, method="percentile", rng=np.random.default_rng(3)
    )
    ours = of_mean(heard, -1_000, 1_000, resamples=20_000)
    expected = (theirs.confidence_interval.low, theirs.confidence_interval.high)
    assert (ours.low, ours.high) == pytest.approx(expected, abs=theirs.standard_error / 10)


def test_the_standard_error_of_people_is_that_of_scipy() -> None:
    heard = values(50)
    assert sums.by_household(heard).standard_error == pytest.approx(stats.sem(heard))

"""Another program's changes, tests and adjustments agree with ours."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.oneway import anova_oneway
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from analysis import mean_difference, share_difference
from analysis.confidence import Share
from analysis.holm import holm
from analysis.modes import compare_modes
from tests.analysis.answers import form, rating
from tests.analysis.linked import linked

shares = st.integers(2, 200).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


@given(shares, shares)
def test_newcombes_interval(before: Share, after: Share) -> None:
    low, high = confint_proportions_2indep(
        after.count, after.base, before.count, before.base, method="newcomb"
    )
    ours = share_difference.independent(before, after).interval
    assert ours.low == pytest.approx(max(-100, 100 * low), abs=1e-6)
    assert ours.high == pytest.approx(min(100, 100 * high), abs=1e-6)


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemar(gained: int, lost: int) -> None:
    ours = share_difference.paired(gained, lost, gained + lost + 2)
    if gained + lost:
        table = [[1, lost], [gained, 1]]
        assert ours.p_value == pytest.approx(mcnemar(table, exact=False, correction=False).pvalue)


def test_welch_and_the_paired_t() -> None:
    random = np.random.default_rng(3)
    before, after = random.normal(50, 20, 40), random.normal(58, 12, 22)
    theirs = CompareMeans(DescrStatsW(after), DescrStatsW(before))
    ours = mean_difference.independent(pd.Series(before), pd.Series(after), (None, None), 100)
    low, high = theirs.tconfint_diff(usevar="unequal")
    assert ours.interval.low == pytest.approx(low)
    assert ours.interval.high == pytest.approx(high)
    assert ours.p_value == pytest.approx(theirs.ttest_ind(usevar="unequal")[1])
    pairs, found = DescrStatsW(after), mean_difference.paired(pd.Series(after), None, 100)
    low, high = pairs.tconfint_mean()
    assert found.interval.low == pytest.approx(low)
    assert found.interval.high == pytest.approx(high)
    assert found.p_value == pytest.approx(pairs.ttest_mean(0)[1])


@settings(max_examples=20)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_holm(p_values: list[float]) -> None:
    assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))


def test_welchs_analysis_of_variance() -> None:
    modes = ["web"] * 30 + ["phone"] * 15 + ["paper"] * 11
    rates = [*"23452" * 6, *"345" * 5, *"12121212121"]
    answers = linked(form(rating("q1")), [{"q1": rate} for rate in rates], modes=modes)
    scores = np.array([25 * (float(rate) - 1) for rate in rates])
    theirs = anova_oneway(scores, np.array(modes), use_var="unequal")
    assert compare_modes(answers).index.p_value == pytest.approx(theirs.pvalue)

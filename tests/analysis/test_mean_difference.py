"""Differences of means agree with scipy, honour households, and claim nothing from nothing."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.intervals import HOUSEHOLDS_SAME, of_mean
from analysis.mean_difference import SAME_PEOPLE, Difference, independent, paired

ALONE = (None, None)


def drawn(seed: int, mean: float, spread: float, people: int) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).normal(mean, spread, people))


def limits(found: Difference) -> tuple[float, float]:
    assert found.interval.low is not None
    assert found.interval.high is not None
    return found.interval.low, found.interval.high


def test_a_worked_paired_example() -> None:
    # Mean 10, standard deviation 10, n 4: 10 plus or minus 3.182446 x 10 / 2, t = 2.
    found = paired(pd.Series([0.0, 0.0, 20.0, 20.0]) * (3 / 4) ** 0.5 + 10 - 75**0.5, None, 100)
    assert found.value == pytest.approx(10)
    assert limits(found) == pytest.approx((-5.91223, 25.91223), abs=1e-4)
    assert found.p_value == pytest.approx(0.139326, abs=1e-5)


def test_below_30_pairs_it_is_the_paired_t_test() -> None:
    differences = drawn(1, 4, 9, 29)
    ours, theirs = paired(differences, None, 100), stats.ttest_1samp(differences, 0)
    assert ours.test == ours.interval.method == "paired t"
    assert ours.p_value == pytest.approx(theirs.pvalue)
    interval = theirs.confidence_interval(0.95)
    assert limits(ours) == pytest.approx((interval.low, interval.high))


def test_below_30_people_it_is_welch() -> None:
    before, after = drawn(2, 50, 20, 200), drawn(3, 60, 8, 12)
    ours = independent(before, after, ALONE, 100)
    theirs = stats.ttest_ind(after, before, equal_var=False)
    interval = theirs.confidence_interval(0.95)
    assert ours.test == "Welch's t"
    assert ours.p_value == pytest.approx(theirs.pvalue)
    assert limits(ours) == pytest.approx((interval.low, interval.high))


def test_from_30_pairs_the_bootstrap_agrees_with_scipy_within_chance() -> None:
    differences = drawn(4, 5, 20, 80)
    ours = paired(differences, None, 100)
    theirs = stats.bootstrap(
        (differences.to_numpy(),), np.mean, n_resamples=20_000, method="percentile", rng=5
    ).confidence_interval
    assert ours.test == "paired bootstrap"
    assert limits(ours) == pytest.approx((theirs.low, theirs.high), abs=0.4)
    assert ours.p_value == pytest.approx(stats.ttest_1samp(differences, 0).pvalue, abs=0.02)


def test_from_30_people_the_bootstrap_of_both_rounds_agrees_with_the_normal_one() -> None:
    before, after = drawn(6, 50, 15, 300), drawn(7, 56, 15, 250)
    ours = independent(before, after, ALONE, 100)
    error = (before.var() / 300 + after.var() / 250) ** 0.5
    middle = after.mean() - before.mean()
    assert ours.test == "bootstrap"
    assert limits(ours) == pytest.approx((middle - 1.96 * error, middle + 1.96 * error), abs=0.3)
    theirs = stats.ttest_ind(after, before, equal_var=False)
    assert ours.p_value == pytest.approx(theirs.pvalue, abs=0.004)


def test_a_household_answers_once_however_many_children_it_has() -> None:
    # Every child doubled within its household: nothing was learned, nothing gets narrower.
    single = drawn(8, 3, 10, 20)
    twins = pd.Series(np.repeat(single.to_numpy(), 2))
    homes = pd.Series(np.repeat(np.arange(20), 2), dtype="Int64")
    assert limits(paired(twins, homes, 100)) == pytest.approx(limits(paired(single, None, 100)))
    many = drawn(9, 3, 10, 60)
    twins = pd.Series(np.repeat(many.to_numpy(), 2))
    homes = pd.Series(np.repeat(np.arange(60), 2), dtype="Int64")
    assert limits(paired(twins, homes, 100)) == pytest.approx(limits(paired(many, None, 100)))


@pytest.mark.parametrize("people", [40, 90])
def test_the_interval_of_paired_differences_is_that_of_their_mean(people: int) -> None:
    differences = drawn(15, 3, 10, people)
    homes = pd.Series([n if n < people - 30 else n // 3 for n in range(people)], dtype="Int64")
    of_them = of_mean(differences, -100, 100, households=homes)
    assert limits(paired(differences, homes, 100)) == pytest.approx((of_them.low, of_them.high))


def test_thirty_people_in_both_rounds_are_enough_for_the_bootstrap() -> None:
    few, enough = drawn(16, 50, 9, 29), drawn(17, 50, 9, 30)
    assert independent(enough, enough + 1, ALONE, 100).test == "bootstrap"
    assert independent(enough, few, ALONE, 100).test == "Welch's t"
    assert (paired(few, None, 100).test, paired(enough, None, 100).test) == (
        "paired t", "paired bootstrap",
    )  # fmt: skip


def test_a_person_of_no_known_household_is_one() -> None:
    differences = drawn(10, 3, 10, 20)
    nobody = pd.Series(pd.NA, index=differences.index, dtype="Int64")
    assert paired(differences, nobody, 100) == paired(differences, None, 100)


def test_thirty_children_of_few_households_are_few() -> None:
    homes = pd.Series([n // 5 for n in range(60)], dtype="Int64")
    assert paired(drawn(11, 0, 9, 60), homes, 100).test == "paired t"
    assert independent(drawn(11, 0, 9, 60), drawn(12, 0, 9, 60), (None, homes), 100).test == (
        "Welch's t"
    )


@pytest.mark.parametrize("values", [[], [5.0], [5.0] * 40])
def test_nothing_is_claimed_from_nobody_one_or_equal_differences(values: list[float]) -> None:
    found = paired(pd.Series(values, dtype="float64"), None, 100)
    assert found.p_value is None
    assert (found.interval.low, found.interval.high) == (None, None)
    assert found.interval.method.startswith("not available")
    assert found.value == (5.0 if values else None)


def test_one_household_of_many_children_is_no_sample() -> None:
    homes = pd.Series([1] * 40, dtype="Int64")
    assert paired(drawn(13, 0, 9, 40), homes, 100).p_value is None


def test_equal_answers_in_one_round_make_no_interval() -> None:
    found = independent(pd.Series([75.0] * 40), drawn(14, 50, 9, 40), ALONE, 100)
    assert found.p_value is None
    assert "the same" in found.interval.method
    assert independent(pd.Series(dtype="float64"), drawn(14, 50, 9, 4), ALONE, 100).value is None


scores = st.lists(st.floats(0, 100), min_size=2, max_size=45)


@given(scores, scores)
def test_limits_stay_in_range_and_hold_the_difference(old: list[float], new: list[float]) -> None:
    found = independent(pd.Series(old), pd.Series(new), ALONE, 100)
    if found.p_value is not None:
        low, high = limits(found)
        assert -100 <= low <= high <= 100
        assert low - 1e-6 <= (found.value or 0) <= high + 1e-6
        assert 0 <= found.p_value <= 1


@given(scores)
def test_the_order_of_people_does_not_matter_and_turning_time_turns_the_sign(
    values: list[float],
) -> None:
    differences = pd.Series(values) - 50
    found, again = paired(differences, None, 100), paired(differences[::-1], None, 100)
    assert again.value == pytest.approx(found.value)
    assert again.interval.low == pytest.approx(found.interval.low)
    if found.test == "paired t":
        back = paired(-differences, None, 100)
        assert back.p_value == pytest.approx(found.p_value)
        assert limits(back) == pytest.approx(tuple(-each for each in reversed(limits(found))))


def test_households_of_one_mean_are_not_called_all_the_same() -> None:
    values, homes = pd.Series([40.0, 60, 40, 60]), pd.Series([1, 1, 2, 2], dtype="Int64")
    others = pd.Series([10.0, 20, 30])
    assert paired(values, homes, 100).interval.method == HOUSEHOLDS_SAME
    found = independent(others, values, (None, homes), 100)
    assert found.interval.method == HOUSEHOLDS_SAME
    assert independent(others, others * 0, (None, None), 100).interval.method == SAME_PEOPLE

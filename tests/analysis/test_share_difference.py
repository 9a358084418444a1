"""Differences of shares agree with published examples and scipy, and stay in range."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from analysis.confidence import Share
from analysis.intervals import Z
from analysis.share_difference import independent, paired
from analysis.sums import household_effect

# Newcombe (1998), Stat. Med. 17, 873-890, table II, method 10: before, after, low, high.
NEWCOMBE = [
    (Share(48, 80), Share(56, 70), 5.24, 33.39),
    (Share(3, 10), Share(9, 10), 17.05, 80.90),
    (Share(2, 7), Share(6, 7), 5.82, 80.62),
    (Share(0, 29), Share(5, 56), -3.81, 19.26),
    (Share(0, 10), Share(0, 20), -27.75, 16.11),
    (Share(0, 10), Share(10, 10), 60.75, 100.0),
]


@pytest.mark.parametrize(("before", "after", "low", "high"), NEWCOMBE)
def test_newcombes_own_examples(before: Share, after: Share, low: float, high: float) -> None:
    interval = independent(before, after).interval
    assert interval.low == pytest.approx(low, abs=0.01)
    assert interval.high == pytest.approx(high, abs=0.01)


def test_the_test_is_pearsons_or_fishers_where_little_is_expected() -> None:
    many, few = independent(Share(40, 100), Share(60, 110)), independent(Share(1, 10), Share(5, 9))
    table = [[40, 60], [60, 50]]
    assert many.test == "Pearson's chi-squared"
    assert many.p_value == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    assert few.test == "Fisher's exact"
    assert few.p_value == pytest.approx(stats.fisher_exact(np.array([[1, 9], [5, 4]])).pvalue)


def test_everybody_agreeing_twice_is_no_difference_with_a_width() -> None:
    found = independent(Share(50, 50), Share(40, 40))
    assert (found.value, found.p_value) == (0.0, 1.0)
    assert found.interval.low is not None
    assert found.interval.low < 0


@pytest.mark.parametrize(
    ("before", "after"), [(Share(0, 0), Share(3, 9)), (Share(1, 1), Share(3, 9))]
)
def test_no_interval_below_two_answers(before: Share, after: Share) -> None:
    found = independent(before, after)
    assert found.p_value is None
    assert found.interval.low is None
    assert found.interval.method.startswith("not available")


def test_a_published_paired_example() -> None:
    # Bentur and others (2009), in Fagerland, Lydersen and Laake (2017), ch. 8: 1 and 7 of 21.
    found = paired(1, 7, 21)
    assert found.value == pytest.approx(-28.57, abs=0.01)
    assert found.interval.low == pytest.approx(-51.7, abs=0.05)
    assert found.interval.high == pytest.approx(-2.6, abs=0.05)
    assert found.p_value == pytest.approx(stats.chi2.sf(36 / 8, 1))


def test_nobody_changing_is_no_change_with_a_width() -> None:
    # By hand: with no changes Tango's limit is z squared / (n + z squared).
    found = paired(0, 0, 50)
    assert found.p_value == 1.0
    assert found.interval.high == pytest.approx(100 * Z**2 / (50 + Z**2))
    assert found.interval.low == pytest.approx(-100 * Z**2 / (50 + Z**2))


def test_pairs_that_do_not_fit_are_refused_and_one_pair_says_nothing() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        paired(3, 3, 5)
    assert paired(1, 0, 1).interval.low is None
    assert paired(0, 0, 0).value is None


@given(st.integers(2, 80).flatmap(lambda n: st.tuples(*[st.integers(0, n)] * 3, st.just(n))))
def test_tangos_limits_are_where_the_likeliest_model_is_just_refused(
    drawn: tuple[int, int, int, int],
) -> None:
    gained, lost, _, base = drawn
    if gained + lost > base:
        return
    found = paired(gained, lost, base)
    low, high = found.interval.low, found.interval.high
    assert low is not None
    assert high is not None
    assert -100 <= low < high <= 100
    assert found.p_value is not None
    assert (found.p_value < 0.05) == (low > 0 or high < 0)
    for limit in (low / 100, high / 100):
        if abs(limit) < 0.999:
            assert _distance(limit, gained, lost, base) == pytest.approx(Z, abs=1e-3)


def _distance(change: float, gained: int, lost: int, base: int) -> float:
    """The score statistic with the likeliest loss searched for, not solved for."""

    def unlikely(loss: float) -> float:
        same = 1 - 2 * loss - change
        return -float(
            stats.multinomial.logpmf(
                [gained, lost, base - gained - lost], base, [loss + change, loss, same]
            )
        )

    lowest, highest = max(0.0, -change), (1 - change) / 2
    bounds = (lowest, highest)
    loss = optimize.minimize_scalar(
        unlikely, bounds=bounds, method="bounded", options={"xatol": 1e-12}
    ).x
    variance = base * (2 * loss + change - change**2)
    return float(abs(gained - lost - base * change) / variance**0.5)


counts = st.integers(2, 60).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_newcombes_limits_stay_in_range_hold_the_difference_and_turn_with_time(
    before: Share, after: Share
) -> None:
    found, back = independent(before, after), independent(after, before)
    low, high = found.interval.low, found.interval.high
    assert low is not None
    assert high is not None
    assert -100 <= low <= (found.value or 0.0) <= high <= 100
    assert low < high
    assert back.interval.low == pytest.approx(-high)
    assert back.p_value == pytest.approx(found.p_value)


@pytest.mark.parametrize(
    ("figures", "households", "effect"),
    [
        # By hand: 4/3 x 4 / 8^2 = 1/12 over 2/7 / 8 = 1/28 is 2.33; two of a home say as much as 1.
        ([1, 1, 0, 0, 1, 1, 0, 0], [1, 1, 2, 2, 3, 3, 4, 4], 2.0),
        ([1, 0, 1, 0, 1, 0, 1, 0], [1, 1, 2, 2, 3, 3, 4, 4], 1.0),
        # Half the homes agree: 4/3 x 2 / 64 = 1/24 over 1/28.
        ([1, 1, 0, 0, 1, 0, 1, 0], [1, 1, 2, 2, 3, 3, 4, 4], 7 / 6),
        ([1, 1, 1, 1, 1], [1, 1, 2, 2, None], 9 / 5),
        ([1, 0, 1], [1, 1, 1], 3.0),
        ([1, 0, 1], [None, None, None], 1.0),
        ([], [], 1.0),
    ],
)
def test_the_effect_of_households_by_hand(
    figures: list[int], households: list[int | None], effect: float
) -> None:
    homes = pd.Series(households, dtype="Int64")
    assert household_effect(pd.Series(figures, dtype="float64"), homes) == pytest.approx(effect)
    assert household_effect(pd.Series(figures, dtype="float64"), None) == 1.0


def test_homes_that_answer_as_one_leave_the_figures_of_half_as_many() -> None:
    twins = independent(Share(40, 100), Share(60, 110), (2.0, 2.0))
    alone = independent(Share(20, 50), Share(30, 55))
    assert twins.interval.low == pytest.approx(alone.interval.low)
    assert twins.p_value == pytest.approx(alone.p_value)
    assert (twins.interval.method, alone.interval.method) == ("Newcombe by household", "Newcombe")
    both, half = paired(16, 4, 40, 2.0), paired(8, 2, 20)
    assert both.interval == replace(half.interval, method="Tango by household")
    assert both.p_value == half.p_value
    few = independent(Share(1, 10), Share(8, 10), (1.5, 1.5))
    assert few.p_value is not None
    assert few.p_value > (independent(Share(1, 10), Share(8, 10)).p_value or 0)


@given(counts, counts, st.floats(1, 4), st.floats(1, 4))
def test_with_an_effect_limits_stay_in_range_and_hold_the_difference(
    old: Share, new: Share, one: float, other: float
) -> None:
    wide = independent(old, new, (one, other))
    assert wide.p_value is not None
    assert 0 <= wide.p_value <= 1
    assert wide.interval.low is not None
    assert wide.interval.high is not None
    assert -100 <= wide.interval.low <= (wide.value or 0) + 1e-9 <= wide.interval.high + 2e-9

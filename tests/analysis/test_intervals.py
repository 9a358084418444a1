"""Intervals: known values, honest absences, and never outside the scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import of_mean, t_quantile, wilson

# The 97.5% points, as R's qt(0.975, df) gives them.
T_QUANTILES = {
    1: 12.706204736,
    2: 4.302652730,
    3: 3.182446305,
    9: 2.262157163,
    10: 2.228138852,
    28: 2.048407142,
    100: 1.983971519,
}


@pytest.mark.parametrize(("degrees", "expected"), T_QUANTILES.items())
def test_student_t_agrees_with_published_tables(degrees: int, expected: float) -> None:
    assert t_quantile(degrees) == pytest.approx(expected, abs=1e-6)


def test_student_t_needs_a_degree_of_freedom() -> None:
    with pytest.raises(ValueError, match="degrees"):
        t_quantile(0)


def test_wilson_agrees_with_a_published_example() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81 of 263.
    found = wilson(81, 263)
    assert found.low == pytest.approx(25.53, abs=0.01)
    assert found.high == pytest.approx(36.62, abs=0.01)


def test_wilson_of_none_and_of_all_stays_a_percentage() -> None:
    assert wilson(0, 10).low == 0
    assert wilson(10, 10).high == pytest.approx(100)


def test_wilson_of_one_person_is_not_available() -> None:
    assert wilson(1, 1).low is None


@pytest.mark.parametrize(("successes", "base"), [(-1, 5), (6, 5)])
def test_wilson_refuses_impossible_counts(successes: int, base: int) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        wilson(successes, base)


def test_a_small_sample_has_the_t_interval() -> None:
    # By hand: 2.776445 x 39.5285 / sqrt(5) = 49.0809.
    found = of_mean([0, 25, 50, 75, 100], 0, 100)
    assert found.method == "Student's t"
    assert found.low == pytest.approx(50 - 49.0809, abs=0.001)
    assert found.high == pytest.approx(50 + 49.0809, abs=0.001)


def test_a_larger_sample_is_resampled_and_always_the_same() -> None:
    values = [float(10 * (number % 8)) for number in range(40)]
    found = of_mean(values, 0, 100)
    assert found.method.startswith("bootstrap")
    assert found == of_mean(values[::-1], 0, 100)
    assert found.low is not None
    assert found.high is not None
    assert found.low < sum(values) / 40 < found.high


@pytest.mark.parametrize("values", [[], [50.0], [50.0] * 12, [50.0] * 40])
def test_one_person_or_equal_answers_have_no_interval(values: list[float]) -> None:
    found = of_mean(values, 0, 100)
    assert (found.low, found.high) == (None, None)
    assert found.method.startswith("not available")


@given(st.lists(st.floats(0, 100), min_size=2, max_size=45))
def test_an_interval_holds_its_mean_and_stays_on_the_scale(values: list[float]) -> None:
    found = of_mean(values, 0, 100)
    if found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.high <= 100

"""Intervals are right, stay in range, and are not claimed where there is nothing to claim."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import intervals
from analysis.intervals import of_mean, t_quantile, wilson

# From published tables of Student's t, 97.5% point.
TABLE = {1: 12.706204736, 2: 4.302652730, 4: 2.776445105, 9: 2.262157163, 28: 2.048407142}


@pytest.mark.parametrize(("degrees", "point"), TABLE.items())
def test_student_agrees_with_the_tables(degrees: int, point: float) -> None:
    assert t_quantile(degrees) == pytest.approx(point, abs=1e-6)


def test_student_needs_a_degree_of_freedom() -> None:
    with pytest.raises(ValueError, match="freedom"):
        t_quantile(0)


def test_wilson_agrees_with_a_worked_example() -> None:
    interval = wilson(8, 10)
    assert interval.low == pytest.approx(49.016, abs=0.001)
    assert interval.high == pytest.approx(94.332, abs=0.001)


@given(st.integers(2, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_wilson_stays_in_range_and_holds_the_share(pair: tuple[int, int]) -> None:
    count, base = pair
    interval = wilson(count, base)
    assert interval.low is not None
    assert interval.high is not None
    assert 0 <= interval.low <= 100 * count / base + 1e-9
    assert 100 * count / base - 1e-9 <= interval.high <= 100
    assert interval.low < interval.high


def test_wilson_refuses_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        wilson(3, 2)


@pytest.mark.parametrize("values", [[], [50.0], [50.0, 50.0, 50.0], [0.0] * 100])
def test_no_interval_is_claimed_for_one_person_or_equal_answers(values: list[float]) -> None:
    interval = of_mean(values, 0, 100)
    assert (interval.low, interval.high) == (None, None)
    assert interval.method.startswith("not available")


def test_below_30_people_student_and_from_30_the_bootstrap() -> None:
    few = [float(n) for n in range(29)]
    assert of_mean(few, 0, 100).method == "Student's t"
    assert of_mean([*few, 29.0], 0, 100).method == "bootstrap"


def test_a_round_of_a_whole_region_is_drawn_in_pieces_to_the_same_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    values = [float(n % 101) for n in range(500)]
    whole = of_mean(values, 0, 100)
    monkeypatch.setattr(intervals, "AT_ONCE", 1_300)
    pieces = of_mean(values, 0, 100)
    assert pieces.low == pytest.approx(whole.low, abs=0.3)
    assert pieces.high == pytest.approx(whole.high, abs=0.3)


def test_student_on_a_worked_example() -> None:
    # Mean 50, standard deviation 10, n 3: 50 plus or minus 4.302653 x 10 / sqrt(3).
    interval = of_mean([40, 50, 60], 0, 100)
    assert interval.low == pytest.approx(25.1586, abs=1e-3)
    assert interval.high == pytest.approx(74.8414, abs=1e-3)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=60))
def test_limits_stay_in_range_and_the_order_of_people_does_not_matter(
    values: list[float],
) -> None:
    interval = of_mean(values, 0, 100)
    if interval.low is not None and interval.high is not None:
        assert 0 <= interval.low <= interval.high <= 100
    again = of_mean(list(reversed(values)), 0, 100)
    assert again.low == pytest.approx(interval.low)
    assert again.high == pytest.approx(interval.high)

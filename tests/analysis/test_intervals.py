"""Intervals are right, stay in range, and are not claimed where there is nothing to claim."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import resampling
from analysis.intervals import ALL_SAME, Interval, of_mean, wilson
from analysis.sums import by_household


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
    assert of_mean([*few, 29.0], 0, 100).method == "bootstrap of people"


def test_what_is_held_at_once_does_not_move_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [float(n % 101) for n in range(500)]
    whole = of_mean(values, 0, 100)
    monkeypatch.setattr(resampling, "AT_ONCE", 1_300)
    assert of_mean(values, 0, 100) == whole


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


def limits(interval: Interval) -> tuple[float, float]:
    assert interval.low is not None, interval.method
    assert interval.high is not None
    return interval.low, interval.high


def families(seed: int, homes: int, *, alike: float = 12.0) -> tuple[list[float], list[int]]:
    """Invented values of `homes` households of one to three children, and their households."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 4, homes)
    household = np.repeat(np.arange(homes), sizes)
    shared = random.normal(0, alike, homes)[household]
    values = np.clip(np.round(55 + shared + random.normal(0, 10, len(household))), 0, 100)
    return values.tolist(), household.tolist()


def test_student_of_households_on_a_worked_example() -> None:
    # Households (40, 60), (70), (90): mean 65. Sums less size times mean: -30, 5, 25.
    # Standard error: sqrt(3 / 2 x (900 + 25 + 625)) / 4 = 12.0545; t with 2 degrees 4.302653.
    interval = of_mean([40, 60, 70, 90], 0, 200, households=[1, 1, 2, 3])
    assert limits(interval) == pytest.approx((65 - 51.8663, 65 + 51.8663), abs=1e-3)
    assert interval.method == "Student's t of households"


@given(st.lists(st.integers(0, 100), min_size=2, max_size=80))
def test_households_of_one_are_people(values: list[int]) -> None:
    alone = of_mean(values, 0, 100, households=range(len(values)))
    people = of_mean(values, 0, 100)
    assert (alone.low, alone.high) == (people.low, people.high)
    unknown = of_mean(values, 0, 100, households=[None] * len(values))
    assert unknown == people


@given(st.integers(0, 1_000), st.sampled_from([8, 40]))
def test_the_order_of_families_does_not_move_the_limits(seed: int, homes: int) -> None:
    values, households = families(seed, homes)
    order = np.random.default_rng(seed).permutation(len(values))
    moved = of_mean(
        [values[n] for n in order], 0, 100, households=[homes - households[n] for n in order]
    )
    assert moved == of_mean(values, 0, 100, households=households)


def test_the_bootstrap_is_that_of_a_plain_loop() -> None:
    values, households = families(5, 60)
    sums = pd.Series(values).groupby(households).agg(["sum", "count"])
    random = np.random.default_rng(9)
    means = []
    for _ in range(8_000):
        drawn = sums.iloc[random.integers(0, len(sums), len(sums))]
        means.append(drawn["sum"].sum() / drawn["count"].sum())
    plain = np.percentile(means, [2.5, 97.5])
    ours = limits(of_mean(values, 0, 100, households=households, resamples=8_000))
    # The Monte-Carlo error of a 2.5% point of 8,000 is about a 30th of a standard deviation.
    assert ours == pytest.approx(tuple(plain), abs=5 * float(np.std(means)) / 30)


@pytest.mark.parametrize("rare", [0, 5, 1_000_000])
def test_drawing_rare_patterns_one_by_one_is_the_same_bootstrap(
    monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    values, households = families(5, 600)
    values = [*values, *[50.0] * 300]
    households = [*households, *range(10_000, 10_300)]
    patterns = by_household(values, households)
    monkeypatch.setattr(resampling, "RARE", rare)
    means = resampling.means(patterns, resampling.chance(), 4_000)
    error = patterns.standard_error
    # The error of a mean of 4,000 is a 63rd of the deviation, that of the deviation a 90th.
    assert float(means.mean()) == pytest.approx(patterns.mean, abs=5 * error / 63)
    assert float(means.std()) == pytest.approx(error, rel=5 / 90 + 0.01)


def test_a_household_that_many_resamples_leave_out_counts_for_nothing_there() -> None:
    patterns = by_household([*[50.0] * 300, 0.0])
    means = resampling.means(patterns, resampling.chance(), 4_000)
    assert float(means.max()) == 50
    assert float((means == 50).mean()) == pytest.approx((300 / 301) ** 301, abs=0.04)
    assert float(means.mean()) == pytest.approx(patterns.mean, abs=0.02)


def covered(homes: int, *, by_household: bool, rounds: int = 400) -> float:
    """The share of invented rounds whose interval holds the true mean of 55."""
    held = 0
    for seed in range(rounds):
        values, households = families(seed, homes)
        known = households if by_household else None
        low, high = limits(of_mean(values, 0, 100, households=known, resamples=400))
        held += low <= 55 <= high
    return held / rounds


@pytest.mark.parametrize("homes", [12, 80])
def test_intervals_of_households_hold_the_truth_about_95_times_in_100(homes: int) -> None:
    assert 0.92 <= covered(homes, by_household=True) <= 0.98


def test_taking_brothers_and_sisters_for_strangers_would_not() -> None:
    assert covered(80, by_household=False) < 0.9


def test_wilson_of_a_finite_population_holds_the_truth() -> None:
    random = np.random.default_rng(1)
    drawn = random.hypergeometric(80, 120, 90, size=1_000)
    held = [limits(wilson(int(count), 90, population=200)) for count in drawn]
    share = sum(low <= 40 <= high for low, high in held) / len(held)
    assert 0.93 <= share <= 0.97


def test_the_correction_is_made_around_the_mean_and_named() -> None:
    values = [float(n) for n in range(30, 70)]
    low, high = limits(of_mean(values, 0, 100))
    corrected = of_mean(values, 0, 100, population=160)
    half = np.sqrt(1 - 40 / 160)
    mean = 49.5
    expected = (mean - half * (mean - low), mean + half * (high - mean))
    assert limits(corrected) == pytest.approx(expected)
    assert corrected.method == "bootstrap of people, with finite-population correction (N = 160)"


def test_wilson_in_a_population_on_a_worked_example() -> None:
    # 20 of 50 in 101: the base counts as 50 x 100 / 51 = 98.0392. Centre 0.4195915, spread
    # 1.959964 x sqrt(0.24 / 98.0392 + 3.841459 / (4 x 98.0392^2)) = 0.098933, scale 1.0391829.
    interval = wilson(20, 50, population=101)
    assert limits(interval) == pytest.approx((30.8568, 49.8973), abs=1e-3)
    assert interval.method == "Wilson, with finite-population correction (N = 101)"


def test_a_population_smaller_than_the_base_is_not_used_and_said() -> None:
    values = [float(n) for n in range(20)]
    assert limits(of_mean(values, 0, 100, population=19)) == limits(of_mean(values, 0, 100))
    assert "(N = 19) is smaller than the 20" in of_mean(values, 0, 100, population=19).method
    assert "(N = 9) is smaller than the 10" in wilson(4, 10, population=9).method
    assert limits(wilson(4, 10, population=9)) == limits(wilson(4, 10))


def test_nothing_was_sampled_where_everybody_answered() -> None:
    for interval in (of_mean([1, 2, 3], 0, 100, population=3), wilson(1, 3, population=3)):
        assert (interval.low, interval.high) == (None, None)
        assert interval.method.startswith("not available: everybody in the population (N = 3)")


@pytest.mark.parametrize(
    ("values", "households", "why"),
    [
        ([10.0, 20.0], [1, 1], "one household"),
        ([40.0, 60.0] * 20, [n // 2 for n in range(40)], "same mean"),
        ([40.0, 60.0, 50.0], [1, 1, 2], "same mean"),
        ([50.0, 50.0, 50.0], [1, 1, 2], "answers are the same"),
    ],
)
def test_households_that_are_all_alike_give_no_width_of_zero(
    values: list[float], households: list[int], why: str
) -> None:
    interval = of_mean(values, 0, 100, households=households)
    assert (interval.low, interval.high) == (None, None)
    assert why in interval.method


def test_a_missing_value_and_households_of_others_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        of_mean([1.0, float("nan")], 0, 100)
    with pytest.raises(ValueError, match="3 values and 2 households"):
        of_mean([1.0, 2.0, 3.0], 0, 100, households=[1, 2])
    values = pd.Series([1.0, 2.0], index=["a", "b"])
    with pytest.raises(ValueError, match="same people"):
        of_mean(values, 0, 100, households=pd.Series([1, 2], index=["b", "a"]))


def test_households_as_frames_have_them() -> None:
    values = pd.Series([40.0, 60, 70, 90], index=list("abcd"))
    homes = pd.Series([1, 1, None, None], index=list("abcd"), dtype="Int64")
    listed = of_mean([40, 60, 70, 90], 0, 100, households=[1, 1, 2, 3])
    assert of_mean(values, 0, 100, households=homes) == listed


@pytest.mark.parametrize("nobodys", [None, float("nan"), pd.NA])
def test_people_of_no_household_in_a_list_of_names_are_alone(nobodys: object) -> None:
    named = of_mean([40, 60, 70, 90], 0, 100, households=["a", "a", nobodys, nobodys])
    assert named == of_mean([40, 60, 70, 90], 0, 100, households=[1, 1, 2, 3])
    assert by_household([1, 2, 3], [1, "1", nobodys]).units == 3


def test_answers_that_differ_by_rounding_alone_are_all_the_same() -> None:
    assert of_mean([0.1 + 0.2, 0.3, 0.3], 0, 100).method == ALL_SAME


def test_a_region_takes_little_memory() -> None:
    random = np.random.default_rng(2)
    values = random.integers(0, 57, 100_000) * 100 / 56
    homes = random.integers(0, 90_000, 100_000)
    tracemalloc.start()
    interval = of_mean(values, 0, 100, households=homes, resamples=1_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    low, high = limits(interval)
    assert peak < 64 * 2**20
    assert high - low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(100_000), rel=0.15)


def test_importing_intervals_loads_no_numbers_library() -> None:
    heavy = "import sys, analysis.intervals as i; i.wilson(1, 3);"
    check = heavy + "sys.exit(bool({'numpy', 'scipy', 'pandas'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", check], check=True)

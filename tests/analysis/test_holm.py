"""Holm's adjustment, by hand and by its properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.holm import holm


def test_by_hand() -> None:
    # Sorted 0.01, 0.03, 0.04: times 3, 2, 1 is 0.03, 0.06, 0.04; the last may not fall.
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])


def test_what_was_not_tested_is_no_test() -> None:
    assert holm([None, 0.04, None]) == [None, 0.04, None]
    assert holm([]) == []


def test_never_above_one() -> None:
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        holm([1.2])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_between_no_adjustment_and_bonferroni_in_the_same_order(values: list[float]) -> None:
    adjusted = [each for each in holm(values) if each is not None]
    assert len(adjusted) == len(values)
    for raw, p in zip(values, adjusted, strict=True):
        assert raw <= p <= min(1.0, raw * len(values)) + 1e-15
    order = sorted(range(len(values)), key=lambda place: values[place])
    assert [adjusted[place] for place in order] == sorted(adjusted)

"""Alpha is right, names its items, and never claims what does not vary."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.reliability import (
    CAUTION,
    construct_reliability,
    index_reliability,
    reliability,
)
from tests.analysis.answers import Said, confidence, form, parent, rating
from tests.analysis.linked import linked

B30 = pd.DataFrame({"q1": [1, 2, 3, 4], "q2": [2, 2, 4, 4], "q3": [3, 3, 3, 3]}, dtype="float64")


def items(people: int, count: int = 5, noise: float = 1.0, seed: int = 1) -> pd.DataFrame:
    """Items that share one thing and have noise of their own."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=(people, 1))
    values = shared + noise * random.normal(size=(people, count))
    return pd.DataFrame(values, columns=[f"q{n}" for n in range(1, count + 1)])


def test_b30_a_constant_item_stays_in_and_is_named() -> None:
    found = reliability(B30, least_people=4)
    assert found.alpha == pytest.approx(12 / 17)
    assert round(found.alpha or 0, 2) == 0.71
    assert (found.items, found.constant) == (("q1", "q2", "q3"), ("q3",))
    assert any(note.startswith("q3 has the same answer") for note in found.notes)
    assert found.item_rest[2].correlation is None


def test_b30_where_nothing_varies_there_is_no_alpha() -> None:
    found = reliability(B30[["q3"]].assign(q4=1.0, q5=2.0), least_people=4)
    assert found.alpha is None
    assert found.reason.startswith("not available")
    assert found.interval.low is None
    assert found.constant == ("q3", "q4", "q5")


def test_two_items_have_no_alpha() -> None:
    found = reliability(items(50)[["q1", "q2"]])
    assert (found.alpha, found.reason) == (
        None,
        "not available: 2 of the 3 questions that it takes",
    )


def test_thirty_whole_people_are_needed_and_a_hundred_to_be_sure() -> None:
    gap = items(31)
    gap.iloc[0, 0] = np.nan
    gap.iloc[1, :] = np.nan
    few = reliability(gap)
    assert (few.alpha, few.base, few.left_out) == (None, 29, 1)
    assert "29 people" in few.reason
    assert CAUTION in reliability(items(30)).notes
    assert CAUTION not in reliability(items(100)).notes


def test_alpha_and_interval_agree_with_the_analysis_of_variance() -> None:
    # Hoyt (1941): alpha is 1 - residual mean square / mean square between people.
    scores = items(80)
    people, count = scores.shape
    values = scores.to_numpy()
    grand = values.mean()
    between = count * ((values.mean(axis=1) - grand) ** 2).sum()
    within = people * ((values.mean(axis=0) - grand) ** 2).sum()
    residual = ((values - grand) ** 2).sum() - between - within
    freedom = people - 1, (people - 1) * (count - 1)
    ratio = (between / freedom[0]) / (residual / freedom[1])
    found = reliability(scores)
    assert found.alpha == pytest.approx(1 - 1 / ratio)
    # The interval of an intraclass correlation of means (Shrout and Fleiss 1979, ICC(3,k)).
    low = ratio / stats.f(*freedom).ppf(0.975)
    high = ratio * stats.f(*freedom[::-1]).ppf(0.975)
    assert found.interval.low == pytest.approx(1 - 1 / low)
    assert found.interval.high == pytest.approx(1 - 1 / high)


def test_the_interval_holds_the_truth_about_19_times_in_20() -> None:
    # Five items with noise as large as what they share: alpha is 5 / 6.
    held = 0
    for seed in range(100):
        interval = reliability(items(40, seed=seed)).interval
        assert interval.low is not None
        assert interval.high is not None
        held += interval.low <= 5 / 6 <= interval.high
    assert 89 <= held <= 99


def test_equal_items_have_no_width_to_claim() -> None:
    one = items(40)["q1"]
    found = reliability(pd.DataFrame({"q1": one, "q2": one, "q3": one}))
    assert found.alpha == pytest.approx(1)
    assert found.interval.low is None


def test_item_rest_is_pearsons_with_the_other_items() -> None:
    scores = items(40)
    found = reliability(scores)
    others = scores[["q1", "q3", "q4", "q5"]].sum(axis=1)
    expected = stats.pearsonr(scores["q2"], others).statistic
    assert found.item_rest[1].correlation == pytest.approx(expected)


def people(misread: bool) -> list[Said]:
    """Forty parents, whose reversed answers go against the rest unless they misread them."""
    rates = [str(1 + n % 5) for n in range(40)]
    turned = rates if misread else [str(6 - int(rate)) for rate in rates]
    return [
        parent("primary", rate=rate, c4=other, c8=other)
        for rate, other in zip(rates, turned, strict=True)
    ]


def test_b33_reversal_is_done_once_and_reliability_uses_it() -> None:
    answers = linked(confidence(), people(misread=False))
    for _ in range(2):
        found = index_reliability(answers)
        assert found.alpha == pytest.approx(1)
        assert not any("misread" in note for note in found.notes)
    assert answers.scores["c4"].iloc[0] == 5


def test_a_reversed_item_that_was_misread_is_named_and_kept() -> None:
    found = index_reliability(linked(confidence(), people(misread=True)))
    assert [note[:2] for note in found.notes if "looks misread" in note] == ["c4", "c8"]
    assert len(found.items) == len(found.item_rest) == 14
    assert found.alpha is not None
    assert found.alpha < 1


def test_an_item_that_is_not_reversed_is_not_called_misread() -> None:
    scores = items(40).assign(q1=lambda frame: -frame["q1"])
    assert not any("misread" in note for note in reliability(scores).notes)
    assert any("q1 looks misread" in note for note in reliability(scores, ["q1"]).notes)


def test_each_topic_by_itself() -> None:
    small = form(
        *(rating(f"q{n}", "big") for n in range(3)), rating("q3", "pair"), rating("q4", "pair")
    )
    said = [{f"q{n}": str(1 + (row + n) % 5) for n in range(5)} for row in range(40)]
    found = construct_reliability(linked(small, said))
    assert list(found) == ["big", "pair"]
    assert found["big"].alpha is not None
    assert found["pair"].reason == "not available: 2 of the 3 questions that it takes"
    assert all(
        each.alpha is None for each in construct_reliability(linked(confidence(), [])).values()
    )


matrices = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=3, max_size=40)


@settings(max_examples=40)
@given(matrices)
def test_alpha_is_at_most_one_inside_its_interval_and_whoever_comes_first(
    rows: list[list[int]],
) -> None:
    scores = pd.DataFrame(rows, columns=list("abcd"), dtype="float64")
    found = reliability(scores, least_people=2)
    if found.alpha is None:
        assert found.reason
        return
    assert found.alpha <= 1 + 1e-12
    again = reliability(scores[::-1].reset_index(drop=True), least_people=2)
    assert again.alpha == pytest.approx(found.alpha)
    scaled = reliability(25 * scores - 25, least_people=2)
    assert scaled.alpha == pytest.approx(found.alpha)
    if found.interval.low is not None and found.interval.high is not None:
        assert found.interval.low <= found.interval.high <= 1

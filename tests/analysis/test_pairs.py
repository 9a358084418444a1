"""Pairs are the same child twice, and nobody who is not in one is lost from the counts."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnswersRefused
from analysis.pairs import match


def people(prefix: str, series: list[str | None]) -> pd.DataFrame:
    ids = pd.Index([f"{prefix}{n}" for n in range(len(series))], name="response_id")
    return pd.DataFrame({"series": pd.Series(series, index=ids, dtype="object")})


def test_the_same_series_is_a_pair_and_the_rest_are_counted() -> None:
    pairs = match(people("b", ["s2", None, "s1", "s9"]), people("a", ["s1", "s3", "s2", None]))
    assert pairs.matched.to_dict("index") == {
        "s1": {"before": "b2", "after": "a0"},
        "s2": {"before": "b0", "after": "a2"},
    }
    assert (pairs.only_before, pairs.only_after) == (1, 1)
    assert (pairs.unlinked_before, pairs.unlinked_after) == (1, 1)


def test_a_series_that_occurs_twice_is_refused() -> None:
    with pytest.raises(AnswersRefused, match="2 responses of the later round"):
        match(people("b", ["s1"]), people("a", ["s1", "s2", "s1"]))


def test_missing_series_of_any_kind_pair_with_nothing() -> None:
    before = people("b", [None, None])
    after = pd.DataFrame({"series": pd.Series([pd.NA, float("nan")], index=["a0", "a1"])})
    pairs = match(before, after)
    assert len(pairs.matched) == 0
    assert (pairs.unlinked_before, pairs.unlinked_after) == (2, 2)


def test_categories_are_read_like_words() -> None:
    before = people("b", ["s1", "s2"]).astype({"series": "category"})
    after = people("a", ["s2", None]).astype({"series": "category"})
    assert match(before, after).matched.to_dict("index") == {"s2": {"before": "b1", "after": "a0"}}


some = st.lists(st.integers(0, 30), unique=True).map(lambda ns: [f"s{n}" for n in ns])


@given(some, some, st.integers(0, 3), st.integers(0, 3))
def test_everybody_is_counted_once(old: list[str], new: list[str], cut: int, lost: int) -> None:
    before = people("b", [*old, *[None] * cut])
    after = people("a", [*new, *[None] * lost])
    pairs = match(before, after)
    both = len(pairs.matched)
    assert both == len(set(old) & set(new))
    assert both + pairs.only_before + pairs.unlinked_before == len(before)
    assert both + pairs.only_after + pairs.unlinked_after == len(after)
    for series, ids in pairs.matched.iterrows():
        assert before.loc[ids["before"], "series"] == series == after.loc[ids["after"], "series"]

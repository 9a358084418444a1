"""Weights match the population, are refused where they cannot, and nobody is lost."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import weighting
from analysis.population import Counted
from analysis.weighting import LEAST, MOST, NotWeighted, Weights, kish, rake
from tests.analysis.people import people_of, population_of

Cells = dict[tuple[str, str], int]

HEARD: Cells = {
    ("primary", "sen_support"): 40,
    ("primary", "ehcp"): 60,
    ("secondary", "sen_support"): 30,
    ("secondary", "ehcp"): 30,
}
POPULATION: Cells = {
    ("primary", "sen_support"): 900,
    ("primary", "ehcp"): 400,
    ("secondary", "sen_support"): 500,
    ("secondary", "ehcp"): 300,
}


def weights_of(heard: Cells, population: Cells) -> Weights:
    found = rake(people_of(heard), population_of(population))
    assert isinstance(found, Weights), found
    return found


def refusal(heard: Cells, population: Cells) -> NotWeighted:
    found = rake(people_of(heard), population_of(population))
    assert isinstance(found, NotWeighted)
    return found


def test_one_margin_by_hand() -> None:
    # 75 and 45 of 120; half and half of the population: 60 / 75 and 60 / 45.
    heard = {("primary", "ehcp"): 75, ("secondary", "ehcp"): 45}
    found = weights_of(heard, {("primary", "ehcp"): 500, ("secondary", "ehcp"): 500})
    assert found.weights.iloc[0] == pytest.approx(0.8)
    assert found.weights.iloc[-1] == pytest.approx(4 / 3)
    # Kish: 120^2 / (75 x 0.64 + 45 x 16 / 9) = 14,400 / 128.
    assert found.effective == pytest.approx(112.5)
    assert found.design_effect == pytest.approx(120 / 112.5)
    assert found.converged
    assert "population's phase;" in found.method


def test_both_margins_are_met_and_odds_are_kept() -> None:
    found = weights_of(HEARD, POPULATION)
    assert found.margins["weighted_share"].tolist() == pytest.approx(
        found.margins["population_share"].tolist(), abs=1e-9
    )
    assert found.margins["group"].tolist() == ["Primary", "Secondary", "SEN support", "EHC plan"]
    assert found.margins["people"].tolist() == [100, 60, 70, 90]
    assert found.margins["population"].tolist() == [1300, 800, 1400, 700]
    assert found.weights.mean() == pytest.approx(1)
    # What raking adds is a factor of the row times one of the column.
    of = [found.weights.iloc[n] for n in (0, 40, 100, 130)]
    assert of[0] * of[3] == pytest.approx(of[1] * of[2])
    assert found.trimmed == 0


def test_a_small_group_is_joined_with_its_neighbour_and_named() -> None:
    heard = {**HEARD, ("early_years", "sen_support"): 10, ("early_years", "ehcp"): 9}
    population = {**POPULATION, ("early_years", "sen_support"): 80, ("early_years", "ehcp"): 20}
    found = weights_of(heard, population)
    assert found.margins["group"].tolist()[:2] == ["Early years and Primary", "Secondary"]
    (sentence,) = found.joined
    assert sentence.startswith("Early years and Primary count as one group of phase:")
    assert sentence.endswith("fewer than 20 people answered of Early years.")


def test_people_in_no_group_are_counted_and_have_no_weight() -> None:
    heard = {**HEARD, ("primary", "applying"): 4, ("not_given", "ehcp"): 2}
    found = weights_of(heard, POPULATION)
    assert found.left_out == {
        "provision not in the population figures": 4,
        "phase not given": 2,
    }
    assert len(found.weights) == 160


def test_weights_are_kept_within_limits_and_margins_still_met() -> None:
    heard = {
        ("primary", "sen_support"): 49,
        ("primary", "ehcp"): 76,
        ("secondary", "sen_support"): 5,
        ("secondary", "ehcp"): 38,
    }
    population = {
        ("primary", "sen_support"): 450,
        ("primary", "ehcp"): 250,
        ("secondary", "sen_support"): 200,
        ("secondary", "ehcp"): 100,
    }
    found = weights_of(heard, population)
    targets = [np.array([700.0, 300]), np.array([650.0, 350])]
    free, _ = weighting.fit(np.array([[49.0, 76], [5, 38]]), targets, least=0, most=math.inf)
    assert free.max() == pytest.approx(3.96, abs=0.01)
    # With 3 for the 5: 30% of 168 less 15 over 38, and 65% of 168 less 15 over 49.
    of = [found.weights.iloc[n] for n in (125, 130, 0, 49)]
    expected = [3, 35.4 / 38, 94.2 / 49, (168 - 15 - 35.4 - 94.2) / 76]
    assert of == pytest.approx(expected, abs=1e-6)
    assert found.trimmed == 5
    apart = found.margins["weighted_share"] - found.margins["population_share"]
    assert apart.abs().max() < 1e-6


@pytest.mark.parametrize(
    ("heard", "population", "why"),
    [
        (HEARD, {}, "no population figures"),
        ({("primary", "ehcp"): 99}, POPULATION, "99 people .* weighting needs 100"),
        (HEARD, {**POPULATION, ("post_16", "ehcp"): 30}, "Nobody answered of: Post-16, EHC plan"),
        ({("primary", "ehcp"): 200}, {("primary", "ehcp"): 900}, "Nothing is left to weight by"),
        (
            {("primary", "ehcp"): 150, ("secondary", "ehcp"): 20},
            {("primary", ""): 100, ("secondary", ""): 900},
            "Not converged: .* from 0.3 to 3, Secondary would stay .* is 90.0% of the population",
        ),
    ],
)
def test_what_cannot_be_weighted_is_refused_with_the_reason(
    heard: Cells, population: Cells, why: str
) -> None:
    refused = refusal(heard, population)
    assert not refused.converged
    assert re.search(why, refused.reason), refused.reason


def test_weights_that_do_not_settle_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighting, "PASSES", 2)
    refused = refusal(HEARD, POPULATION)
    assert refused.reason.startswith("Not converged: weights still moved after 2 passes")
    assert refused.passes == 2


def test_pupils_and_residents_are_not_weighted_to_their_sum() -> None:
    counted = {"ehcp": Counted.RESIDENTS, "sen_support": Counted.PUPILS}
    refused = rake(people_of(HEARD), population_of(POPULATION), counted=counted)
    assert isinstance(refused, NotWeighted)
    assert "different populations" in refused.reason
    found = weights_of(HEARD, POPULATION)
    assert "caseload counts residents" in found.method


def test_by_phase_alone_provision_does_not_matter() -> None:
    heard = {**HEARD, ("primary", "not_given"): 20}
    found = weights_of(heard, {("primary", ""): 1000, ("secondary", ""): 1000})
    assert len(found.weights) == 180
    assert set(found.margins["margin"]) == {"phase"}
    assert "not given by provision" in found.method


def test_categories_and_order_of_people_change_nothing() -> None:
    people = people_of(HEARD)
    found = rake(people.astype("category"), population_of(POPULATION)[::-1])
    moved = rake(people.sample(frac=1, random_state=1), population_of(POPULATION))
    plain = weights_of(HEARD, POPULATION)
    assert isinstance(found, Weights)
    assert isinstance(moved, Weights)
    pd.testing.assert_series_equal(found.weights, plain.weights)
    pd.testing.assert_series_equal(moved.weights.sort_index(), plain.weights)


@settings(max_examples=60)
@given(
    st.lists(st.integers(1, 90), min_size=6, max_size=6),
    st.lists(st.integers(1, 900), min_size=6, max_size=6),
)
def test_weights_keep_their_word_or_are_refused(heads: list[int], counts: list[int]) -> None:
    cells = [
        (p, k) for p in ("early_years", "primary", "secondary") for k in ("ehcp", "sen_support")
    ]
    found = rake(
        people_of(dict(zip(cells, heads, strict=True))),
        population_of(dict(zip(cells, counts, strict=True))),
    )
    assume(isinstance(found, Weights))
    assert isinstance(found, Weights)
    assert found.weights.between(LEAST, MOST).all()
    apart = found.margins["weighted_share"] - found.margins["population_share"]
    assert apart.abs().max() <= 0.5
    assert found.weights.mean() == pytest.approx(1, abs=0.02)
    assert found.effective == pytest.approx(kish(found.weights))
    assert 0 < found.effective <= len(found.weights) + 1e-9

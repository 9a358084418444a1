"""Rates and shares are of the right base, and what is not known is not made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.nonresponse import By, overall_rate, representativeness, response_rates, under_heard
from analysis.population import Counted, PopulationUnfit
from surveys.phases import Phase
from tests.analysis.people import people_of, population_of

HEARD = {
    ("primary", "ehcp"): 30,
    ("primary", "sen_support"): 50,
    ("secondary", "ehcp"): 20,
    ("not_given", "ehcp"): 3,
    ("primary", "not_given"): 2,
}
POPULATION = {
    ("primary", "ehcp"): 300,
    ("primary", "sen_support"): 1000,
    ("secondary", "ehcp"): 500,
    ("secondary", "sen_support"): 200,
    ("post_16", "ehcp"): 0,
}


def test_rates_by_phase_and_provision_say_what_is_not_known() -> None:
    rates = response_rates(people_of(HEARD), population_of(POPULATION))
    cells = list(zip(rates["phase"], rates["provision"], strict=True))
    assert cells == [
        ("primary", "sen_support"),
        ("primary", "ehcp"),
        ("primary", "not_given"),
        ("secondary", "sen_support"),
        ("secondary", "ehcp"),
        ("post_16", "ehcp"),
        ("not_given", "ehcp"),
    ]
    assert rates["answered"].sum() == sum(HEARD.values())
    by_cell = rates.set_index(["phase", "provision"])
    assert by_cell["rate"].dropna().to_dict() == {
        ("primary", "sen_support"): 5.0,
        ("primary", "ehcp"): 10.0,
        ("secondary", "sen_support"): 0.0,
        ("secondary", "ehcp"): 4.0,
    }
    assert by_cell["note"]["not_given", "ehcp"] == "not available: no population figure"
    assert by_cell["note"]["post_16", "ehcp"] == "not available: the population figure is 0"
    assert [str(kind) for kind in rates.dtypes] == [
        "str", "str", "int64", "Int64", "Float64", "str",
    ]  # fmt: skip


def test_a_rate_is_never_above_all() -> None:
    rates = response_rates(
        people_of({("primary", "ehcp"): 11}), population_of({("primary", "ehcp"): 10})
    )
    assert rates["rate"].isna().all()
    assert rates["note"].tolist() == [
        "not available: more people answered than the population figure"
    ]


def test_a_whole_phase_counts_everybody_of_it() -> None:
    rates = response_rates(people_of(HEARD), population_of({("primary", ""): 1640}))
    whole = rates[rates["provision"] == ""]
    assert whole["answered"].tolist() == [82]
    assert whole["rate"].tolist() == [5.0]


def test_without_a_population_there_are_counts_and_no_rates() -> None:
    rates = response_rates(people_of(HEARD), ())
    assert rates["answered"].sum() == 105
    assert rates["population"].isna().all()
    assert rates["rate"].isna().all()
    assert overall_rate(people_of(HEARD), ()).note.startswith("not available: The round has no")


def test_a_figure_given_twice_is_refused() -> None:
    with pytest.raises(PopulationUnfit, match="twice"):
        response_rates(people_of(HEARD), population_of(POPULATION) * 2)


def test_the_overall_rate_counts_who_is_left_out() -> None:
    rate = overall_rate(people_of(HEARD), population_of(POPULATION))
    assert (rate.answered, rate.population, rate.percent) == (100, 2000, 5.0)
    assert "3 people left out: phase not given" in rate.note
    assert "2 people left out: provision not given" in rate.note
    assert "caseload counts residents" in rate.note


def test_a_whole_phase_holds_people_of_every_provision_beside_its_parts() -> None:
    heard = {("primary", "ehcp"): 60, ("primary", "not_given"): 50, ("secondary", "ehcp"): 40}
    stands = {("primary", ""): 1200, ("primary", "ehcp"): 1200, ("secondary", "ehcp"): 800}
    rate = overall_rate(people_of(heard), population_of(stands))
    assert (rate.answered, rate.population, rate.percent) == (150, 2000, 7.5)
    compared = representativeness(people_of(heard), population_of(stands), "phase")
    assert compared.table["people"].tolist() == [110, 40]
    crossed = representativeness(people_of(heard), population_of(stands), "both")
    assert crossed.table["people"].tolist() == [60, 40]
    assert crossed.left_out == {"provision not given": 50}


def test_why_there_is_no_rate_is_a_sentence_of_its_own() -> None:
    heard = {("primary", "ehcp"): 11, ("post_16", "ehcp"): 40}
    note = overall_rate(people_of(heard), population_of({("primary", ""): 10})).note
    assert "than the population figure. 40 people left out:" in note


def test_pupils_and_residents_have_no_overall_rate() -> None:
    counted = {"ehcp": Counted.RESIDENTS, "sen_support": Counted.PUPILS}
    rate = overall_rate(people_of(HEARD), population_of(POPULATION), counted=counted)
    assert rate.percent is None
    assert "different populations" in rate.note
    compared = representativeness(
        people_of(HEARD), population_of(POPULATION), "phase", counted=counted
    )
    assert compared.table.empty
    assert under_heard(compared).empty
    assert "different populations" in compared.notes[0]


def test_shares_stand_beside_those_of_the_population() -> None:
    # 80 and 20 of 100 who answered; 1,300 and 700 of 2,000: 65% and 35%.
    compared = representativeness(people_of(HEARD), population_of(POPULATION), "phase")
    table = compared.table.set_index("phase")
    assert table["share"].to_dict() == {"primary": 80.0, "secondary": 20.0}
    assert table["difference"].to_dict() == pytest.approx({"primary": 15, "secondary": -15})
    # (80 - 65)^2 / 65 + (20 - 35)^2 / 35 = 9.8901, with one degree of freedom.
    assert compared.chi_square == pytest.approx(9.890110)
    assert compared.degrees == 1
    assert compared.p_value == pytest.approx(0.0016617, abs=1e-6)
    assert table["residual"]["secondary"] == pytest.approx(-15 / (100 * 0.35 * 0.65) ** 0.5)
    assert compared.left_out == {"phase not given": 3, "provision not given": 2}
    assert under_heard(compared)["name"].tolist() == ["Secondary"]


def test_groups_with_nobody_are_under_heard() -> None:
    compared = representativeness(people_of(HEARD), population_of(POPULATION), "both")
    # Nobody of 10%; and 20% of 25%, which is not below four fifths.
    assert under_heard(compared)["name"].tolist() == ["Secondary, SEN support"]


@pytest.mark.parametrize("by", ["provision", "both"])
def test_provision_is_compared_only_where_it_is_given_for_every_phase(by: By) -> None:
    part = population_of({("primary", ""): 1300, ("secondary", "ehcp"): 700})
    compared = representativeness(people_of(HEARD), part, by)
    assert compared.table.empty
    assert "By phase alone" in compared.notes[0]


def test_groups_too_small_to_test_are_joined_and_named() -> None:
    heard = people_of(
        {("early_years", "ehcp"): 0, ("primary", "ehcp"): 60, ("secondary", "ehcp"): 40}
    )
    population = population_of(
        {("early_years", "ehcp"): 30, ("primary", "ehcp"): 500, ("secondary", "ehcp"): 470}
    )
    compared = representativeness(heard, population, "phase")
    assert compared.joined == ("Early years and Primary",)
    # Expected 53 and 47.
    assert compared.chi_square == pytest.approx(49 / 53 + 49 / 47)
    one = representativeness(heard, population_of({("primary", "ehcp"): 900}), "phase")
    assert (one.chi_square, one.degrees, one.p_value) == (None, None, None)


def test_when_nobody_can_be_placed_there_is_nothing_to_compare() -> None:
    compared = representativeness(
        people_of({("not_given", "ehcp"): 4}), population_of(POPULATION), "phase"
    )
    assert compared.table.empty
    assert compared.left_out == {"phase not given": 4}


@given(st.dictionaries(
    st.tuples(st.sampled_from([*Phase, "not_given"]), st.sampled_from(["ehcp", "sen_support"])),
    st.integers(0, 9), max_size=8,
))  # fmt: skip
def test_everybody_is_in_a_row(heard: dict[tuple[str, str], int]) -> None:
    people = people_of(heard)
    rates = response_rates(people, population_of(POPULATION))
    assert rates["answered"].sum() == len(people)
    compared = representativeness(people, population_of(POPULATION), "both")
    placed = int(compared.table["people"].sum())
    assert placed + sum(compared.left_out.values()) == len(people)
    if placed:
        assert compared.table["difference"].sum() == pytest.approx(0, abs=1e-9)

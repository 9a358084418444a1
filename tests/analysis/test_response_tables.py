"""The release's table of who answered: small rounds, every number by hand."""

from collections.abc import Mapping

import pytest

from analysis.response_tables import COUNTED, UNDER_HEARD
from surveys.plans import Population
from tests.analysis.answers import Said, form, parent, rating
from tests.analysis.people import population_of
from tests.analysis.released import NONE, population, release, rows, table

KINDS = {
    ("primary", "sen_support"): 200,
    ("primary", "ehcp"): 100,
    ("secondary", "sen_support"): 60,
    ("secondary", "ehcp"): 40,
}
FIGURES = population_of({**NONE, **KINDS})


def people(cells: Mapping[tuple[str, str], int]) -> list[Said]:
    return [
        parent(phase, provision=kind)
        for (phase, kind), count in cells.items()
        for _ in range(count)
    ]


def sixty() -> list[Said]:
    """As many of each kind of secondary parents, and thirty and ten of primary ones."""
    secondary = {("secondary", "sen_support"): 10, ("secondary", "ehcp"): 10}
    return people({("primary", "sen_support"): 30, ("primary", "ehcp"): 10, **secondary})


def test_rates_are_of_the_population_and_shares_stand_beside_its() -> None:
    made = rows(release(sixty(), stands_for=FIGURES), "response")
    everybody, primary = made["All phases"], made["Primary"]
    assert (everybody["answered"], everybody["population"], everybody["rate"]) == (60, 400, 15)
    assert (primary["answered"], primary["population"], primary["rate"]) == (40, 300, 13.3)
    assert (primary["answered_share"], primary["population_share"]) == (66.7, 75)
    assert primary["difference"] == -8.3
    kind = made["Primary, SEN support"]
    assert (kind["answered"], kind["population"], kind["rate"]) == (30, 200, 15)
    assert (kind["answered_share"], kind["population_share"], kind["difference"]) == (50, 50, 0)
    assert made["Secondary"]["rate"] == 20
    assert made["Secondary, EHC plan"]["rate"] == 25


def test_without_a_population_there_are_counts_and_a_reason() -> None:
    made = rows(release(sixty()), "response")
    assert {row["note"] for row in made.values()} == {"not available: no population figure"}
    assert made["Primary, SEN support"]["answered"] == 30
    assert {row["rate"] for row in made.values()} == {None}
    assert {row["answered_share"] for row in made.values()} == {None}


def test_a_phase_without_a_figure_has_no_rate_and_the_others_have() -> None:
    some = [row for row in FIGURES if row.phase == "primary"]
    made = rows(release(sixty(), stands_for=some), "response")
    assert made["Secondary"]["note"] == "not available: no population figure"
    assert made["Secondary"]["answered"] == 20
    assert made["Primary"]["rate"] == 13.3
    assert (made[COUNTED]["answered"], made[COUNTED]["population"]) == (40, 300)


def test_figures_that_cannot_be_added_give_no_rate() -> None:
    twice = (Population("primary", "", 100), Population("primary", "ehcp", 200))
    made = rows(release(sixty(), stands_for=twice), "response")
    assert made["All phases"]["rate"] is None
    assert made["All phases"]["answered"] == 60


def test_more_answers_than_children_are_no_rate() -> None:
    made = rows(release(sixty(), stands_for=population(primary=30, secondary=50)), "response")
    assert (
        made["Primary"]["note"] == "not available: more people answered than the population figure"
    )
    assert made["Primary"]["rate"] is None


@pytest.mark.parametrize(
    ("unsure", "note"), [(8, "8 who answered are in"), (3, "is not shown: prov")]
)
def test_who_is_in_no_group_is_counted_unless_they_are_few(unsure: int, note: str) -> None:
    made = release([*sixty(), *people({("primary", "not_sure"): unsure})], stands_for=FIGURES)
    assert note in table(made, "response")["base_note"]
    everybody = rows(made, "response")["All phases"]
    assert (everybody["answered"], everybody["population"]) == (60 + unsure, 400)


def test_a_few_of_a_group_are_hidden_and_do_not_follow_from_their_phase() -> None:
    some = {("primary", "sen_support"): 30, ("primary", "ehcp"): 3, ("secondary", "ehcp"): 20}
    made = rows(release(people(some), stands_for=FIGURES), "response")
    assert made["Primary, EHC plan"]["answered"] is None
    assert made["Primary, EHC plan"]["rate"] is None
    assert None in {made["Primary"]["answered"], made["Primary, SEN support"]["answered"]}
    assert made["Secondary, EHC plan"]["answered"] == 20
    assert made["Secondary, SEN support"]["answered"] == 0


def test_a_group_that_is_heard_too_little_is_called_so() -> None:
    some = {("primary", "sen_support"): 40, ("primary", "ehcp"): 5, ("secondary", "ehcp"): 15}
    made = rows(release(people(some), stands_for=FIGURES), "response")
    # 5 of 60 are 8.3%, of a quarter of the population: (5 - 15) / sqrt(60 x 1/4 x 3/4) = -2.98.
    assert made["Primary, EHC plan"]["note"] == UNDER_HEARD
    assert made["Secondary, SEN support"]["note"] == UNDER_HEARD
    assert made["Primary, SEN support"]["note"] == ""


def test_a_survey_that_does_not_ask_for_the_phase_has_no_such_table() -> None:
    names = [each["name"] for each in release([{"l1": "4"}] * 12, form(rating("l1")))["tables"]]
    assert "response" not in names


def test_intervals_are_corrected_where_the_figures_cover_everybody() -> None:
    people_ = [*sixty()[:30], *[parent("primary", rate="2")] * 30]
    whole = rows(release(people_, stands_for=population(primary=300)), "index")
    assert whole["All phases"]["interval"].endswith("correction (N = 300)")
    assert whole["Primary"]["interval"].endswith("correction (N = 300)")
    part = population_of({**NONE, ("primary", "ehcp"): 100, ("secondary", "ehcp"): 100})
    assert rows(release(people_, stands_for=part), "index")["Primary"]["interval"] == (
        "bootstrap of people"
    )


def test_brothers_and_sisters_are_one_household_until_the_link_is_cut() -> None:
    people_ = [parent("primary", rate=str(2 + n // 2 % 3)) for n in range(80)]
    linked = release(people_, households=[n // 2 for n in range(80)])
    assert rows(linked, "index")["Primary"]["interval"] == "bootstrap of households"
    assert rows(release(people_), "index")["Primary"]["interval"] == "bootstrap of people"

"""A population's figures are added only where they may be, and nobody is lost in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.population import (
    AS_GIVEN,
    PHASE_ALONE,
    Counted,
    PopulationUnfit,
    figures,
    joined,
    left_out,
)
from tests.analysis.people import people_of, population_of

BOTH = {
    ("primary", "ehcp"): 400,
    ("primary", "sen_support"): 900,
    ("early_years", "sen_support"): 100,
}


def test_provisions_add_up_to_phases_in_the_fields_order() -> None:
    stands = figures(population_of(BOTH))
    assert list(stands.phases.items()) == [("early_years", 100), ("primary", 1300)]
    assert list(stands.provisions.items()) == [("sen_support", 1000), ("ehcp", 400)]
    assert stands.total == 1400
    assert stands.notes == (AS_GIVEN,)


def test_pupils_and_residents_are_not_added() -> None:
    counted = {"ehcp": Counted.RESIDENTS, "sen_support": Counted.PUPILS}
    with pytest.raises(PopulationUnfit, match="pupils in schools and residents with plans"):
        figures(population_of(BOTH), counted)
    alike = dict.fromkeys(counted, Counted.PUPILS)
    assert figures(population_of(BOTH), alike).notes == ()
    plans = {cell: count for cell, count in BOTH.items() if cell[1] == "ehcp"}
    assert figures(population_of(plans), counted).total == 400


def test_a_whole_phase_is_not_added_to_its_parts() -> None:
    stands = figures(population_of({("primary", ""): 1200, ("primary", "ehcp"): 420}))
    assert stands.phases == {"primary": 1200}
    assert stands.provisions == {}
    assert PHASE_ALONE in stands.notes


def test_parts_that_make_up_their_whole_are_a_margin() -> None:
    stands = figures(population_of({**BOTH, ("primary", ""): 1300}))
    assert stands.phases == {"early_years": 100, "primary": 1300}
    assert stands.provisions == {"sen_support": 1000, "ehcp": 400}


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({}, "no population figures"),
        ({("primary", "ehcp"): 0}, "no population figures"),
        ({("primary", ""): 10, ("primary", "ehcp"): 11}, "Primary is 10, and its parts .* 11"),
    ],
)
def test_figures_that_cannot_be_are_refused(cells: dict[tuple[str, str], int], why: str) -> None:
    with pytest.raises(PopulationUnfit, match=why):
        figures(population_of(cells))


def test_a_group_given_twice_is_refused() -> None:
    twice = population_of({("primary", "ehcp"): 4}) * 2
    with pytest.raises(PopulationUnfit, match="Primary, EHC plan is given twice"):
        figures(twice)


def test_who_is_in_no_group_is_told_why() -> None:
    people = people_of(
        {
            ("primary", "ehcp"): 1,
            ("not_given", "ehcp"): 1,
            ("primary", "not_given"): 1,
            ("primary", "applying"): 1,
            ("post_16", "ehcp"): 1,
        }
    )
    assert left_out(people, figures(population_of(BOTH))).tolist() == [
        "",
        "phase not given",
        "provision not given",
        "provision not in the population figures",
        "phase not in the population figures",
    ]
    whole = figures(population_of({("primary", ""): 1200}))
    assert (left_out(people, whole) == "").tolist() == [True, False, True, True, False]


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ([30, 40, 50], ["a", "b", "c"]),
        ([5, 40, 50], ["ab", "c"]),
        ([60, 5, 50], ["a", "bc"]),
        ([50, 5, 50], ["ab", "c"]),
        ([12, 60, 5, 9], ["abcd"]),
        ([12, 60, 5, 16], ["ab", "cd"]),
        ([1, 2, 3], ["abc"]),
    ],
)
def test_neighbours_are_joined_smallest_first(sizes: list[int], groups: list[str]) -> None:
    # In the fifth, 5 and 9 make 14, still too few; 12 goes first, to its only neighbour.
    assert joined(dict(zip("abcd", sizes, strict=False)), 20) == [tuple(g) for g in groups]


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_joining_keeps_everybody_in_order(sizes: list[int]) -> None:
    names = [str(n) for n in range(len(sizes))]
    groups = joined(dict(zip(names, sizes, strict=True)), 20)
    assert [name for group in groups for name in group] == names
    if len(groups) > 1:
        assert all(sum(sizes[int(name)] for name in group) >= 20 for group in groups)

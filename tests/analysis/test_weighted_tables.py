"""The release's weighted tables: small rounds, every number by hand, and an attack on one."""

from collections.abc import Sequence
from typing import Any

import pytest

from analysis import weighted_cells
from analysis.disclosure import Crowd, where
from tests.analysis.answers import Said, parent
from tests.analysis.people import people_of, population_of
from tests.analysis.released import NONE, population, release, rows, table

EVERYBODY, PLACED = "Everybody, not weighted", "People with a weight, not weighted"


def parents(phase: str, rate: str, count: int, kind: str = "sen_support") -> list[Said]:
    """With two of fourteen questions reversed, "4" is an index of 67.86, "2" of 32.14."""
    return [parent(phase, rate=rate, provision=kind)] * count


def halves(each: int = 60) -> list[Said]:
    return [*parents("primary", "4", each), *parents("secondary", "2", each)]


def test_weighted_figures_stand_beside_those_that_are_not() -> None:
    made = release(halves(), stands_for=population(primary=3000, secondary=1000))
    index, anchor = rows(made, "weighted_index"), rows(made, "weighted_anchor")
    # Weights of 90/60 and 30/60: (12 x 75 + 2 x 25) / 14 = 67.86 counts three times 32.14.
    assert (index[EVERYBODY]["value"], index[EVERYBODY]["base"]) == (50, 120)
    assert (index["Weighted"]["value"], index["Weighted"]["base"]) == (58.9, 120)
    assert (anchor[EVERYBODY]["value"], anchor["Weighted"]["value"]) == (50, 75)
    # Kish: (60 x 1.5 + 60 x 0.5)^2 / (60 x 2.25 + 60 x 0.25) = 14,400 / 150.
    assert index["Weighted"]["effective"] == anchor["Weighted"]["effective"] == 96
    # Wilson of 75% of 96: (0.75 + 0.020008 -+ 0.088900) / 1.040016, in percent.
    assert (anchor["Weighted"]["low"], anchor["Weighted"]["high"]) == (65, 83)
    assert "Raking" in table(made, "weighted_index")["method"]


def test_people_outside_the_population_have_no_weight() -> None:
    given = population_of({**NONE, ("primary", "sen_support"): 300, ("secondary", "ehcp"): 100})
    people = [*parents("primary", "4", 60), *parents("secondary", "2", 60, "ehcp")]
    made = rows(
        release([*people, *parents("primary", "2", 30, "not_sure")], stands_for=given),
        "weighted_index",
    )
    assert (made[EVERYBODY]["base"], made[PLACED]["base"]) == (150, 120)
    assert made[PLACED]["value"] == 50
    assert made["Weighted"]["value"] == 58.9


@pytest.mark.parametrize("few", [3, 9])
def test_the_mean_of_a_few_without_a_weight_does_not_follow(few: int) -> None:
    """Everybody less the people with a weight would be those few."""
    given = population_of({**NONE, ("primary", "sen_support"): 300, ("secondary", "ehcp"): 100})
    people = [*parents("primary", "4", 60), *parents("secondary", "2", 60, "ehcp")]
    made = rows(
        release([*people, *parents("primary", "1", few, "not_sure")], stands_for=given),
        "weighted_index",
    )
    assert made[EVERYBODY]["base"] == 120 + few
    assert made[PLACED]["value"] is None
    assert made["Weighted"]["value"] is None


def reason(people: Sequence[Said], **about: Any) -> str:
    made = release(people, **about)
    row = rows(made, "weighted_index")["Weighted"]
    assert (row["value"], row["base"]) == (None, None)
    return str(row["note"] or row["reason"])


def test_what_is_not_weighted_says_why() -> None:
    assert reason(halves()) == "Not weighted: The round has no population figures."
    given = population(primary=300, secondary=100)
    assert reason(halves(30), stands_for=given) == (
        "Not weighted: 60 people are in the population's groups; weighting needs 100."
    )
    more = population(primary=300, secondary=100, post_16=50)
    assert reason(halves(), stands_for=more).startswith("Not weighted: Nobody answered of: Post-16")
    far = population(primary=3000, secondary=1)
    assert reason(halves(), stands_for=far).startswith("Not weighted: Not converged")


def test_a_reason_that_would_tell_of_a_few_is_not_shown() -> None:
    """How many are in the population's groups would tell how many are not."""
    placeless = {key: said for key, said in parent("primary").items() if key != "phase"}
    people = [*halves(30), *[placeless] * 3]
    told = reason(people, stands_for=population(primary=300, secondary=100))
    assert "60" not in told
    assert told.startswith("few people")


# An attack: phases' means are shown, so a weighted mean is an equation for the rest.

SIX = [
    *parents("primary", "1", 6),
    *parents("primary", "4", 24, "ehcp"),
    *parents("secondary", "2", 100),
]
SIX_FIGURES = population_of(
    {
        **NONE,
        ("primary", "sen_support"): 20,
        ("primary", "ehcp"): 40,
        ("secondary", "sen_support"): 200,
    }
)
"""As many as answered, twice: weights of 10/6, 20/24 and 1."""

THEIRS = (12 * 0 + 2 * 100) / 14


def mean_of_the_six(made: dict[str, Any]) -> float:
    phases, weighted = rows(made, "index"), rows(made, "weighted_index")["Weighted"]
    primary = 30 * phases["Primary"]["value"]
    rest = 130 * weighted["value"] - 100 * phases["Secondary"]["value"] - primary * 20 / 24
    return float(rest / (10 / 6 - 20 / 24) / 6)


def test_a_weighted_mean_that_would_tell_a_few_peoples_is_not_shown() -> None:
    made = release(SIX, stands_for=SIX_FIGURES)
    assert rows(made, "index")["Primary"]["value"] is not None
    assert rows(made, "weighted_index")["Weighted"]["value"] is None


def test_shown_it_would_tell_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighted_cells, "tells_of_few", lambda *_, **__: False)
    assert mean_of_the_six(release(SIX, stands_for=SIX_FIGURES)) == pytest.approx(THEIRS, abs=3)


def two_phases(weights: Sequence[float]) -> bool:
    """Six of the secondary parents have a plan; are the four groups' weights telling?"""
    cells = {(p, k): 20 for p in ("primary", "secondary") for k in ("sen_support", "ehcp")}
    people = people_of({**cells, ("secondary", "ehcp"): 6})
    crowd = Crowd.of(people.index)
    for name in people:
        crowd.divide(str(name), people[name], people[name].unique())
    parts = [where(phase=phase, provision=kind) for phase, kind in cells]
    groups = weighted_cells.WeightGroups(
        (tuple(parts[:2]), tuple(parts[2:])),
        tuple((part,) for part in parts),
        (),
        dict(zip(parts, weights, strict=True)),
    )
    return weighted_cells.tells_of_few(crowd, groups, where(), 10, shown=["weighted"])


def test_one_weighted_mean_of_four_groups_tells_none_of_them() -> None:
    assert not two_phases([0.5, 2.0, 0.8, 1.5])


def test_it_tells_two_of_them_where_the_others_have_one_weight() -> None:
    assert two_phases([0.5, 0.5, 0.8, 1.5])

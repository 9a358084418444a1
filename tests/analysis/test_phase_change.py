"""Rounds compared phase by phase: pairs within a phase, movers counted, breaks named."""

from dataclasses import replace

import pytest

from analysis.change import Design, Verdict
from analysis.confidence import in_mainstream
from analysis.phase_change import (
    EVERYBODY,
    index_change,
    index_changes,
    share_change,
    share_changes,
)
from surveys.model import Questionnaire
from tests.analysis.answers import Said, confidence, parent
from tests.analysis.linked import linked

PHASES = ("primary", "secondary")
RATES = "12345"


def people(phase: str, number: int, shift: int = 0, setting: str = "mainstream") -> list[Said]:
    rates = [RATES[min(4, n % 4 + shift * (n % 3 > 0))] for n in range(number)]
    return [parent(phase, setting, rate) for rate in rates]


def series(prefix: str, number: int) -> list[str | None]:
    return [f"{prefix}{n}" for n in range(number)]


def reworded() -> Questionnaire:
    form = confidence()
    questions = (replace(q, labels={"en": "Other"}) if q.key == "c4" else q for q in form.questions)
    return replace(form, questions=tuple(questions))


def test_each_phase_is_compared_in_its_own_way_and_says_which() -> None:
    old = [*people("primary", 20), *people("secondary", 12)]
    new = [*people("primary", 20, 1), *people("secondary", 12)]
    before = linked(confidence(), old, [*series("p", 20), *series("s", 5), *[None] * 7])
    after = linked(confidence(), new, [*series("p", 20), *series("s", 5), *[None] * 7])
    primary, secondary = index_changes(before, after, PHASES)
    assert (primary.group, primary.design, primary.pairs) == ("primary", Design.PAIRED, 20)
    assert (secondary.design, secondary.pairs) == (Design.INDEPENDENT, 5)
    assert primary.verdict is Verdict.HIGHER
    assert secondary.verdict is Verdict.NO_CLEAR_CHANGE
    assert primary.p_holm == pytest.approx(2 * (primary.difference.p_value or 0))
    total = index_change(before, after)
    assert (total.group, total.pairs, total.after.left_out) == (EVERYBODY, 25, 7)
    assert total.p_holm == total.difference.p_value


def test_a_child_that_moved_on_is_in_no_phases_pair() -> None:
    old, new = people("primary", 15), [*people("primary", 12), *people("secondary", 3)]
    before = linked(confidence(), old, series("p", 15))
    after = linked(confidence(), new, series("p", 15))
    primary, secondary = index_changes(before, after, PHASES)
    assert (primary.pairs, primary.before.left_out) == (12, 3)
    assert (secondary.pairs, secondary.before.base, secondary.after.base) == (0, 0, 3)
    assert secondary.verdict is Verdict.NOT_AVAILABLE


def test_a_changed_question_is_a_break() -> None:
    before = linked(confidence(), people("primary", 12))
    after = linked(reworded(), people("primary", 12, 1))
    for found in (index_change(before, after), *index_changes(before, after, PHASES)):
        assert (found.verdict, found.reason) == (Verdict.NOT_COMPARABLE, "changed: c4")
        assert found.difference.value is None
    assert share_change(before, after, "c4").verdict is Verdict.NOT_COMPARABLE
    assert [found.group for found in share_changes(before, after, "c4", PHASES)] == list(PHASES)
    assert share_change(before, after, "c10").verdict is not Verdict.NOT_COMPARABLE


def test_the_anchor_is_of_those_who_rated_it_in_mainstream() -> None:
    old = [*people("primary", 12), *people("primary", 9, 0, "special")]
    old[0] = {**old[0], "c10": "dk"}
    before = linked(confidence(), old)
    after = linked(confidence(), people("primary", 16, 1))
    found = share_change(before, after, "c10", in_mainstream)
    # By hand: of n = 1..11 the rate is n % 4 + 1, and 4 three times; later n % 4 = 3, or
    # n % 4 = 2 where n % 3 > 0: 3, 7, 11, 15 and 2, 10, 14.
    assert (found.before.base, found.before.without_value) == (11, 1)
    assert found.before.figure == pytest.approx(100 * 3 / 11)
    assert found.after.base == 16
    assert found.after.figure == pytest.approx(100 * 7 / 16)
    primary, secondary = share_changes(before, after, "c10", PHASES, in_mainstream)
    assert primary.difference == found.difference
    assert secondary.verdict is Verdict.NOT_AVAILABLE


def test_households_go_with_their_people_where_some_have_no_index() -> None:
    silent: Said = {"phase": "primary"}
    homes = [n // 2 for n in range(21)]
    old = linked(confidence(), [silent, *people("primary", 20)], households=homes)
    new = linked(confidence(), [*people("primary", 20, 1), silent], households=homes)
    alone = replace(new, people=new.people.assign(household=None))
    found, strangers = index_change(old, new), index_change(old, alone)
    assert (found.before.without_value, found.after.without_value) == (1, 1)
    assert found.difference.test == "Welch's t"
    assert found.difference.value == pytest.approx(strangers.difference.value)
    assert found.smallest != strangers.smallest

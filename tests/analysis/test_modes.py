"""Ways of answering are compared, warned of where they differ, and never blamed."""

import pandas as pd
import pytest
from scipy import stats

from analysis.confidence import person_indexes
from analysis.mode_tests import KRUSKAL, WELCH
from analysis.modes import CAUTION, Modes, compare_modes
from tests.analysis.answers import Said, confidence, parent
from tests.analysis.linked import linked

Round = tuple[list[Said], list[str]]


def some(mode: str, number: int, rates: str, unsure: int = 0) -> Round:
    """Parents of one way, whose ratings go round `rates`; some say don't know to five."""
    unknown = {f"c{n}": "dk" for n in range(1, 5)}
    people = [
        parent("primary", rate=rates[n % len(rates)], **(unknown if n < unsure else {}))
        for n in range(number)
    ]
    return people, [mode] * number


def joined(*parts: Round) -> Round:
    return [p for people, _ in parts for p in people], [m for _, modes in parts for m in modes]


def compared(*parts: Round) -> Modes:
    people, modes = joined(*parts)
    return compare_modes(linked(confidence(), people, modes=modes))


def test_each_way_has_its_base_mean_interval_and_dont_knows() -> None:
    found = compared(some("web", 40, "234"), some("telegram", 12, "34", unsure=3))
    web, chat = found.modes
    assert (web.mode, web.people, web.base, web.tested) == ("web", 40, 40, True)
    assert (chat.mode, chat.people, chat.base) == ("chat", 12, 12)
    assert web.interval.low is not None
    assert web.interval.low < (web.mean or 0) < (web.interval.high or 0)
    assert web.dont_know == 0.0
    assert chat.dont_know == pytest.approx(100 * 12 / (12 * 14))


def test_the_tests_are_scipys() -> None:
    people, modes = joined(
        some("web", 30, "2345"), some("phone", 15, "345", 4), some("paper", 11, "12", 1)
    )
    answers = linked(confidence(), people, modes=modes)
    found = compare_modes(answers)
    values = person_indexes(answers).to_numpy()
    groups = values[:30], values[30:45], values[45:]
    welch = stats.f_oneway(*groups, equal_var=False)
    assert (found.index.name, found.dont_know.name) == (WELCH, KRUSKAL)
    assert found.index.p_value == pytest.approx(welch.pvalue)
    assert found.index.statistic == pytest.approx(welch.statistic)
    share = 100 * 4 / 14
    shares = [0.0] * 30, [share] * 4 + [0.0] * 11, [share] + [0.0] * 10
    assert found.dont_know.p_value == pytest.approx(stats.kruskal(*shares).pvalue)
    assert found.index.p_holm == pytest.approx(2 * welch.pvalue)
    assert found.index.modes == ("web", "phone", "paper")


def test_ways_that_differ_are_warned_of_with_who_chose_them() -> None:
    found = compared(some("web", 30, "2345"), some("paper", 20, "12"))
    assert found.warning.startswith("Ways of answering differ in confidence,")
    assert found.warning.endswith(CAUTION)
    unsure = compared(some("web", 30, "2345"), some("paper", 20, "2345", unsure=18))
    assert unsure.warning.startswith("Ways of answering differ in how often they say don't know,")


def test_ways_that_do_not_differ_are_not_warned_of_and_the_caution_stays() -> None:
    found = compared(some("web", 30, "2345"), some("phone", 20, "2345"))
    assert found.warning == ""
    assert found.caution == CAUTION


def test_a_way_of_few_joins_no_test_and_is_counted() -> None:
    found = compared(some("web", 20, "234"), some("phone", 12, "345"), some("paper", 9, "1"))
    assert found.index.modes == found.dont_know.modes == ("web", "phone")
    assert (found.index.left_out, found.dont_know.left_out) == (9, 9)
    paper = found.modes[-1]
    assert (paper.mode, paper.base, paper.tested) == ("paper", 9, False)


def test_people_without_an_index_are_people_and_no_base() -> None:
    silent: Said = {"phase": "primary", "c1": "dk"}
    found = compared(some("web", 12, "234"), ([silent] * 3, ["web"] * 3))
    (web,) = found.modes
    assert (web.people, web.base) == (15, 12)
    assert web.dont_know == pytest.approx(100 * 3 / (12 * 14 + 3))


def test_one_way_is_nothing_to_compare() -> None:
    found = compared(some("web", 40, "234"))
    assert (found.index.p_value, found.dont_know.p_value) == (None, None)
    assert "fewer than two ways" in found.index.reason
    assert found.warning == ""
    assert compared().modes == ()


def test_where_everybody_of_one_way_agrees_ranks_are_compared() -> None:
    found = compared(some("web", 20, "12345"), some("paper", 12, "5"))
    assert found.index.name == KRUSKAL
    assert "same index" in found.index.why
    assert found.index.p_value is not None
    assert found.modes[1].interval.low is None


def test_where_everybody_agrees_there_is_no_test() -> None:
    found = compared(some("web", 20, "4"), some("paper", 12, "4"))
    assert (
        found.index.reason
        == found.dont_know.reason
        == "not available: everybody has the same value"
    )


def test_rehearsals_are_no_chat_and_an_unknown_way_is_named_so() -> None:
    people, modes = joined(some("terminal", 2, "4"), some("telegram", 3, "4"), some("x", 1, "4"))
    answers = linked(confidence(), people, modes=modes)
    answers.people["mode"] = answers.people["mode"].where(answers.people["mode"] != "x")
    answers.people["mode"] = pd.Categorical(answers.people["mode"])
    found = compare_modes(answers)
    assert [(each.mode, each.people) for each in found.modes] == [
        ("chat", 3), ("terminal", 2), ("not known", 1),
    ]  # fmt: skip


def test_brothers_and_sisters_count_once_in_the_tests() -> None:
    parts = some("web", 20, "2345"), some("paper", 10, "12"), some("phone", 12, "4")
    people, modes = joined(*parts)
    alone = compare_modes(linked(confidence(), people, modes=modes))
    doubled = linked(
        confidence(), people * 2, modes=modes * 2, households=[*range(1, 43), *range(1, 43)]
    )
    twins = compare_modes(doubled)
    assert (twins.index.p_value, twins.index.modes) == (alone.index.p_value, alone.index.modes)
    assert twins.dont_know == alone.dont_know
    assert [mode.people for mode in twins.modes] == [40, 24, 20]
    few = compared(some("web", 20, "2345"), some("paper", 9, "12"))
    people, modes = joined(some("web", 20, "2345"), some("paper", 9, "12"))
    homes = [*range(1, 30), *range(1, 30)]
    found = compare_modes(linked(confidence(), people * 2, None, homes, modes * 2))
    assert (found.modes[1].base, found.modes[1].tested) == (18, False)
    assert found.index.left_out == few.index.left_out == 9


def test_a_home_that_used_two_ways_is_in_both() -> None:
    people, modes = joined(some("web", 12, "234"), some("phone", 12, "34"))
    homes = [*range(1, 13), *range(1, 13)]
    found = compare_modes(linked(confidence(), people, None, homes, modes))
    assert found.index == compared(some("web", 12, "234"), some("phone", 12, "34")).index

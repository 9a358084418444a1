"""Every choice and every kind of nothing is counted apart; no small combination shows."""

import pytest

from analysis import items
from analysis.items import item_result
from analysis.mix import OTHERS, mix, named
from surveys.model import Questionnaire
from tests.analysis.answers import Said, confidence, form, frames_of, rating
from tests.builders import choices, several

SMALL = form(rating("q1"), several("boxes", choices(a="A", b="B")))


def counts(people: list[Said], key: str, asked: Questionnaire = SMALL) -> dict[str, int]:
    question = asked.question(key)
    assert question
    answers = frames_of(people, asked)
    return {each.code: each.count for each in item_result(answers, question).answers}


@pytest.mark.parametrize("few", [0, items.FEW])
def test_the_whole_distribution_is_counted(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(items, "FEW", few)
    said = ("5", "4", "4", "2", "dk", "na", "skip")
    assert counts([*({"q1": one} for one in said), {}], "q1") == {
        "5": 1, "4": 2, "3": 0, "2": 1, "1": 0, "dont_know": 1, "does_not_apply": 1, "skipped": 1,
    }  # fmt: skip


def test_b20_boxes_left_empty_are_an_answer() -> None:
    found = counts([{"boxes": "a"}, {"boxes": ""}, {"boxes": "skip"}, {}], "boxes")
    assert (found["a"], found["b"], found["skipped"]) == (1, 0, 1)


def test_a_question_nobody_was_asked_has_counts_of_nought() -> None:
    assert set(counts([], "q1").values()) == {0}


def placed(setting: str, number: int) -> list[Said]:
    return [{"setting": setting, "provision": "ehcp"}] * number


def mixed(people: list[Said]) -> list[tuple[str, int]]:
    found = frames_of(people, confidence())
    return [(named(who) if who else OTHERS, n) for who, n in mix(found, list(found.people.index))]


def test_people_without_a_setting_are_in_the_mix() -> None:
    people: list[Said] = [{} for _ in range(5)]
    assert mixed(people) == [("not given, not given", 5)]


def test_one_small_combination_takes_the_next_with_it() -> None:
    people = [*placed("special", 3), *placed("home", 6), *placed("mainstream", 9)]
    assert mixed(people) == [("Mainstream, EHC plan", 9), (OTHERS, 9)]


def test_the_mix_of_nobody_is_empty() -> None:
    assert mixed([]) == []

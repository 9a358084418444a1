"""Every choice and every kind of nothing is counted apart, on its own base."""

from analysis.frames import NOT_GIVEN
from analysis.items import item_result
from analysis.mix import OTHERS, mix
from tests.analysis.families import SKIP, Family, frames, survey
from tests.builders import DONT_KNOW, choices, rating, several

BOXES = (*choices(a="A", b="B", c="C"), DONT_KNOW)
ASKED = survey(rating("c1"), several("boxes", BOXES))


def counts(key: str, *said: Family) -> dict[str, int]:
    question = ASKED.question(key)
    assert question
    return {each.code: each.count for each in item_result(frames(ASKED, said), question).answers}


def test_the_whole_distribution_is_counted() -> None:
    said = ("5", "4", "4", "2", "dk", "na", SKIP)
    assert counts("c1", *({"c1": one} for one in said), {}) == {
        "5": 1, "4": 2, "3": 0, "2": 1, "1": 0, "dont_know": 1, "does_not_apply": 1, "skipped": 1,
    }  # fmt: skip


def test_b13_shares_state_their_base() -> None:
    question = ASKED.question("c1")
    assert question
    found = item_result(frames(ASKED, [{"c1": one} for one in ("5", "4", "dk", "4")]), question)
    assert found.rated is not None
    assert found.with_dont_know is not None
    assert (found.rated.count, found.rated.base) == (3, 3)
    assert (found.with_dont_know.count, found.with_dont_know.base) == (3, 4)
    assert (found.asked, found.answered, found.not_asked) == (4, 3, 0)


def test_b20_ticking_nothing_is_an_answer_and_skipping_is_not() -> None:
    question = ASKED.question("boxes")
    assert question
    people: list[Family] = [{"boxes": "a c"}, {"boxes": ""}, {"boxes": SKIP}, {}]
    found = item_result(frames(ASKED, people), question)
    assert {each.code: each.count for each in found.answers} == {
        "a": 1, "b": 0, "c": 1, "dont_know": 0, "does_not_apply": 0, "skipped": 1,
    }  # fmt: skip
    assert (found.asked, found.answered, found.not_asked) == (3, 2, 1)
    assert found.rated is None


def test_a_question_nobody_was_asked_has_counts_of_nought() -> None:
    assert set(counts("c1").values()) == {0}


def placed(setting: str | None, provision: str | None, number: int) -> list[Family]:
    said = {"setting": setting, "provision": provision}
    return [{key: one for key, one in said.items() if one}] * number


def mixed(*groups: list[Family]) -> list[tuple[str, int]]:
    found = frames(ASKED, [family for group in groups for family in group])
    return mix(found, list(found.people.index))


def test_the_mix_names_setting_and_provision_largest_first() -> None:
    assert mixed(placed("special", "ehcp", 6), placed("mainstream", "sen_support", 9)) == [
        ("Mainstream, SEN support", 9),
        ("Special, EHC plan", 6),
    ]


def test_people_without_a_setting_are_in_the_mix() -> None:
    assert mixed(placed(None, None, 5)) == [("not given, not given", 5)]
    assert NOT_GIVEN not in str(mixed(placed(None, None, 5)))


def test_small_combinations_are_joined() -> None:
    groups = (
        placed("special", "ehcp", 3),
        placed("home", "ehcp", 2),
        placed("mainstream", "ehcp", 9),
    )
    assert mixed(*groups) == [("Mainstream, EHC plan", 9), (OTHERS, 5)]


def test_one_small_combination_takes_the_next_with_it() -> None:
    groups = (
        placed("special", "ehcp", 3),
        placed("home", "ehcp", 6),
        placed("mainstream", "ehcp", 9),
    )
    assert mixed(*groups) == [("Mainstream, EHC plan", 9), (OTHERS, 9)]


def test_the_mix_of_nobody_is_empty() -> None:
    assert mixed() == []

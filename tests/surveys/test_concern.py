"""Risk is raised in any shipped language; plain complaints mostly are not."""

from time import perf_counter

import pytest

from surveys.concern import NO_RULES, OTHER_LANGUAGE, UNREADABLE, Concern, Tier, concern
from surveys.concern_rules import SHIPPED, _together, plain, words_of
from tests.surveys.concern_cases import HARMLESS, PLAIN, READ_FIRST, URGENT, Case

ORDER = [*Tier]


def _tier(case: Case) -> Tier:
    return concern(case.text, case.language).tier


def _share(cases: tuple[Case, ...], *tiers: Tier) -> float:
    return sum(_tier(case) in tiers for case in cases) / len(cases)


def test_the_list_is_long_enough_to_say_something() -> None:
    counts = [len(cases) for cases in (URGENT, READ_FIRST, HARMLESS, PLAIN)]
    assert counts == [163, 53, 16, 93]
    assert {case.language for case in URGENT} == set(SHIPPED)


def test_of_163_comments_about_risk_now_161_are_urgent_and_one_is_passed_by() -> None:
    assert _share(URGENT, Tier.URGENT) >= 161 / 163
    passed_by = [case.text for case in URGENT if _tier(case) is Tier.NONE]
    assert passed_by == ["He keeps writing about how he would do it"]


@pytest.mark.parametrize("case", READ_FIRST, ids=lambda case: case.text[:30] or "blank")
def test_an_indirect_sign_is_read_first_at_least(case: Case) -> None:
    assert ORDER.index(_tier(case)) >= ORDER.index(Tier.READ_FIRST)


@pytest.mark.parametrize("case", HARMLESS, ids=lambda case: case.text[:30])
def test_a_scary_word_used_harmlessly_is_not_urgent(case: Case) -> None:
    assert _tier(case) is not Tier.URGENT


def test_of_93_plain_complaints_at_least_90_are_not_raised() -> None:
    assert _share(PLAIN, Tier.NONE) >= 90 / 93
    assert _share(PLAIN, Tier.URGENT) == 0


@pytest.mark.parametrize(
    "text", ["", "  \n", "\u200b", "👍👍", "12 / 10", "??", "I \ufffd\ufffd know"]
)
def test_what_cannot_be_read_needs_reading(text: str) -> None:
    assert concern(text, "en") == Concern(Tier.READ_FIRST, (UNREADABLE,))


def test_a_language_without_rules_is_never_fine() -> None:
    assert concern("Everything is fine.", "so") == Concern(Tier.READ_FIRST, (NO_RULES,))
    assert concern("He hits my son.", "so").tier is Tier.URGENT
    assert concern("Everything is fine.", "en-easyread") == Concern(Tier.NONE)


@pytest.mark.parametrize(
    "text", ["Моему ребёнку нужна помощь", "Ilmahaygu waxay u baahan yihiin caawimaad"]
)
def test_words_of_another_language_in_an_english_chat_need_reading(text: str) -> None:
    assert concern(text, "en") == Concern(Tier.READ_FIRST, (OTHER_LANGUAGE,))


def test_the_rules_that_matched_are_named_once_the_urgent_ones_first() -> None:
    found = concern("He hits my son and I cannot cope. He hits me. He has a knife.", "en")
    assert found.tier is Tier.URGENT
    assert found.rules[:2] == ("hit or hurt", "weapon")
    assert "cannot cope" in found.rules
    assert len(set(found.rules)) == len(found.rules)


@pytest.mark.parametrize(
    "text",
    [
        "he wants to KILL HIMSELF",
        "he wants to ki\u200bll him\u00adself",
        "he wants to killlll himself",
        "he wants to kill himslef",
        "he wants to kil himself",
        "ｈｅ ｗａｎｔｓ ｔｏ ｋｉｌｌ ｈｉｍｓｅｌｆ",
        "he doesn’t want to be here anymore",
        "he dosent want to be here anymore",
        "she is suicdal",
        "she is suiciidal",
        "she is suixidal",
    ],
)
def test_typing_does_not_hide_risk(text: str) -> None:
    assert concern(text, "en").tier is Tier.URGENT


def test_a_harmless_phrase_hides_only_itself() -> None:
    assert concern("Killing time. He said he will kill me.", "en").tier is Tier.URGENT
    assert concern("They never hit him.", "en").tier is Tier.READ_FIRST
    assert concern("They never hit him until last week.", "en").tier is Tier.URGENT
    assert concern("Nobody listens, he hits her.", "en").tier is Tier.URGENT
    assert concern("They never hit him. The driver kicked him.", "en").tier is Tier.URGENT
    assert (
        concern("They may exclude him, they threatened to fine me.", "en").tier is Tier.READ_FIRST
    )


def test_arabic_is_found_with_and_without_its_signs() -> None:
    assert concern("يُرِيدُ أَنْ يَمُوتَ", "ar").tier is Tier.URGENT
    assert concern("يريد ان يموت", "ar").tier is Tier.URGENT


def test_the_longest_comment_of_the_worst_words_is_read_at_once() -> None:
    began = perf_counter()
    assert concern("scared of not hit never but said " * 125, "en").tier is not Tier.NONE
    assert perf_counter() - began < 2


@pytest.mark.parametrize("language", SHIPPED)
def test_every_phrase_of_every_language_can_match_something(language: str) -> None:
    words = words_of(language)
    for rule in (*words.softened, *words.stands, *words.urgent, *words.read_first):
        assert rule.phrases, rule.name
        assert not rule.is_in(""), rule.name
        assert not rule.is_in("zzz"), rule.name


def test_plain_words() -> None:
    assert plain("Łódź — DON'T!  |  saaaaafe") == "lodz dont safe"


def test_a_rule_that_stands_in_two_files_of_a_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\[urgent\] has suicide in two files"):
        _together([{"urgent": {"suicide": "a"}}, {"urgent": {"suicide": "b"}}])

"""The shipped questionnaires ask what the project's instruments say, word for word."""

import json
from pathlib import Path
from typing import Any

import pytest

from surveys.catalogue import SHIPPED, shipped, shipped_source
from surveys.model import Question, Questionnaire, QuestionType, State
from surveys.phases import PROFILE_KEYS, Phase, Provision, Setting
from surveys.xlsform import read_form_bytes

INSTRUMENTS = Path(__file__).resolve().parents[3] / "shared/data/derived/instruments.json"
NAMES = {
    "parental_confidence": "confidence_v1",
    "transition_early_years_reception": "transition_ey_reception",
    "transition_y6_y7": "transition_y6_y7",
    "transition_post16": "transition_post16_pfa",
}
SCALE = [
    ("5", "Strongly agree", 5, State.ANSWERED),
    ("4", "Agree", 4, State.ANSWERED),
    ("3", "Neither agree nor disagree", 3, State.ANSWERED),
    ("2", "Disagree", 2, State.ANSWERED),
    ("1", "Strongly disagree", 1, State.ANSWERED),
    ("dk", "Don't know", None, State.DONT_KNOW),
    ("na", "Does not apply", None, State.DOES_NOT_APPLY),
]

every_form = pytest.mark.parametrize("form", shipped(), ids=lambda form: form.key)


def form_of(key: str) -> Questionnaire:
    return next(form for form in shipped() if form.key == key)


def codes(form: Questionnaire, key: str) -> list[str]:
    question = form.question(key)
    assert question is not None
    return [choice.code for choice in question.choices]


def keys(form: Questionnaire, **wanted: object) -> set[str]:
    """The keys of the questions that have all of these values."""
    return {
        each.key
        for each in form.questions
        if all(getattr(each, name) == value for name, value in wanted.items())
    }


def test_all_four_load_and_are_named_by_their_files() -> None:
    assert tuple(form.key for form in shipped()) == SHIPPED
    assert all(form.titles["en"] and form.version == "1" for form in shipped())
    parental, *others = shipped()
    assert parental.languages == ("en", "en-x-easyread", "pl", "ar")
    assert all(form.languages == ("en",) for form in others)


def test_the_parental_questionnaire_is_whole_in_each_of_its_languages() -> None:
    form = shipped()[0]
    hinted = [each.hints for each in form.questions if each.hints]
    choices = [choice.labels for each in form.questions for choice in each.choices]
    for labels in (form.titles, *(each.labels for each in form.questions), *hinted, *choices):
        assert set(labels) == set(form.languages)
        assert all(labels.values())


def test_no_two_choices_of_a_question_read_alike_in_any_language() -> None:
    form = shipped()[0]
    for question in form.questions:
        for language in form.languages:
            labels = [choice.labels[language] for choice in question.choices]
            assert len(set(labels)) == len(labels)


def test_no_other_name_is_shipped() -> None:
    with pytest.raises(KeyError):
        shipped_source("../../pyproject")


@every_form
def test_the_hash_is_the_same_each_time(form: Questionnaire) -> None:
    again = read_form_bytes(shipped_source(form.key).encode(), "md", form.key)
    assert again.hash == form.hash
    assert Questionnaire.from_json(form.to_json()).hash == form.hash


@every_form
def test_the_profile_comes_first_in_words_that_results_share(form: Questionnaire) -> None:
    asked = [each.key for each in form.questions if each.is_answerable and each.key != "who"]
    assert tuple(asked[:3]) == PROFILE_KEYS
    assert set(codes(form, "phase")) <= set(Phase)
    assert set(codes(form, "setting")) == set(Setting)
    assert set(codes(form, "provision")) == set(Provision)
    assert set(PROFILE_KEYS) <= keys(form, moment="", index=False, required=False)


def test_each_form_offers_the_phases_it_is_about() -> None:
    assert {form.key: codes(form, "phase") for form in shipped()} == {
        "parental_confidence": ["early_years", "primary", "secondary", "post_16"],
        "transition_early_years_reception": ["early_years", "primary"],
        "transition_y6_y7": ["primary", "secondary"],
        "transition_post16": ["secondary", "post_16"],
    }


@every_form
def test_every_rating_has_the_same_scale_with_two_ways_out(form: Questionnaire) -> None:
    ratings = [each for each in form.questions if each.is_rating]
    assert ratings
    for each in ratings:
        scale = [(one.code, one.labels["en"], one.score, one.state) for one in each.choices]
        assert scale == SCALE


@every_form
def test_nothing_must_be_answered_and_no_choice_says_skip(form: Questionnaire) -> None:
    assert not keys(form, required=True)
    assert all(one.code != "skip" for each in form.questions for one in each.choices)


@every_form
def test_every_button_fits_in_telegram(form: Questionnaire) -> None:
    for each in form.questions:
        for choice in each.choices:
            assert len(each.key.encode()) + len(choice.code.encode()) <= 50


def test_what_counts_in_the_confidence_index() -> None:
    form = form_of("parental_confidence")
    counted = keys(form, index=True)
    assert counted == {f"c{number}" for number in range(1, 15)}
    constructs = {each.construct for each in form.questions if each.index}
    assert len(constructs) == 8
    assert form.question("l1") is not None
    assert keys(form, reverse=True) == {"c4", "c8"}
    assert keys(form, anchor=True) == {"c10"}
    assert keys(form, type=QuestionType.TEXT) == {"o1", "o2"}
    assert not form.has_moments


def test_what_counts_in_the_transition_indexes() -> None:
    found = {form.key: keys(form, index=True) for form in shipped()[1:]}
    assert found == {
        "transition_early_years_reception": {f"a{number}" for number in range(1, 9)},
        "transition_y6_y7": {f"b{number}" for number in range(1, 10)},
        "transition_post16": {f"d{number}" for number in range(1, 11)},
    }
    reverse = {form.key: keys(form, reverse=True) for form in shipped()[1:]}
    assert reverse == {
        "transition_early_years_reception": {"a7"},
        "transition_y6_y7": {"b8"},
        "transition_post16": {"d9"},
    }
    assert all(form.has_moments and not keys(form, anchor=True) for form in shipped()[1:])


def test_fact_questions_let_a_parent_keep_it_to_themselves() -> None:
    assert codes(form_of("transition_y6_y7"), "bf") == ["yes", "no", "pnts"]
    assert codes(form_of("transition_post16"), "df")[-1] == "pnts"
    for form, key in ((form_of("transition_y6_y7"), "bf"), (form_of("transition_post16"), "df")):
        question = form.question(key)
        assert question is not None
        last = question.choices[-1]
        assert (last.labels["en"], last.state) == ("Prefer not to say", State.ANSWERED)
        assert not question.is_rating


def test_the_post_16_form_begins_with_who_and_speaks_to_each() -> None:
    form = form_of("transition_post16")
    assert form.questions[0].key == "who"
    assert codes(form, "who") == ["parent", "young_person", "together"]
    notes = [each for each in form.questions if each.type is QuestionType.NOTE]
    assert [each.relevant for each in notes] == [
        "${who} = 'young_person'",
        "${who} = 'parent'",
        "${who} = 'together'",
    ]


def instruments() -> dict[str, Any]:
    if not INSTRUMENTS.is_file():
        pytest.skip("the instruments are not beside this repository")
    read: dict[str, Any] = json.loads(INSTRUMENTS.read_text(encoding="utf-8"))
    return read


def check_item(question: Question | None, item: list[Any]) -> None:
    assert question is not None
    _, construct, reverse, text, *moment = item
    assert question.labels["en"] == text.partition(" (")[0]
    assert question.construct == construct
    assert question.reverse is bool(reverse)
    assert question.moment == "".join(moment)
    assert question.index is (reverse is not None and "not_in_index" not in construct)
    is_text = question.type is QuestionType.TEXT
    assert is_text is (construct == "open")


@every_form
def test_every_item_of_the_instrument_is_asked_word_for_word(form: Questionnaire) -> None:
    items = instruments()[NAMES[form.key]]
    for item in items:
        check_item(form.question(item[0].lower()), item)
    own = {*PROFILE_KEYS, "who"}
    asked = [each.key for each in form.questions if each.is_answerable and each.key not in own]
    assert asked == [item[0].lower() for item in items]


def test_fact_choices_are_the_instrument_s() -> None:
    for key, name in (("transition_y6_y7", "bf"), ("transition_post16", "df")):
        item = next(each for each in instruments()[NAMES[key]] if each[0].lower() == name)
        question = form_of(key).question(name)
        assert question is not None
        listed = [choice.labels["en"].lower() for choice in question.choices]
        assert listed == item[3].partition(" (")[2].rstrip(")").lower().split(" / ")

"""A changed question is a break, never a change."""

from dataclasses import replace
from typing import Any

import pytest

from analysis.comparable import fingerprint, index_break, question_break, shared_items
from surveys.model import Choice, Question, Questionnaire, State
from tests.analysis.answers import AGREE, confidence, form, rating
from tests.analysis.linked import linked

FORM = form(rating("q1"), rating("q2"), rating("q3", reverse=True))


def altered(key: str, **changes: Any) -> Questionnaire:
    return form(*(replace(q, **changes) if q.key == key else q for q in FORM.questions))


def reason(after: Questionnaire) -> str:
    return index_break(linked(FORM, [{}]), linked(after, [{}]))


CHANGES: list[dict[str, Any]] = [
    {"labels": {"en": "Another wording"}},
    {"hints": {"en": "Think of the last year."}},
    {"choices": AGREE[:-1]},
    {"choices": (Choice("5", {"en": "Definitely"}, score=5), *AGREE[1:])},
    {"choices": (Choice("5", {"en": "Score 5"}, score=4), *AGREE[1:])},
    {"choices": AGREE[::-1]},
    {"choices": (*AGREE[:-1], Choice("na", {"en": "Does not apply"}, state=State.SKIPPED))},
    {"relevant": "${q1} = '5'"},
    {"required": True},
    {"reverse": True},
]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda change: next(iter(change)))
def test_what_changes_the_meaning_of_an_answer_is_a_break(changes: dict[str, Any]) -> None:
    after = altered("q2", **changes)
    assert question_break(FORM, after, "q2") == "q2 was changed between the rounds"
    assert question_break(FORM, after, "q1") == ""
    assert reason(after) == "changed: q2"


def test_looks_and_the_place_in_the_form_are_no_break() -> None:
    assert reason(altered("q2", appearance="likert", anchor=True)) == ""
    assert reason(form(*FORM.questions[::-1])) == ""
    assert reason(replace(FORM, version="2", titles={"en": "New title"})) == ""


def test_an_index_of_other_items_names_them_all() -> None:
    after = form(rating("q1"), replace(rating("q2"), labels={"en": "x"}), rating("q4"))
    assert reason(after) == (
        "asked only in the earlier round: q3; asked only in the later round: q4; changed: q2"
    )
    assert question_break(FORM, after, "q3") == "q3 was not asked in the later round"
    assert question_break(FORM, after, "q4") == "q4 was not asked in the earlier round"


def test_an_item_under_another_topic_changes_who_has_an_index() -> None:
    assert reason(altered("q2", construct="q1")) == "moved to another topic: q2"
    assert question_break(FORM, altered("q2", construct="q1"), "q2") == ""


def test_a_further_language_is_no_break_but_another_wording_in_a_shared_one_is() -> None:
    polish = [replace(q, labels={**q.labels, "pl": "Pytanie"}) for q in FORM.questions]
    two = replace(form(*polish), languages=("en", "pl"))
    assert reason(two) == ""
    reworded = [replace(q, labels={**q.labels, "pl": "Inne"}) for q in polish]
    three = replace(form(*reworded), languages=("en", "pl"))
    assert question_break(two, three, "q1") == "q1 was changed between the rounds"
    alone = replace(form(*FORM.questions), languages=("pl",))
    assert "no language in common" in question_break(FORM, alone, "q1")


def test_the_index_of_another_moment_is_another_index() -> None:
    def at(moment: str, *keys: str) -> list[Question]:
        return [replace(rating(key), moment=moment) for key in keys]

    move = form(*at("before", "q1"), *at("both", "q2"), *at("after", "q3"))
    before, after = linked(move, [{}], moment="before"), linked(move, [{}], moment="after")
    assert index_break(before, after) == (
        "asked only in the earlier round: q1; asked only in the later round: q3"
    )
    assert [item.key for item in shared_items(before, after)] == ["q2"]


def test_no_index_is_nothing_to_compare() -> None:
    empty = linked(form(replace(rating("q1"), index=False)), [{}])
    assert index_break(empty, empty) == "neither round has an index"


def test_a_questionnaire_compares_with_itself() -> None:
    form_ = confidence()
    answers = linked(form_, [{}])
    assert index_break(answers, answers) == ""
    assert len({fingerprint(q, ["en"]) for q in form_.questions}) == len(form_.questions)

"""A parent may change the language at any moment; nothing else changes with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.catalogue import shipped
from surveys.engine import Sprint, step
from surveys.events import (
    AlreadyFinished,
    Event,
    LanguageChanged,
    QuestionAsked,
    ReviewReached,
    TapIgnored,
    Welcomed,
    Why,
    event_from_dict,
    event_to_dict,
)
from surveys.inputs import Chosen, Input, LanguageChosen, Opened, Submitted, Toggled, Typed
from surveys.model import State
from surveys.session import Answer, Frame, Stage
from tests.builders import NOW
from tests.surveys.conversation import STARTED, TO_REVIEW, TO_TOPICS, after, only, then
from tests.surveys.test_engine_properties import TALKS, talk

FORM = shipped()[0]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ((Opened(),), Welcomed),
        (TO_TOPICS, QuestionAsked),
        (TO_REVIEW, ReviewReached),
        ((*TO_REVIEW, Submitted()), AlreadyFinished),
    ],
)
def test_it_changes_at_any_stage_and_says_again_what_is_due(
    said: tuple[Input, ...], kind: type[Event]
) -> None:
    before = after(*said)
    changed = then(before, LanguageChosen("ar"))
    assert changed.session.language == "ar"
    assert changed.events[0] == LanguageChanged("ar")
    assert [type(event) for event in changed.events[1:]] == [kind]
    assert changed.session.answers == before.session.answers
    assert changed.session.stage is before.session.stage


def test_a_question_is_asked_again_with_its_boxes_as_they_were() -> None:
    ticked = then(after(*TO_TOPICS), Toggled("topics", "therapy", on=True))
    changed = then(ticked, LanguageChosen("ar"))
    asked = only(QuestionAsked, changed)
    assert (asked.key, asked.why, asked.selected) == ("topics", Why.RESUMED, ("therapy",))


@pytest.mark.parametrize("code", ["", "xx", "AR", "ar-x-other", "\0ar"])
def test_a_language_that_the_questionnaire_lacks_changes_nothing(code: str) -> None:
    before = after(*TO_TOPICS)
    changed = then(before, LanguageChosen(code))
    assert changed.session == before.session
    assert [type(event) for event in changed.events] == [TapIgnored]


def test_the_event_is_written_and_read_back() -> None:
    event = LanguageChanged("en-x-easyread")
    assert event_from_dict(event_to_dict(event)) == event


@given(TALKS, st.lists(st.sampled_from(["en", "ar", "xx"]), max_size=4))
def test_switching_never_touches_an_answer(said: list[Input], codes: list[str]) -> None:
    sprint = talk(said, "en", Frame())[-1]
    for code in codes:
        switched = then(sprint, LanguageChosen(code))
        assert switched.session.answers == sprint.session.answers
        assert switched.session.selected == sprint.session.selected
        sprint = switched


@pytest.mark.parametrize("language", FORM.languages)
def test_a_typed_label_in_the_sessions_language_is_stored_as_its_code(language: str) -> None:
    sprint: Sprint = after(STARTED, Chosen("phase", "primary"), form=FORM)
    sprint = step(FORM, sprint.session, LanguageChosen(language), NOW)
    question = FORM.question("setting")
    assert question is not None
    for choice in question.choices:
        typed = step(FORM, sprint.session, Typed(choice.labels[language]), NOW)
        assert typed.session.answers["setting"] == Answer(State.ANSWERED, choice.code)


def test_the_first_answers_stay_codes_whatever_the_language_was() -> None:
    sprint = after(STARTED, LanguageChosen("ar"), Chosen("phase", "primary"), Typed("Yes"))
    sprint = then(sprint, Typed("أوافق"))
    sprint = then(sprint, LanguageChosen("en"))
    assert sprint.session.stage is Stage.ASKING
    assert {key: answer.value for key, answer in sprint.session.answers.items()} == {
        "phase": "primary",
        "has_plan": "yes",
        "plan_kept": "4",
    }

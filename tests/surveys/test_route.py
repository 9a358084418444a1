"""The route is what the answers so far make of the questionnaire, in one pass."""

from datetime import date

import pytest

from surveys.model import QuestionType, State
from surveys.position import date_in_england
from surveys.route import ACKNOWLEDGEMENT, Route, choices_offered, route
from surveys.session import Answer, Frame
from tests.builders import CONFIDENCE, NOW, PHASES, note, question, questionnaire, rating

TODAY = date(2026, 11, 25)


def keys(found: Route) -> list[str]:
    return [each.key for each in found.questions]


def said(**values: str) -> dict[str, Answer]:
    return {key: Answer(State.ANSWERED, value) for key, value in values.items()}


def test_questions_come_in_order_with_the_notes_before_them() -> None:
    found = route(CONFIDENCE, {}, Frame(), TODAY)

    assert keys(found) == ["phase", "has_plan", "listened", "topics", "change"]
    assert found.notes_before["phase"] == ("hello",)
    assert found.notes_before["topics"] == ("box_not_watched",)
    assert found.notes_before["change"] == ()
    assert found.closing_notes == ("thanks",)
    assert found.question("topics") == CONFIDENCE.question("topics")
    assert found.question("plan_kept") is None


def test_an_answer_opens_the_questions_that_hang_on_it() -> None:
    found = route(CONFIDENCE, said(has_plan="yes", plan_kept="2"), Frame(), TODAY)

    assert keys(found)[2:4] == ["plan_kept", "plan_year"]


def test_dropping_a_question_drops_what_hangs_on_its_answer() -> None:
    found = route(CONFIDENCE, said(has_plan="no", plan_kept="2"), Frame(), TODAY)

    assert keys(found) == ["phase", "has_plan", "listened", "topics", "change"]
    assert found.values == {"has_plan": "no"}


@pytest.mark.parametrize(
    "nothing",
    [Answer(State.SKIPPED), Answer(State.DONT_KNOW), Answer(State.DOES_NOT_APPLY)],
)
def test_b12_nothing_answered_has_no_value(nothing: Answer) -> None:
    found = route(CONFIDENCE, {**said(has_plan="yes"), "plan_kept": nothing}, Frame(), TODAY)

    assert "plan_kept" in keys(found)
    assert "plan_year" not in keys(found)
    assert "plan_kept" not in found.values


def test_an_answered_state_without_a_value_counts_as_nothing() -> None:
    assert route(CONFIDENCE, {"phase": Answer(State.ANSWERED)}, Frame(), TODAY).values == {}


def test_calculations_are_values_and_nobody_is_asked() -> None:
    form = questionnaire(
        rating("a"),
        question("low", QuestionType.CALCULATE, calculation="if(${a} < 3, 'low', 'high')"),
        question("never", QuestionType.CALCULATE, calculation="1", relevant="${a} = 5"),
        note("sorry", relevant="${low} = 'low'"),
        rating("b", relevant="${low} = 'low'"),
    )

    found = route(form, said(a="2"), Frame(), TODAY)

    assert keys(found) == ["a", "b"]
    assert found.values == {"a": "2", "low": "low"}
    assert found.notes_before["b"] == ("sorry",)
    assert keys(route(form, said(a="4"), Frame(), TODAY)) == ["a"]


@pytest.mark.parametrize(
    ("moment", "asked"),
    [
        ("", ["always", "before", "after", "both"]),
        ("before", ["always", "before", "both"]),
        ("after", ["always", "after", "both"]),
    ],
)
def test_the_rounds_moment_decides_which_side_of_a_move_is_asked(
    moment: str, asked: list[str]
) -> None:
    form = questionnaire(
        rating("always"),
        *(rating(side, moment=side) for side in ("before", "after", "both")),
    )

    assert keys(route(form, {}, Frame(moment), TODAY)) == asked


def test_today_is_the_date_in_england() -> None:
    summer_night = NOW.replace(month=7, day=1, hour=23, minute=30)

    assert date_in_england(summer_night) == date(2026, 7, 2)
    assert date_in_england(NOW) == TODAY


def test_today_decides_the_route() -> None:
    form = questionnaire(rating("late", relevant="today() > '2026-12-01'"))

    assert keys(route(form, {}, Frame(), TODAY)) == []
    assert keys(route(form, {}, Frame(), date(2026, 12, 2))) == ["late"]


def test_the_phase_question_offers_the_rounds_phases() -> None:
    phase = question("phase", offered=PHASES)

    assert [c.code for c in choices_offered(phase, Frame("", ("post_16", "primary")))] == [
        "primary",
        "post_16",
    ]
    assert choices_offered(phase, Frame()) == PHASES
    assert choices_offered(phase, Frame("", ("nursery",))) == PHASES
    assert choices_offered(question("other", offered=PHASES), Frame("", ("primary",))) == PHASES


def test_an_acknowledgement_has_one_choice_unless_the_form_lists_its_own() -> None:
    assert choices_offered(question("seen", QuestionType.ACKNOWLEDGE), Frame()) == (
        ACKNOWLEDGEMENT,
    )
    own = question("seen", QuestionType.ACKNOWLEDGE, PHASES)
    assert choices_offered(own, Frame()) == PHASES

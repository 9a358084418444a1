"""Taps, ticks and forms, in order or late or twice, and answers that are changed."""

from dataclasses import replace

import pytest

from surveys.engine import step
from surveys.events import (
    AnswerDropped,
    AnswerRecorded,
    Miss,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    SelectionChanged,
    TapIgnored,
    Why,
)
from surveys.inputs import (
    Chosen,
    Filled,
    Input,
    Revisited,
    SelectionDone,
    Skipped,
    Toggled,
    Typed,
    WentBack,
)
from surveys.model import QuestionType, State
from surveys.session import Answer, Stage
from tests.builders import (
    NOW,
    question,
    questionnaire,
    several,
)
from tests.surveys.conversation import STARTED, TO_REVIEW, TO_TOPICS, after, only, then


class TestB02DoubleTap:
    def test_two_taps_on_a_rating_give_one_answer_and_one_next_question(self) -> None:
        first = after(*TO_TOPICS)
        second = then(first, Chosen("listened", "4"))

        assert only(QuestionAsked, first).key == "topics"
        assert second.events == ()
        assert second.session == first.session

    def test_two_taps_on_a_box_leave_it_ticked(self) -> None:
        tick = Toggled("topics", "transport", on=True)
        first = after(*TO_TOPICS, tick)
        second = then(first, tick)

        assert first.events == second.events == (SelectionChanged("topics", ("transport",)),)
        assert second.session == first.session

    def test_two_taps_on_done_give_one_answer(self) -> None:
        first = after(*TO_TOPICS, Toggled("topics", "therapy", on=True), SelectionDone("topics"))
        second = then(first, SelectionDone("topics"))

        assert first.session.answers["topics"] == Answer(State.ANSWERED, ("therapy",))
        assert (second.events, second.session) == ((), first.session)

    def test_a_tick_that_comes_after_done_does_not_pull_the_parent_back(self) -> None:
        tick = Toggled("topics", "therapy", on=True)
        done = after(*TO_TOPICS, tick, SelectionDone("topics"))

        assert then(done, tick).session == done.session

    def test_two_taps_on_skip_skip_one_question(self) -> None:
        first = after(STARTED, Chosen("phase", "primary"), Skipped("has_plan"))

        assert then(first, Skipped("has_plan")).events == ()

    def test_two_taps_on_back_go_back_once(self) -> None:
        first = after(*TO_TOPICS, WentBack("topics"))
        second = then(first, WentBack("topics"))

        assert only(QuestionAsked, first).key == "listened"
        assert (second.events, second.session) == ((), first.session)

    def test_the_same_choice_after_going_back_moves_on(self) -> None:
        sprint = after(*TO_TOPICS, WentBack(), Chosen("listened", "4"))

        assert [type(each) for each in sprint.events] == [AnswerRecorded, QuestionAsked]
        assert only(QuestionAsked, sprint).key == "topics"


class TestChanging:
    def test_answers_no_longer_on_the_route_are_dropped_and_told(self) -> None:
        sprint = after(
            STARTED,
            Chosen("phase", "primary"),
            Chosen("has_plan", "yes"),
            Chosen("plan_kept", "2"),
            Typed("2020"),
            Chosen("has_plan", "no"),
        )

        assert sprint.events == (
            AnswerRecorded("has_plan", Answer(State.ANSWERED, "no"), Answer(State.ANSWERED, "yes")),
            AnswerDropped("plan_kept", Answer(State.ANSWERED, "2")),
            AnswerDropped("plan_year", Answer(State.ANSWERED, "2020")),
            QuestionAsked("listened", 3, 5, Why.NEXT),
        )
        assert list(sprint.session.answers) == ["phase", "has_plan"]

    def test_a_change_from_the_review_comes_back_to_it(self) -> None:
        sprint = after(*TO_REVIEW, Revisited("listened"), Typed("2"))

        assert sprint.session.stage is Stage.REVIEWING
        assert sprint.session.answers["listened"].value == "2"

    def test_an_old_button_changes_the_answer_at_the_review_too(self) -> None:
        sprint = after(*TO_REVIEW, Chosen("listened", "1"))

        assert [type(each) for each in sprint.events] == [AnswerRecorded, ReviewReached]

    def test_a_change_is_asked_with_what_was_given(self) -> None:
        assert after(*TO_REVIEW, Revisited("change")).events == (
            QuestionAsked("change", 5, 5, Why.CHANGING, (), ("Fine",)),
        )

    def test_a_form_may_change_an_old_answer(self) -> None:
        sprint = after(*TO_REVIEW, Filled("listened", ("1",)))

        assert sprint.session.answers["listened"].value == "1"

    def test_back_from_the_first_question_asks_it_again(self) -> None:
        for back in (WentBack(), WentBack("phase"), Typed("BACK")):
            assert after(STARTED, back).events == (
                QuestionAsked("phase", 1, 5, Why.BACK, ("hello",)),
            )

    @pytest.mark.parametrize("back", [WentBack(), WentBack(""), Typed("back")])
    def test_back_from_the_review_is_the_last_question(self, back: Input) -> None:
        assert only(QuestionAsked, after(*TO_REVIEW, back)).key == "change"

    def test_back_under_an_old_question_is_the_one_before_it(self) -> None:
        assert only(QuestionAsked, after(*TO_TOPICS, WentBack("has_plan"))).key == "phase"

    def test_boxes_of_an_old_question_start_from_what_was_given(self) -> None:
        done = after(*TO_TOPICS, Toggled("topics", "therapy", on=True), SelectionDone("topics"))
        sprint = then(done, Toggled("topics", "transport", on=True))

        assert sprint.events == (SelectionChanged("topics", ("transport", "therapy")),)
        assert sprint.session.current == "topics"


class TestIgnored:
    @pytest.mark.parametrize(
        "said",
        [
            Chosen("nobody", "1"),
            Chosen("listened", "9"),
            Chosen("plan_kept", "4"),
            Chosen("topics", "transport"),
            Chosen("hello", "1"),
            Toggled("nobody", "x", on=True),
            Toggled("listened", "4", on=True),
            Toggled("topics", "gym", on=True),
            SelectionDone("nobody"),
            SelectionDone("listened"),
            SelectionDone("topics"),
            Skipped("plan_kept"),
            Filled("plan_kept", ("4",)),
            Revisited("plan_kept"),
            WentBack("plan_kept"),
        ],
        ids=str,
    )
    def test_a_tap_on_what_cannot_be_answered_changes_nothing(self, said: Input) -> None:
        at_listened = after(STARTED, Chosen("phase", "primary"), Chosen("has_plan", "no"))
        sprint = then(at_listened, said)

        assert [type(each) for each in sprint.events] == [TapIgnored]
        assert sprint.session == at_listened.session

    def test_a_key_that_cannot_be_stored_is_told_as_one_that_can(self) -> None:
        assert after(STARTED, Skipped("a\ud800\0")).events == (TapIgnored("a\ufffd"),)


class TestBoxes:
    def done(self, *ticks: Toggled, required: bool = False) -> NotUnderstood | Answer:
        form = questionnaire(several("topics", required=required))
        sprint = after(STARTED, *ticks, SelectionDone("topics"), form=form)
        if "topics" in sprint.session.answers:
            return sprint.session.answers["topics"]
        return only(NotUnderstood, sprint)

    def test_no_box_is_no_answer(self) -> None:
        assert self.done() == NotUnderstood("topics", Miss.EMPTY, 1)
        assert self.done(required=True) == NotUnderstood("topics", Miss.REQUIRED, 1)

    def test_boxes_are_kept_in_the_order_of_the_question(self) -> None:
        ticks = [Toggled("topics", code, on=True) for code in ("school", "transport")]

        assert self.done(*ticks) == Answer(State.ANSWERED, ("transport", "school"))

    def test_none_of_these_is_a_box_that_stands_alone(self) -> None:
        ticks = [Toggled("topics", code, on=True) for code in ("school", "none")]

        assert self.done(*ticks) == Answer(State.ANSWERED, ("none",))

    def test_dont_know_stands_alone_until_another_box_is_ticked(self) -> None:
        ticks = [Toggled("topics", code, on=True) for code in ("dk", "school")]

        assert self.done(*ticks[:1]) == Answer(State.DONT_KNOW)
        assert self.done(*ticks) == Answer(State.ANSWERED, ("school",))

    def test_a_box_can_be_cleared(self) -> None:
        ticks = [Toggled("topics", "school", on=on) for on in (True, False)]

        assert self.done(*ticks) == NotUnderstood("topics", Miss.EMPTY, 1)

    def test_boxes_that_are_no_longer_offered_are_not_an_answer(self) -> None:
        form = questionnaire(several("topics"))
        stale = replace(after(STARTED, form=form).session, selected=("gym",))
        sprint = step(form, stale, SelectionDone("topics"), NOW)

        assert only(NotUnderstood, sprint).miss is Miss.NO_MATCH


class TestForms:
    @pytest.mark.parametrize(
        ("said", "miss", "suggestions"),
        [
            (Filled("phase", ()), Miss.EMPTY, ()),
            (Filled("phase", (" ",)), Miss.EMPTY, ()),
            (Filled("phase", ("nursery",)), Miss.NO_MATCH, ()),
            (Filled("phase", ("primary", "secondary")), Miss.NO_MATCH, ()),
            (Filled("topics", ()), Miss.EMPTY, ()),
            (Filled("topics", ("gym",)), Miss.NO_MATCH, ()),
            (Filled("topics", ("dk", "school")), Miss.NEAR_MISS, ("school", "dk")),
            (Filled("change", ("\n",)), Miss.EMPTY, ()),
            (Filled("change", ("\u200b",)), Miss.EMPTY, ()),
        ],
        ids=str,
    )
    def test_a_form_without_one_clear_answer_is_shown_again(
        self, said: Filled, miss: Miss, suggestions: tuple[str, ...]
    ) -> None:
        refused = only(NotUnderstood, after(STARTED, said))

        assert (refused.key, refused.miss, refused.suggestions) == (said.key, miss, suggestions)

    def test_boxes_posted_together_are_one_answer(self) -> None:
        sprint = after(*TO_TOPICS, Filled("topics", ("school", "therapy")))

        assert sprint.session.answers["topics"].value == ("therapy", "school")

    def test_a_word_that_steers_a_chat_is_a_comment_on_a_form(self) -> None:
        sprint = after(*TO_TOPICS, Skipped("topics"), Filled("change", ("skip",)))

        assert sprint.session.answers["change"].value == "skip"

    def test_an_acknowledgement_is_tapped(self) -> None:
        form = questionnaire(question("seen", QuestionType.ACKNOWLEDGE, required=True))

        assert after(STARTED, Chosen("seen", "OK"), form=form).session.answers["seen"].value == "OK"

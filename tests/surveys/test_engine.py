"""One turn in, one sprint out: what each thing a parent does comes to."""

from dataclasses import replace

import pytest

from surveys.engine import ask, start, step
from surveys.errors import SessionRefused
from surveys.events import (
    AlreadyFinished,
    AnswerDropped,
    Finished,
    Miss,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    TapIgnored,
    Welcomed,
    Why,
)
from surveys.inputs import (
    Chosen,
    Filled,
    Input,
    NoticeAcknowledged,
    Opened,
    Revisited,
    Skipped,
    Submitted,
    Toggled,
    Typed,
    Unreadable,
    WentBack,
)
from surveys.model import State
from surveys.session import Answer, Frame, Session, Stage
from tests.builders import (
    CONFIDENCE,
    NOW,
    PHASES,
    YES_NO,
    comment,
    note,
    question,
    questionnaire,
    rating,
    several,
)
from tests.surveys.conversation import STARTED, TO_REVIEW, TO_TOPICS, after, only, then

EIGHT = questionnaire(*(rating(f"q{number}") for number in range(1, 9)))
TO_Q5: tuple[Input, ...] = (STARTED, *(Chosen(f"q{number}", "4") for number in range(1, 5)))


class TestWelcome:
    @pytest.mark.parametrize(
        "said",
        [Opened(), Typed("yes"), Typed("hello"), Chosen("phase", "primary"), Unreadable("photo")],
    )
    def test_only_start_starts(self, said: Input) -> None:
        sprint = after(said)

        assert sprint.events == (Welcomed(),)
        assert sprint.session == start(CONFIDENCE, "en", Frame())

    @pytest.mark.parametrize("said", [NoticeAcknowledged(), Typed(" START. ")])
    def test_start_asks_the_first_question_with_its_notes(self, said: Input) -> None:
        assert after(said).events == (QuestionAsked("phase", 1, 5, Why.NEXT, ("hello",)),)

    def test_the_frame_limits_what_is_offered(self) -> None:
        frame = Frame("", ("post_16",))

        assert after(STARTED, Typed("1"), frame=frame).session.answers["phase"].value == "post_16"
        assert after(STARTED, Chosen("phase", "primary"), frame=frame).events == (
            TapIgnored("phase"),
        )

    def test_with_nothing_to_ask_there_is_a_review_at_once(self) -> None:
        form = questionnaire(note("only"))

        assert after(STARTED, form=form).events == (ReviewReached(("only",)),)
        for back in (WentBack(), Typed("back")):
            assert after(STARTED, back, form=form).events == (ReviewReached(("only",)),)
        assert after(STARTED, WentBack(""), form=form).events == (TapIgnored(""),)


def test_b14_a_session_of_another_version_is_refused() -> None:
    other = questionnaire(rating("q1"))
    session = start(CONFIDENCE, "en", Frame())

    with pytest.raises(SessionRefused, match="load the version"):
        step(other, session, Opened(), NOW)
    with pytest.raises(SessionRefused, match="load the version"):
        ask(other, session, "q1", NOW)


class TestB05Resuming:
    @pytest.mark.parametrize("said", [Opened(), NoticeAcknowledged()])
    def test_start_or_a_reminder_in_mid_survey_asks_the_current_question(self, said: Input) -> None:
        at_q5 = after(*TO_Q5, form=EIGHT)
        resumed = then(at_q5, said, EIGHT)

        assert resumed.events == (QuestionAsked("q5", 5, 8, Why.RESUMED),)
        assert resumed.session == at_q5.session
        assert list(resumed.session.answers) == ["q1", "q2", "q3", "q4"]

    def test_a_tap_after_a_restart_is_taken(self) -> None:
        tapped = then(after(*TO_Q5, form=EIGHT), Chosen("q5", "3"), EIGHT)

        assert only(QuestionAsked, tapped).key == "q6"

    def test_start_after_finishing_says_so_and_begins_nothing(self) -> None:
        finished = after(*TO_REVIEW, Submitted())
        again = then(finished, Opened())

        assert again.events == (AlreadyFinished(),)
        assert again.session == finished.session

    def test_the_review_is_shown_again(self) -> None:
        assert after(*TO_REVIEW, Opened()).events == (ReviewReached(("thanks",)),)

    def test_a_question_that_has_left_the_route_gives_way_to_the_first_unanswered(self) -> None:
        lost = replace(after(*TO_Q5, form=EIGHT).session, current="q99")

        for said in (Opened(), Typed("4"), Unreadable("photo")):
            sprint = step(EIGHT, lost, said, NOW)
            assert sprint.events == (QuestionAsked("q5", 5, 8, Why.RESUMED),)
            assert sprint.session.answers == lost.answers

    def test_the_boxes_ticked_so_far_are_kept(self) -> None:
        sprint = after(*TO_TOPICS, Toggled("topics", "therapy", on=True), Opened())

        assert only(QuestionAsked, sprint).selected == ("therapy",)

    def test_changing_an_old_answer_keeps_the_boxes_ticked_so_far(self) -> None:
        tick = Toggled("topics", "therapy", on=True)
        sprint = after(*TO_TOPICS, tick, Chosen("listened", "2"))

        assert only(QuestionAsked, sprint).selected == ("therapy",)


class TestB12B13States:
    @pytest.mark.parametrize(
        ("said", "state"),
        [
            (Skipped("listened"), State.SKIPPED),
            (Typed("skip"), State.SKIPPED),
            (Chosen("listened", "dk"), State.DONT_KNOW),
            (Typed("Don’t know"), State.DONT_KNOW),
            (Filled("listened", ("na",)), State.DOES_NOT_APPLY),
        ],
    )
    def test_nothing_is_a_state_without_a_value(self, said: Input, state: State) -> None:
        sprint = after(STARTED, Chosen("phase", "primary"), Chosen("has_plan", "no"), said)

        assert sprint.session.answers["listened"] == Answer(state, None)

    def test_a_question_not_reached_has_no_entry(self) -> None:
        assert "plan_kept" not in after(*TO_REVIEW).session.answers

    def test_dont_know_shows_its_own_box(self) -> None:
        sprint = after(STARTED, Chosen("phase", "primary"), Chosen("has_plan", "no"))
        back = then(then(sprint, Chosen("listened", "dk")), WentBack())

        assert only(QuestionAsked, back).selected == ("dk",)

    @pytest.mark.parametrize("said", [Skipped("phase"), Typed("Skip")])
    def test_a_required_question_is_not_skipped(self, said: Input) -> None:
        sprint = after(STARTED, said)

        assert sprint.events == (
            NotUnderstood("phase", Miss.REQUIRED, 1),
            QuestionAsked("phase", 1, 5, Why.AGAIN, ("hello",)),
        )
        assert sprint.session.answers == {}


class TestNotUnderstood:
    def test_misses_in_a_row_are_counted_and_an_answer_ends_them(self) -> None:
        at = after(STARTED)
        counts = []
        for words in ("purple", "green", "1"):
            at = then(at, Typed(words))
            counts.append(at.session.misses)

        assert counts == [1, 2, 0]

    @pytest.mark.parametrize("kind", ["sticker", "voice", "photo", "location", "contact", "poll"])
    def test_b11_a_photo_or_a_contact_is_asked_again_and_stores_nothing(self, kind: str) -> None:
        at_q5 = after(*TO_Q5, form=EIGHT)
        sprint = then(at_q5, Unreadable(kind), EIGHT)

        assert sprint.events == (
            NotUnderstood("q5", Miss.UNREADABLE, 1),
            QuestionAsked("q5", 5, 8, Why.AGAIN),
        )
        assert replace(sprint.session, misses=0) == at_q5.session

    def test_a_photo_at_the_review_shows_it_again(self) -> None:
        assert after(*TO_REVIEW, Unreadable("photo")).events == (ReviewReached(("thanks",)),)

    def test_a_comment_that_is_too_long_is_handed_back_whole(self) -> None:
        sprint = after(*TO_TOPICS, Skipped("topics"), Typed("x" * 4_001))

        assert only(NotUnderstood, sprint).text == "x" * 4_001
        assert "change" not in sprint.session.answers

    def test_a_comment_is_kept_as_typed(self) -> None:
        sprint = after(*TO_TOPICS, Skipped("topics"), Typed(" a\0 <b> & \ud800 "))

        assert sprint.session.answers["change"].value == " a <b> & \ufffd "

    def test_words_typed_at_a_rating_are_not_kept_anywhere(self) -> None:
        sprint = after(STARTED, Typed("my number is 07700 900123"))

        assert "900123" not in str(sprint)

    def test_a_constraint_refuses_and_hands_a_comment_back(self) -> None:
        form = questionnaire(comment("few", constraint="string-length(.) < 5"))
        sprint = after(STARTED, Typed("too many"), form=form)

        assert sprint.events[0] == NotUnderstood("few", Miss.CONSTRAINT, 1, (), "too many")
        assert after(STARTED, Typed("few"), form=form).session.stage is Stage.REVIEWING
        assert after(STARTED, Skipped("few"), form=form).session.stage is Stage.REVIEWING

    def test_a_constraint_may_count_boxes(self) -> None:
        form = questionnaire(several("topics", constraint="count-selected(.) <= 2"))
        refused = after(STARTED, Typed("1, 2, 3"), form=form)

        assert only(NotUnderstood, refused).miss is Miss.CONSTRAINT
        assert after(STARTED, Typed("1, 2"), form=form).session.stage is Stage.REVIEWING

    def test_a_form_for_another_question_that_fails_is_the_one_asked_again(self) -> None:
        sprint = after(*TO_REVIEW, Filled("listened", ()))

        assert sprint.events == (
            NotUnderstood("listened", Miss.EMPTY, 1),
            QuestionAsked("listened", 3, 5, Why.AGAIN, (), ("4",)),
        )
        assert (sprint.session.stage, sprint.session.current) == (Stage.ASKING, "listened")


class TestSending:
    @pytest.mark.parametrize("said", [Submitted(), Typed("Send")])
    def test_the_answers_are_sent_from_the_review(self, said: Input) -> None:
        sprint = after(*TO_REVIEW, said)

        assert sprint.events == (Finished(),)
        assert sprint.session.stage is Stage.FINISHED

    def test_any_other_words_at_the_review_show_it_again(self) -> None:
        assert after(*TO_REVIEW, Typed("skip")).events == (ReviewReached(("thanks",)),)

    def test_with_a_question_open_it_is_asked_instead(self) -> None:
        sprint = after(*TO_TOPICS, Submitted())

        assert only(QuestionAsked, sprint).why is Why.RESUMED
        assert sprint.session.stage is Stage.ASKING

    def test_an_answer_about_to_be_changed_stands_when_the_answers_are_sent(self) -> None:
        for key in ("listened", "topics"):
            assert after(*TO_REVIEW, Revisited(key), Submitted()).events == (Finished(),)

    def test_boxes_ticked_but_not_done_are_asked_about_first(self) -> None:
        sprint = after(*TO_REVIEW, Toggled("topics", "therapy", on=True), Submitted())

        assert only(QuestionAsked, sprint).selected == ("therapy",)

    def test_an_answer_that_left_the_route_meanwhile_is_not_sent(self) -> None:
        form = questionnaire(rating("soon", relevant="today() < '2026-12-01'"), rating("b"))
        reviewing = after(STARTED, Chosen("soon", "4"), Chosen("b", "4"), form=form).session
        later = NOW.replace(month=12)

        sprint = step(form, reviewing, Submitted(), later)

        assert sprint.events == (AnswerDropped("soon", Answer(State.ANSWERED, "4")), Finished())
        assert list(sprint.session.answers) == ["b"]

    def test_a_question_that_joined_the_route_meanwhile_is_asked(self) -> None:
        form = questionnaire(rating("a"), rating("late", relevant="today() > '2026-12-01'"))
        reviewing = after(STARTED, Chosen("a", "4"), form=form).session

        sprint = step(form, reviewing, Submitted(), NOW.replace(month=12, day=2))

        assert only(QuestionAsked, sprint).key == "late"


class TestAsk:
    def test_it_shows_a_question_as_it_would_be_asked(self) -> None:
        session = after(*TO_TOPICS, Toggled("topics", "therapy", on=True)).session

        assert ask(CONFIDENCE, session, "topics", NOW) == QuestionAsked(
            "topics", 4, 5, Why.NEXT, ("box_not_watched",), ("therapy",)
        )
        assert ask(CONFIDENCE, session, "listened", NOW) == QuestionAsked(
            "listened", 3, 5, Why.CHANGING, (), ("4",)
        )
        assert ask(CONFIDENCE, session, "change", NOW) == QuestionAsked("change", 5, 5, Why.NEXT)

    def test_there_is_none_off_the_route(self) -> None:
        session = after(*TO_TOPICS).session

        assert ask(CONFIDENCE, session, "plan_kept", NOW) is None
        assert ask(CONFIDENCE, session, "hello", NOW) is None


def test_easy_read_has_the_commands_of_its_language() -> None:
    assert after(Typed("start"), language="en-x-easyread").session.stage is Stage.ASKING
    assert after(Typed("start"), language="pl").session.stage is Stage.ASKING


def test_a_long_text_is_no_command() -> None:
    assert after(Typed("start" + " " * 40)).session.stage is Stage.WELCOME


def test_without_a_table_for_the_language_english_words_are_commands() -> None:
    form = questionnaire(question("has_plan", offered=YES_NO), languages=("cy",))
    session = start(form, "cy", Frame())

    assert step(form, session, Typed("dechrau"), NOW).events == (Welcomed(),)
    assert step(form, session, Typed("start"), NOW).session.stage is Stage.ASKING


def test_a_phase_outside_the_round_shows_no_box_but_stays_an_answer() -> None:
    form = questionnaire(question("phase", offered=PHASES))
    session = Session(form.hash, "en", Frame("", ("primary",)), Stage.REVIEWING)
    odd = replace(session, answers={"phase": Answer(State.DONT_KNOW)})

    asked = ask(form, odd, "phase", NOW)

    assert asked is not None
    assert asked.selected == ()

"""What holds for any turns at all, in any order."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.commands import Command
from surveys.engine import Sprint, ask, start, step
from surveys.events import (
    AnswerRecorded,
    QuestionAsked,
    event_from_dict,
    event_to_dict,
)
from surveys.inputs import (
    Chosen,
    CommandGiven,
    Filled,
    Input,
    LanguageChosen,
    NextChild,
    NoticeAcknowledged,
    Opened,
    Revisited,
    SelectionDone,
    Skipped,
    Submitted,
    Toggled,
    Typed,
    Unreadable,
    WentBack,
)
from surveys.model import State
from surveys.position import date_in_england
from surveys.route import route
from surveys.session import Answer, Frame, Session, Stage
from tests.builders import CONFIDENCE, NOW
from tests.surveys.conversation import reread

TODAY = date_in_england(NOW)
ANY_TEXT = st.text(st.characters(codec=None), max_size=30)
WORDS = st.sampled_from(
    ["1", "٤", "agree", "agre", "4 or 5", "skip", "back", "send", "start", "2020"]
)
KEYS = st.sampled_from([each.key for each in CONFIDENCE.questions]) | ANY_TEXT
CODES = (
    st.sampled_from(sorted({c.code for each in CONFIDENCE.questions for c in each.choices}))
    | ANY_TEXT
)
LANGUAGES = st.sampled_from(["en", "ar", "xx"])
BUTTONS: st.SearchStrategy[Input] = st.one_of(
    st.builds(Opened),
    st.builds(NoticeAcknowledged),
    st.builds(Chosen, KEYS, CODES),
    st.builds(Toggled, KEYS, CODES, on=st.booleans()),
    st.builds(SelectionDone, KEYS),
    st.builds(Filled, KEYS, st.lists(CODES | WORDS, max_size=3).map(tuple)),
    st.builds(Skipped, KEYS),
    st.builds(WentBack, KEYS | st.just("")),
    st.builds(Revisited, KEYS),
    st.builds(Submitted),
    st.builds(LanguageChosen, LANGUAGES),
    st.builds(NextChild),
    st.builds(CommandGiven, st.sampled_from(Command)),
    st.builds(Unreadable, ANY_TEXT),
)
INPUTS: st.SearchStrategy[Input] = (
    BUTTONS | st.builds(Typed, WORDS | ANY_TEXT) | st.just(WentBack())
)
HELPFUL: st.SearchStrategy[Input] = st.one_of(
    st.just(Chosen("phase", "primary")),
    st.builds(Chosen, st.just("has_plan"), st.sampled_from(["yes", "no"])),
    st.builds(Chosen, st.just("plan_kept"), st.sampled_from(["1", "4", "dk"])),
    st.just(Filled("plan_year", ("2020",))),
    st.just(Chosen("listened", "4")),
    st.just(Toggled("topics", "therapy", on=True)),
    st.just(SelectionDone("topics")),
    st.just(Skipped("change")),
)
TALKS = st.lists(INPUTS | HELPFUL, max_size=25).map(lambda said: [NoticeAcknowledged(), *said])
FRAMES = st.sampled_from([Frame(), Frame("before"), Frame("after", ("primary", "nowhere"))])
ANSWERS = st.builds(
    Answer, st.sampled_from(State), st.none() | ANY_TEXT | st.lists(CODES, max_size=3).map(tuple)
)
SESSIONS = st.builds(
    Session,
    st.just(CONFIDENCE.hash),
    LANGUAGES,
    FRAMES,
    st.sampled_from(Stage),
    st.none() | KEYS,
    st.dictionaries(KEYS, ANSWERS, max_size=8),
    st.lists(CODES, max_size=3).map(tuple),
    st.integers(0, 3),
)
some = settings(max_examples=150, deadline=None)


def talk(said: list[Input], language: str, frame: Frame) -> list[Sprint]:
    sprints = [Sprint(start(CONFIDENCE, language, frame))]
    for each in said:
        sprints.append(step(CONFIDENCE, sprints[-1].session, each, NOW))
    return sprints


@some
@given(TALKS, LANGUAGES, FRAMES)
def test_any_talk_is_the_same_when_replayed_and_reread(
    said: list[Input], language: str, frame: Frame
) -> None:
    sprints = talk(said, language, frame)

    assert talk(said, language, frame) == sprints
    for before, each, sprint in zip(sprints, said, sprints[1:], strict=False):
        assert reread(sprint.session) == sprint.session
        assert step(CONFIDENCE, reread(before.session), each, NOW) == sprint


@some
@given(TALKS, LANGUAGES, FRAMES)
def test_every_answer_is_on_the_route_and_so_is_what_is_asked(
    said: list[Input], language: str, frame: Frame
) -> None:
    for sprint in talk(said, language, frame):
        session = sprint.session
        keys = {q.key for q in route(CONFIDENCE, session.answers, frame, TODAY).questions}
        assert set(session.answers) <= keys
        assert (session.current in keys) == (session.stage is Stage.ASKING)
        for event in sprint.events:
            if isinstance(event, QuestionAsked):
                assert event.key == session.current
                assert 1 <= event.number <= event.of == len(keys)


@some
@given(TALKS, BUTTONS | HELPFUL)
def test_b02_repeating_the_last_tap_changes_nothing(said: list[Input], tap: Input) -> None:
    first = talk([*said, tap], "en", Frame())[-1]
    second = step(CONFIDENCE, first.session, tap, NOW)

    # Replies that were refused are counted; that is all a repetition may do.
    assert replace(second.session, misses=0) == replace(first.session, misses=0)
    if any(isinstance(event, AnswerRecorded) for event in first.events):
        assert not any(isinstance(event, QuestionAsked) for event in second.events)


@some
@given(SESSIONS, INPUTS)
def test_no_session_and_no_input_makes_a_turn_fail(session: Session, said: Input) -> None:
    sprint = step(CONFIDENCE, session, said, NOW)

    for event in sprint.events:
        assert event_from_dict(json.loads(json.dumps(event_to_dict(event)))) == event
    for question in CONFIDENCE.questions:
        ask(CONFIDENCE, session, question.key, NOW)


@some
@given(TALKS)
def test_whatever_is_told_or_kept_can_be_stored(said: list[Input]) -> None:
    for sprint in talk(said, "en", Frame()):
        told = [event_to_dict(event) for event in sprint.events]
        stored = json.dumps([sprint.session.to_dict(), *told], ensure_ascii=False)
        assert "\0" not in stored
        assert stored.encode()


@some
@given(TALKS)
def test_nothing_answered_never_has_a_value(said: list[Input]) -> None:
    for sprint in talk(said, "en", Frame()):
        for answer in sprint.session.answers.values():
            assert (answer.value is None) == (answer.state is not State.ANSWERED)


@some
@given(TALKS, INPUTS)
def test_after_finishing_nothing_changes_but_the_language(said: list[Input], late: Input) -> None:
    session = replace(talk(said, "en", Frame())[-1].session, stage=Stage.FINISHED)
    after = step(CONFIDENCE, session, late, NOW).session

    assert replace(after, language=session.language) == session
    assert after.language == session.language or isinstance(late, LanguageChosen)

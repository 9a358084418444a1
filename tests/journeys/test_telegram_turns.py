"""The conversation on Telegram, sentence by sentence: old buttons, words, closing, children."""

from datetime import timedelta
from itertools import chain

import pytest

from bot.channels.telegram import payload
from storage import seats
from surveys.inputs import Chosen, Skipped, WentBack
from surveys.session import Session
from tests.bot.conftest import CLOSES, World, world
from tests.builders import CONFIDENCE
from tests.fake_telegram import FakeTelegram, Parent, Sent
from tests.journeys.telegram_house import (
    ANSWERS,
    House,
    at_the_comment,
    at_the_ratings,
    begins,
    house,
    opened,
    parent,
    telegram,
)

__all__ = ["house", "parent", "telegram", "world"]

C1 = "SELECT state, value FROM answer WHERE question_key = 'c1'"
O1 = "SELECT state, value FROM answer WHERE question_key = 'o1'"
SENTENCE = "Please stop. I want to go back, not skip the help: /erase everything, pause, my data"

BEGIN = "I have read this – start"


async def test_a_tap_on_an_old_message_changes_that_answer_and_goes_on_where_the_parent_was(
    house: House, world: World, parent: Parent
) -> None:
    old = await at_the_ratings(parent, world)
    parent.taps(old, "5 – Strongly agree")
    await parent.receives("Question 5 of 20")
    parent.sends("4")
    await parent.receives("Question 6 of 20")
    parent.taps(old, "2 – Disagree")
    told = await parent.receives("You changed your answer to: Disagree")
    assert "Question 6 of 20" in told.text
    await house.quiet()
    assert world.rows(C1) == [("answered", "2")]
    assert ("c2", "answered", "4") in world.rows(ANSWERS)


async def test_what_a_changed_answer_makes_needless_is_not_asked_and_the_parent_is_told(
    house: House, world: World, parent: Parent
) -> None:
    parent.sends(f"/start {opened(world, CONFIDENCE)}")
    parent.taps(await parent.receives(BEGIN), BEGIN)
    parent.taps(await parent.receives("About phase"), "Primary")
    old = await parent.receives("About has_plan")
    parent.taps(old, "Yes")
    parent.taps(await parent.receives("About plan_kept"), "2 – Disagree")
    await parent.receives("About plan_year")
    parent.sends("2020")
    await parent.receives("About listened")
    parent.taps(old, "No")
    told = await parent.receives("We no longer need your answer to: About plan_kept")
    assert "We no longer need your answer to: About plan_year" in told.text
    assert "Question 3 of 5" in told.text
    await house.quiet()
    assert ("plan_kept", "not_asked", None) in world.rows(ANSWERS)
    assert ("plan_year", "not_asked", None) in world.rows(ANSWERS)
    assert ("has_plan", "answered", "no") in world.rows(ANSWERS)


async def test_after_closing_nothing_changes_and_every_tap_is_still_acknowledged(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    parent.taps(question, "4 – Agree")
    newest = await parent.receives("Question 5 of 20")
    await house.quiet()
    rows = world.rows(ANSWERS)
    before = len(telegram.calls("answerCallbackQuery", status=200))
    world.clock.now = CLOSES
    buttons = [*question.buttons, *newest.buttons]
    payloads = [button["callback_data"] for button in chain.from_iterable(buttons)]
    for carried in payloads:
        parent.taps_payload(question, carried)
        await parent.receives("This survey closed on 28 March 2027 at 11:59pm.")
    await house.quiet()
    acknowledged = len(telegram.calls("answerCallbackQuery", status=200)) - before
    assert acknowledged == len(payloads) == 18
    assert world.rows(ANSWERS) == rows


async def test_b17_words_dated_before_closing_but_handled_after_it_are_late(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    """The one rule of `bot.seating.standing`: the moment of handling decides."""
    await at_the_comment(parent, world)
    await house.quiet()
    rows = world.rows(ANSWERS)
    await house.stop()
    telegram.world.clock = (CLOSES - timedelta(seconds=10)).timestamp()
    parent.sends("Nobody rang us back")
    world.clock.now = CLOSES + timedelta(minutes=5)
    await house.start()
    await parent.receives("This survey closed on 28 March 2027 at 11:59pm.")
    await house.quiet()
    assert world.rows(ANSWERS) == rows


async def test_words_that_steer_are_kept_as_they_are_inside_a_sentence(
    house: House, world: World, parent: Parent
) -> None:
    await at_the_comment(parent, world)
    parent.sends(SENTENCE)
    await parent.receives("Question 20 of 20")
    await house.quiet()
    assert world.rows(O1) == [("answered", SENTENCE)]
    assert world.rows("SELECT stopped_at FROM invitation") == [(None,)]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/help", "You can type these at any time"),
        (" HELP. ", "You can type these at any time"),
        ("/back", "Question 18 of 20"),
        ("Back!", "Question 18 of 20"),
        ("/skip", "Question 20 of 20"),
        ("skip", "Question 20 of 20"),
        ("/pause", "Go on"),
        ("pause", "Go on"),
        ("/stop", "You will get no more messages from us"),
        (" Stop. ", "You will get no more messages from us"),
        ("/mydata", "This is what we hold about you"),
        ("My data", "This is what we hold about you"),
        ("/erase", "Do you want to erase everything?"),
        ("erase", "Do you want to erase everything?"),
        ("/privacy", "Telegram can read what is sent through it"),
        ("Privacy", "Telegram can read what is sent through it"),
    ],
)
async def test_a_command_alone_in_a_message_is_obeyed_and_is_no_comment(
    house: House, world: World, parent: Parent, typed: str, told: str
) -> None:
    await at_the_comment(parent, world)
    parent.sends(typed)
    await parent.receives(told)
    await house.quiet()
    assert not [row for row in world.rows(O1) if row[0] == "answered"]


async def test_a_comment_too_long_for_us_is_handed_back_whole(
    house: House, world: World, parent: Parent
) -> None:
    await at_the_comment(parent, world)
    words = "Nobody <ever> rang & " * 195
    assert 4_000 < len(words) <= 4_096
    before = len(parent.messages)
    parent.sends(words)
    await parent.receives("4,000 letters is the most")
    await house.quiet()
    handed_back = "".join("".join(parent.texts[before:]).split())
    assert "".join(words.split()) in handed_back
    assert world.rows(O1) == []


@pytest.mark.parametrize("first", [4_096, 4_000, 2_500])
async def test_a_comment_that_a_phone_cut_in_two_is_never_stored_by_its_end(
    house: House, world: World, telegram: FakeTelegram, parent: Parent, first: int
) -> None:
    """A part that fits is kept; the whole is refused and handed back, whatever came of a part."""
    await at_the_comment(parent, world)
    words = "He hit me. " + "Nobody rings us back. " * 250 + "That is all"
    parts = words[:first], words[first : first + 4_000]
    before = len(parent.messages)
    for part in parts:
        parent.sends(part)
    await telegram.confirmed()
    await house.quiet()
    handed_back = "".join("".join(parent.texts[before:]).split())
    assert "4,000 letters is the most" in "\n".join(parent.texts[before:])
    assert "".join("".join(parts).split()) in handed_back
    assert world.rows(O1) == ([] if first > 4_000 else [("answered", parts[0])])
    assert world.rows("SELECT * FROM answer WHERE question_key = 'o2'") == []
    telegram.world.clock += 60
    parent.sends("Nobody rings us back.")
    await house.quiet()
    last = "o1" if first > 4_000 else "o2"
    assert (last, "answered", "Nobody rings us back.") in world.rows(ANSWERS)


async def test_b09_a_comment_of_emoji_is_kept_and_shown_whole(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    await at_the_comment(parent, world)
    words = "😀" * 2_049
    parent.sends(words)
    parent.taps(await parent.receives("Question 20 of 20"), "Back")
    await house.quiet()
    shown = parent.texts[-2:]
    assert "".join(shown).count("😀") == 2_049
    assert all(len(text.encode("utf-16-le")) <= 2 * 4_096 for text in shown)
    assert world.rows(O1) == [("answered", words)]
    assert telegram.calls("sendMessage", status=400) == []


async def test_a_second_code_opens_a_second_response_and_disturbs_nothing(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    first, second = world.invite(2)
    old = await answers_one(parent, first, "Primary")
    await answers_one(parent, second, "Secondary")
    parent.taps(old, "Post-16")
    await parent.receives("Nothing has changed: that button belongs to an earlier survey")
    parent.sends(f"/start {first}")
    again = await parent.receives("Here is where you were. Question 2 of 20")
    parent.taps(again, "special school")
    await parent.receives("Question 3 of 20")
    await house.quiet()
    values = world.rows("SELECT group_concat(value) FROM answer GROUP BY response_id ORDER BY 1")
    assert values == [("primary,special",), ("secondary",)]
    assert world.rows("SELECT count(*) FROM chat") == [(1,)]
    assert len(telegram.calls("answerCallbackQuery", status=200)) == 6


async def test_a_second_child_has_questions_of_its_own_and_the_first_ones_buttons_do_nothing(
    house: House, world: World, parent: Parent
) -> None:
    old = await begins(parent, world)
    for number in range(2, 22):
        parent.sends("skip")
        await parent.receives(f"Question {number} of" if number < 21 else "your answers")
    parent.sends("send")
    done = await parent.receives("Thank you")
    parent.taps(done, done.labels[0])
    question = await parent.receives("Question 1 of 20")
    assert "your second child" in question.text
    parent.taps(old, "Primary")
    await parent.receives("Nothing has changed")
    parent.taps(question, "Secondary")
    await parent.receives("Question 2 of 20")
    await house.quiet()
    assert world.rows("SELECT count(*), count(finished_on) FROM response") == [(2, 1)]
    assert world.rows("SELECT value FROM answer WHERE question_key = 'phase' ORDER BY 1") == [
        (None,),
        ("secondary",),
    ]


async def test_every_button_names_the_conversation_and_its_question(
    house: House, world: World, parent: Parent
) -> None:
    """The run stands for round and questionnaire version: one session, which names both."""
    [token] = world.invite()
    parent.sends(f"/start {token}")
    parent.taps(await parent.receives(BEGIN), BEGIN)
    sent = [await parent.receives("Question 1 of 20")]
    for number in range(2, 20):
        parent.sends("skip")
        sent.append(await parent.receives(f"Question {number} of 20"))
    run, session = stored(world, token)
    assert session.questionnaire_hash == world.round.questionnaire_hash
    form = world.library.get(world.reader, session.questionnaire_hash)
    for message, question in zip(sent, form.questions, strict=False):
        for button in chain.from_iterable(message.buttons):
            decoded = payload.decode(button["callback_data"])
            assert decoded is not None
            of_run, said = decoded
            assert of_run == run
            assert isinstance(said, Chosen | Skipped | WentBack)
            assert said.key == question.key


async def test_no_message_of_ours_asks_for_a_preview_of_a_link(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    telegram.parent(77).sends("hello")
    telegram.group(-5).member(7).sends("/start")
    await at_the_ratings(parent, world)
    typed = ["/help", "/privacy", "/mydata", "/erase", "/pause", "/web", "/start"]
    for each in (*typed, "see https://example.org/x", "/stop", "agree"):
        parent.sends(each)
        await house.quiet()
    calls = telegram.calls("sendMessage")
    assert len(calls) > 15
    for call in calls:
        assert call.parameters["link_preview_options"] == '{"is_disabled": true}'


async def answers_one(parent: Parent, token: str, phase: str) -> Sent:
    """Starts with this code and says the phase; the question that was answered."""
    parent.sends(f"/start {token}")
    parent.taps(await parent.receives(BEGIN), BEGIN)
    question = await parent.receives("Question 1 of 20")
    parent.taps(question, phase)
    await parent.receives("Question 2 of 20")
    return question


def stored(world: World, token: str) -> tuple[str, Session]:
    """The run and the session at this code."""
    seat = seats.by_token(world.reader, token)
    assert seat is not None
    assert seat.run is not None
    assert seat.session is not None
    return seat.run, seat.session

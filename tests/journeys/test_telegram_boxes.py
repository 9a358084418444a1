""" "Choose all that apply" on Telegram: ticks are shown on the message that was tapped."""

from functools import partial

import pytest

from bot import rounds
from storage import questionnaires
from storage import rounds as stored_rounds
from surveys.model import QuestionType
from tests import builders
from tests.bot.conftest import CLOSES, OPENS, World, world
from tests.fake_telegram import FakeTelegram, Parent, Refusal, Sent
from tests.journeys.telegram_house import House, house, parent, telegram

__all__ = ["house", "parent", "telegram", "world"]

TOPICS = "SELECT state, value FROM answer WHERE question_key = 'topics'"
BUTTONS = "editMessageReplyMarkup"

FORM = builders.questionnaire(
    builders.note("hello"),
    builders.question("agreed", QuestionType.ACKNOWLEDGE, required=True),
    builders.several("topics"),
    builders.question("since", QuestionType.DATE),
    builders.comment("change"),
    builders.note("thanks"),
)


@pytest.fixture
async def question(house: House, world: World, parent: Parent) -> Sent:
    """A round of the form, and the parent at its boxes."""
    world.writer.one(lambda db, now: questionnaires.add(db, FORM, now))
    plan = rounds.Plan("Boxes", "test", OPENS, CLOSES)
    made = world.writer.one(partial(rounds.create, plan=plan, actor="test"))
    world.writer.one(partial(rounds.open_round, name="Boxes", actor="test"))
    parent.sends(f"/start {stored_rounds.open_code(world.reader, made.id)}")
    parent.taps(await parent.receives("I have read this – start"), "I have read this – start")
    first = await parent.receives("Question 1 of 4")
    assert first.text.startswith("About hello")
    assert first.labels == ["OK"]
    parent.taps(first, "OK")
    assert house.is_running
    return await parent.receives("Question 2 of 4")


async def test_ticks_are_shown_in_place_and_done_stores_them(
    house: House, world: World, telegram: FakeTelegram, parent: Parent, question: Sent
) -> None:
    assert question.labels[-3:] == ["Done", "Back", "Skip"]
    parent.taps(question, "Transport")
    await telegram.until(lambda: "✓ Transport" in question.labels)
    parent.taps(question, "School place")
    await telegram.until(lambda: "✓ School place" in question.labels)
    parent.taps(question, "✓ Transport")
    await telegram.until(lambda: "Transport" in question.labels)
    sent = len(parent.messages)
    parent.taps(question, "Done")
    following = await parent.receives("Question 3 of 4")
    assert following.text.startswith("You chose: School place")
    assert len(parent.messages) == sent + 1
    await house.quiet()
    assert world.rows(TOPICS) == [("answered", "school")]


async def test_none_of_these_clears_the_other_ticks(
    house: House, telegram: FakeTelegram, parent: Parent, question: Sent
) -> None:
    parent.taps(question, "Transport")
    await telegram.until(lambda: "✓ Transport" in question.labels)
    parent.taps(question, "None of these")
    await telegram.until(lambda: "✓ None of these" in question.labels)
    assert "Transport" in question.labels
    assert house.is_running


async def test_b02_a_double_tap_on_a_box_ends_with_it_ticked_and_no_error(
    house: House, world: World, telegram: FakeTelegram, parent: Parent, question: Sent
) -> None:
    for _ in range(2):
        parent.taps(question, "Transport")
    await house.quiet()
    await telegram.until(lambda: len(telegram.calls(BUTTONS)) == 2)
    assert "✓ Transport" in question.labels
    assert [call.status for call in telegram.calls(BUTTONS)] == [200, 400]
    assert parent.messages[-1] is question
    parent.taps(question, "Done")
    await parent.receives("Question 3 of 4")
    await house.quiet()
    assert world.rows(TOPICS) == [("answered", "transport")]
    assert world.rows("SELECT * FROM outbox") == []


async def test_done_without_a_tick_is_no_answer(
    house: House, world: World, parent: Parent, question: Sent
) -> None:
    parent.taps(question, "Done")
    again = await parent.receives("There was no answer in that")
    assert "Done" in again.labels
    await house.quiet()
    assert world.rows(TOPICS) == []


async def test_where_the_tapped_message_is_gone_the_ticks_come_in_a_new_one(
    house: House, telegram: FakeTelegram, parent: Parent, question: Sent
) -> None:
    telegram.scripts.fail(BUTTONS, Refusal(400, "Bad Request: message to edit not found"))
    parent.taps(question, "Transport")
    new = await parent.receives("Ticked so far: Transport")
    assert "✓ Transport" in new.labels
    assert house.is_running


async def test_a_tick_that_could_not_be_shown_is_shown_later(
    house: House, world: World, telegram: FakeTelegram, parent: Parent, question: Sent
) -> None:
    telegram.scripts.fail(BUTTONS, Refusal(500, "Internal Server Error"))
    parent.taps(question, "Transport")
    await telegram.until(lambda: len(telegram.calls(BUTTONS, status=500)) == 1)
    await house.quiet()
    world.clock.forward(seconds=2)
    house.outbox.wake()
    await telegram.until(lambda: "✓ Transport" in question.labels)


async def test_typed_words_answer_dates_boxes_and_comments(
    house: House, world: World, parent: Parent, question: Sent
) -> None:
    del question
    parent.sends("transport, school place")
    await parent.receives("Question 3 of 4")
    parent.sends("soon")
    assert "such as 25/11/2026" in (await parent.receives("Please type a date")).text
    parent.sends("25/11/2026")
    await parent.receives("Question 4 of 4")
    parent.sends("x" * 4_090)
    parent.taps(await parent.receives("About change"), "Back")
    back = await parent.receives("Question 3 of 4")
    assert back.text.endswith("Your answer now:\n25 November 2026")
    parent.sends("skip")
    await parent.receives("Question 4 of 4")
    parent.sends("Everything")
    review = await parent.receives("About thanks")
    assert "Transport, School place" in review.text
    assert "Skipped" in review.text
    await house.quiet()
    assert world.rows(TOPICS) == [("answered", "transport school")]


async def test_a_button_of_another_conversation_changes_nothing(
    house: House, world: World, parent: Parent, question: Sent
) -> None:
    parent.taps_payload(question, "notmyrun.c.agreed.OK")
    await parent.receives("belongs to an earlier survey")
    parent.taps_payload(question, "made up")
    parent.taps_payload(question, question.payload("Transport").replace("topics", "nosuch"))
    await parent.receives("that button cannot be used any more")
    await house.quiet()
    assert world.rows(TOPICS) == []

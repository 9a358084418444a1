"""What must be true on Telegram when things go wrong: FAULTS B01-B11 and B43."""

import asyncio
import re

import pytest

from tests.bot.conftest import World, world
from tests.fake_telegram import FakeTelegram, Parent, Refusal
from tests.journeys.telegram_house import (
    ANSWERS,
    House,
    Stuck,
    at_the_ratings,
    begins,
    house,
    parent,
    telegram,
)

__all__ = ["house", "parent", "telegram", "world"]

C1 = "SELECT state, value FROM answer WHERE question_key = 'c1'"


def asked(parent: Parent, number: int) -> int:
    """How often question `number` was sent."""
    return sum(f"Question {number} of" in text for text in parent.texts)


async def test_b01_an_update_delivered_again_after_a_crash_is_one_row_and_one_question(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    await house.quiet()
    release = telegram.scripts.hold("getUpdates")
    # The poll under way is answered; the next one, which would confirm, never gets through.
    parent.taps(question, "3 – Neither")
    await parent.receives("Question 5 of")
    await house.sent()
    assert len(telegram.updates.pending) == 1
    await house.kill()
    release.set()
    await house.start()
    await telegram.confirmed()
    parent.sends("agree")
    await parent.receives("Question 6 of")
    await house.quiet()
    assert world.rows(C1) == [("answered", "3")]
    assert asked(parent, 5) == 1
    assert ("c2", "answered", "4") in world.rows(ANSWERS)


async def test_b01_an_update_received_and_lost_before_the_commit_is_answered_after_a_restart(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    await house.quiet()
    await house.kill()
    await house.start(Stuck)
    parent.taps(question, "3 – Neither")
    stuck = house.service
    assert isinstance(stuck, Stuck)
    async with asyncio.timeout(5):
        await stuck.handed.wait()
    await house.kill()
    assert world.rows(C1) == []
    await house.start()
    await parent.receives("Question 5 of")
    await house.quiet()
    assert world.rows(C1) == [("answered", "3")]
    assert asked(parent, 5) == 1


async def test_b01_every_update_of_a_round_delivered_again_changes_no_row(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    parent.taps(await at_the_ratings(parent, world), "2 – Disagree")
    await parent.receives("Question 5 of")
    await house.quiet()
    before = world.rows(ANSWERS), len(parent.messages)
    for update in list(telegram.updates.confirmed):
        telegram.redeliver(update["update_id"])
    await house.quiet()
    assert (world.rows(ANSWERS), len(parent.messages)) == before


async def test_b02_a_double_tap_on_a_rating_is_one_row_one_question_and_no_error(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    await house.quiet()
    acknowledged = len(telegram.calls("answerCallbackQuery", status=200))
    for _ in range(2):
        parent.taps(question, "3 – Neither")
    await telegram.until(
        lambda: len(telegram.calls("answerCallbackQuery", status=200)) == acknowledged + 2
    )
    await house.quiet()
    assert world.rows(C1) == [("answered", "3")]
    assert asked(parent, 5) == 1
    assert parent.texts[-1].startswith("You chose: Neither agree nor disagree")


async def test_b03_a_bare_start_and_an_unknown_code_make_nobody_and_say_what_to_do(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    parent.sends("/start")
    assert "open the link in your invitation" in (await parent.receives("Hello")).text
    parent.sends("/start nosuchcode")
    assert "open the link" in (await parent.receives("do not know that code")).text
    telegram.parent(77).sends("/start " + "x" * 3_000)
    await house.quiet()
    for table in ("invitation", "chat", "session", "response", "answer"):
        assert world.rows(f"SELECT * FROM {table}") == []


async def test_b03_every_token_can_be_a_link_and_every_button_fits(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    tokens = [*world.invite(1_000), world.code]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", token) for token in tokens)
    parent.sends(f"/start {tokens[0]}")
    await parent.receives("I have read this – start")
    sizes = [len(b["callback_data"].encode()) for b in parent.messages[-1].buttons[0]]
    assert max(sizes) <= 64
    assert telegram.calls("sendMessage", status=400) == []
    assert house.is_running


async def test_b04_taps_made_during_an_outage_are_stored_although_they_are_too_old(
    house: House, world: World, telegram: FakeTelegram
) -> None:
    parents = [telegram.parent(number) for number in (1, 2, 3)]
    questions = [await at_the_ratings(each, world) for each in parents]
    await house.quiet()
    await house.stop()
    for each, question in zip(parents, questions, strict=True):
        each.taps(question, "1 – Strongly disagree")
    telegram.world.clock += 20 * 60
    await house.start()
    for each in parents:
        await each.receives("Question 5 of")
    await telegram.until(lambda: len(telegram.calls("answerCallbackQuery", status=400)) == 3)
    await house.quiet()
    assert world.rows(C1) == [("answered", "1")] * 3
    assert [len(each.messages) for each in parents] == [6, 6, 6]
    assert house.is_running


@pytest.mark.parametrize(
    "returning", ["a tap after a restart", "a reminder's button", "/start", "/start CODE"]
)
async def test_b05_coming_back_in_mid_survey_goes_on_where_the_parent_was(
    house: House, world: World, parent: Parent, returning: str
) -> None:
    parent.taps(await at_the_ratings(parent, world), "4 – Agree")
    question = await parent.receives("Question 5 of")
    await house.quiet()
    before = world.rows(ANSWERS)
    if returning != "a tap after a restart":
        if returning.startswith("/start"):
            parent.sends(returning.replace("CODE", world.code))
        else:
            run = question.payload("Skip").partition(".")[0]
            parent.taps_payload(question, f"{run}.v..")
        again = await parent.receives("Question 5 of")
        assert again.text.startswith("Here is where you were. Question 5 of 20")
        assert world.rows(ANSWERS) == before
    else:
        await house.kill()
        await house.start()
        parent.taps(question, "4 – Agree")
        await parent.receives("Question 6 of")
        assert set(before) < set(world.rows(ANSWERS))
    assert world.rows("SELECT count(*) FROM response") == [(1,)]


async def test_b05_after_finishing_start_says_so_and_begins_nothing(
    house: House, world: World, parent: Parent
) -> None:
    await begins(parent, world)
    for number in range(2, 22):
        parent.sends("skip")
        await parent.receives(f"Question {number} of" if number < 21 else "your answers")
    parent.sends("send")
    await parent.receives("Thank you")
    for words in ("/start", f"/start {world.code}"):
        parent.sends(words)
        await parent.receives("already sent your answers")
    await house.quiet()
    assert world.rows("SELECT count(*), count(finished_on) FROM response") == [(1, 1)]


async def test_b06_who_blocked_the_bot_keeps_the_answers_and_may_come_back(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    parent.taps(question, "4 – Agree")
    parent.blocks()
    other = telegram.parent(2)
    await begins(other, world)
    await house.quiet()
    assert world.rows("SELECT status FROM chat ORDER BY status") == [("active",), ("blocked",)]
    assert len(telegram.calls("sendMessage", status=403)) == 1
    assert world.rows(C1) == [("answered", "4")]
    parent.unblocks(world.code)
    await parent.receives("Question 5 of")
    assert world.rows("SELECT DISTINCT status FROM chat") == [("active",)]


async def test_b06_an_account_that_is_gone_stops_nobody(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    parent.sends("/start nosuchcode")
    parent.leaves_telegram()
    await begins(telegram.parent(2), world)
    await house.quiet()
    assert world.rows("SELECT status FROM outbox") == [("failed",)]
    assert house.is_running


async def test_b07_a_group_gets_one_reply_with_nothing_in_it_and_no_answers(
    house: House, world: World, telegram: FakeTelegram
) -> None:
    group = telegram.group(-5, "Year 6 parents")
    members = [group.member(7, "Sam"), group.member(8, "Alex")]
    for member in members:
        member.sends(f"/start {world.code}")
        member.sends("/start@sendvoice_test_bot")
        member.is_told({"new_chat_title": "/x", "text": "/back"})
    await telegram.until(lambda: bool(group.messages))
    for member in members:
        member.taps_payload(group.messages[0], "abcdefgh.c.c1.5")
    await telegram.until(lambda: len(telegram.calls("answerCallbackQuery")) == 2)
    await house.quiet()
    [only] = group.messages
    assert not any(word in only.text for word in ("Sam", "Alex", "Year 6", world.code, "Question"))
    for table in ("chat", "session", "response", "answer", "outbox"):
        assert world.rows(f"SELECT * FROM {table}") == []


async def test_b08_names_and_comments_with_any_signs_in_them_arrive_as_typed(
    house: House, world: World, telegram: FakeTelegram
) -> None:
    comment = "5 < 6 & it_was *awful*"
    for user, name in enumerate(("Jo_Ann <3 & Co", "\u202eeva"), start=1):
        parent = telegram.parent(user, name)
        await begins(parent, world)
        for number in range(2, 20):
            parent.sends("skip")
            await parent.receives(f"Question {number} of")
        parent.sends(comment)
        await parent.receives("Question 20 of")
        parent.sends("skip")
        assert comment in (await parent.receives("your answers")).text
    await house.quiet()
    assert world.rows("SELECT value FROM answer WHERE question_key = 'o1'") == [(comment,)] * 2
    assert telegram.calls("sendMessage", status=400) == []


async def test_b10_an_edited_message_changes_nothing_and_the_question_is_asked_again(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    await at_the_ratings(parent, world)
    typed = parent.sends("agree")
    await parent.receives("Question 5 of")
    parent.edits(typed, "strongly disagree")
    notice = await parent.receives("nothing has changed")
    assert "understands what my child finds hard" in notice.text
    parent.moves(typed or 0)
    await house.quiet()
    before = world.rows(ANSWERS), len(parent.messages)
    assert ("c1", "answered", "4") in before[0]
    assert not [row for row in before[0] if row[0] == "c2"]
    world.clock.forward(days=60)
    parent.edits(typed, "disagree")
    await parent.receives("This survey closed")
    await house.quiet()
    assert world.rows(ANSWERS) == before[0]
    telegram.parent(2).sends("/start")
    await telegram.until(lambda: bool(telegram.messages_to(2)))


async def test_b11_what_is_not_words_gets_a_short_re_ask_and_is_never_fetched(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    await at_the_ratings(parent, world)
    before = len(parent.messages)
    parent.sends_sticker()
    parent.sends_voice()
    parent.sends_photo("4")
    parent.sends_location()
    parent.sends_contact("+441632960001")
    parent.sends_poll()
    await telegram.until(lambda: len(parent.messages) == before + 6)
    await house.quiet()
    assert len(parent.messages) == before + 6
    assert all("The school or setting noticed" in text for text in parent.texts[before:])
    assert world.rows(C1) == []
    assert telegram.calls("file") + telegram.calls("getFile") == []
    assert "441632960001" not in "\n".join(world.reader.conn.iterdump())
    parent.sends("agree")
    await parent.receives("Question 5 of")


async def test_b43_told_to_wait_a_question_is_delayed_not_dropped_and_others_go_on(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    other = telegram.parent(2)
    their_question = await at_the_ratings(other, world)
    await house.quiet()
    telegram.scripts.fail("sendMessage", Refusal(429, "Too Many Requests", retry_after=7))
    parent.taps(question, "4 – Agree")
    await telegram.until(lambda: len(telegram.calls("sendMessage", status=429)) == 1)
    other.taps(their_question, "4 – Agree")
    await other.receives("Question 5 of")
    await house.quiet()
    assert asked(parent, 5) == 0
    world.clock.forward(seconds=6)
    house.outbox.wake()
    await house.sent()
    assert asked(parent, 5) == 0
    world.clock.forward(seconds=1)
    house.outbox.wake()
    await parent.receives("Question 5 of")
    assert world.rows("SELECT * FROM outbox WHERE status = 'failed'") == []

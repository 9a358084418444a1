"""FAULTS B01, B02 and B10 to the letter: copies, crashes, taps side by side, edited comments."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from storage import outbox
from tests.bot.conftest import World, world
from tests.fake_telegram import FakeTelegram, Parent
from tests.journeys.telegram_house import (
    ANSWERS,
    House,
    at_the_comment,
    at_the_ratings,
    house,
    parent,
    telegram,
)
from tests.journeys.test_telegram_faults import C1, asked

__all__ = ["house", "parent", "telegram", "world"]


async def test_b01_all_updates_of_a_round_into_a_copy_of_the_database_change_no_row(
    house: House, world: World, telegram: FakeTelegram, parent: Parent, tmp_path: Path
) -> None:
    first = await at_the_ratings(parent, world)
    parent.taps(first, "2 – Disagree")
    parent.taps(await parent.receives("Question 5 of"), "Back")
    parent.taps(await parent.receives("Question 4 of"), "4 – Agree")
    parent.sends("/help")
    await parent.receives("You can type these")
    await house.quiet()
    await house.stop()
    copy = tmp_path / "copy.db"
    copied(world, copy)
    before, told = everything(copy), len(parent.messages)
    other = House(world, telegram, copy)
    await other.start()
    updates = list(telegram.updates.confirmed)
    for update in updates:
        telegram.redeliver(update["update_id"])
    await telegram.confirmed()
    await other.stop()
    assert len(updates) == 9
    assert everything(copy) == before
    assert len(parent.messages) == told
    await house.start()


async def test_b01_a_crash_between_sending_and_recording_repeats_the_question_once(
    house: House,
    world: World,
    telegram: FakeTelegram,
    parent: Parent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = await at_the_ratings(parent, world)
    await house.quiet()
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "mark_sent", lambda _db, _message_id: None)
        parent.taps(question, "3 – Neither")
        await parent.receives("Question 5 of")
        await telegram.confirmed()
        await house.kill()
    assert world.rows("SELECT status FROM outbox") == [("claimed",)]
    await house.start()
    await parent.receives("Question 5 of")
    await house.quiet()
    assert asked(parent, 5) == 2
    assert world.rows(C1) == [("answered", "3")]
    assert world.rows("SELECT * FROM outbox") == []


async def test_b10_a_comment_edited_while_the_next_question_is_asked_stands_as_it_was(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    await at_the_comment(parent, world)
    typed = parent.sends("Fine")
    await parent.receives("Question 20 of 20")
    await house.quiet()
    before = world.rows(ANSWERS)
    parent.edits(typed, "Not fine at all")
    notice = await parent.receives("nothing has changed")
    assert "What one change would help your child most?" in notice.text
    await house.quiet()
    assert world.rows(ANSWERS) == before
    assert ("o1", "answered", "Fine") in before
    assert "o2" not in {key for key, _, _ in before}
    parent.sends("More time")
    await parent.receives("your answers")
    await house.quiet()
    assert ("o2", "answered", "More time") in world.rows(ANSWERS)
    assert telegram.calls("getFile") == []


async def test_b11_at_an_open_question_too_nothing_but_words_is_a_comment(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    await at_the_comment(parent, world)
    await house.quiet()
    told, before = len(parent.messages), world.rows(ANSWERS)
    parent.sends_sticker()
    parent.sends_voice()
    parent.sends_photo("4")
    parent.sends_location()
    parent.sends_contact("+441632960001")
    parent.sends_poll()
    await telegram.until(lambda: len(parent.messages) == told + 6)
    await house.quiet()
    assert world.rows(ANSWERS) == before
    assert "441632960001" not in "\n".join(world.reader.conn.iterdump())
    assert telegram.calls("file") + telegram.calls("getFile") == []
    parent.sends("Fine")
    await parent.receives("Question 20 of 20")


async def test_b02_a_lost_answer_of_telegrams_is_no_error_to_the_parent(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    await house.quiet()
    told = len(parent.messages)
    telegram.scripts.lose_answer("answerCallbackQuery")
    await asyncio.sleep(0)
    parent.taps(question, "3 – Neither")
    parent.taps(question, "3 – Neither")
    await parent.receives("Question 5 of")
    await telegram.until(lambda: len(telegram.calls("answerCallbackQuery")) == 6)
    await house.quiet()
    assert len(parent.messages) == told + 1
    assert world.rows(C1) == [("answered", "3")]


def copied(world: World, path: Path) -> None:
    """SQLite's own copy: what is in the write-ahead log is in it."""
    with sqlite3.connect(path) as there:
        world.reader.conn.backup(there)
    there.close()


def everything(path: Path) -> list[str]:
    """Every row of every table."""
    opened = sqlite3.connect(path)
    rows = list(opened.iterdump())
    opened.close()
    return rows

"""A safeguarding case stays until somebody has dealt with it, whatever becomes of its words."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot import accounts, casework, comments
from bot.case_ports import CaseSeen
from bot.errors import CaseRefused
from bot.ports import CodeGiven, WebPlace
from storage import contacts, erasing
from storage.database import Database
from surveys.contacts import Contact
from surveys.inputs import Filled, NoticeAcknowledged, Typed
from surveys.roles import Role
from tests.bot.conftest import TELEGRAM, World

RISK = "He says he wants to kill himself."


async def urgent(world: World, key: str = "o1") -> WebPlace:
    """A parent writes something urgent by a link of their own."""
    place = await world.begins(world.invite()[0])
    await world.says(place, Filled(key, (RISK,)))
    return place


def waiting(world: World) -> tuple[CaseSeen, ...]:
    return casework.waiting(world.reader, world.vault)


def only(world: World) -> str:
    [found] = waiting(world)
    return found.case.id


def erase(world: World) -> None:
    [(invitation,)] = world.rows("SELECT id FROM invitation")
    world.writer.one(lambda db, now: erasing.erase(db, invitation, now))


def log(world: World) -> list[tuple[Any, ...]]:
    return world.rows("SELECT actor, action FROM audit WHERE action LIKE 'case %' ORDER BY id")


async def test_a_case_waits_with_its_clock_round_rules_and_words(world: World) -> None:
    await urgent(world)
    [found] = waiting(world)
    assert found.case.round == "Spring"
    assert found.case.words == RISK
    assert found.case.rules
    assert found.question.startswith("What is working well")
    assert found.case.opened_at == world.clock()
    assert found.due_on == world.clock().date(), "the same working day"


async def test_a_case_of_a_saturday_is_due_on_the_monday(world: World) -> None:
    world.clock.forward(days=5)
    await urgent(world)
    [found] = waiting(world)
    assert (found.case.opened_at.day, found.due_on.day) == (6, 8)


async def test_what_the_parent_erases_leaves_the_case_without_its_words(world: World) -> None:
    await urgent(world)
    erase(world)
    [found] = waiting(world)
    assert found.case.words == ""
    assert found.case.round == "Spring"
    assert found.case.rules
    assert world.rows("SELECT * FROM answer") == []
    assert RISK not in str(world.rows("SELECT * FROM safeguarding_case"))


async def test_reading_the_comment_leaves_the_case(world: World) -> None:
    await urgent(world)
    [comment] = comments.waiting(world.reader)
    assert comment.case_id == only(world)
    world.writer.one(partial(comments.mark_read, comment_id=comment.comment.id, actor="test"))
    assert comments.waiting(world.reader) == ()
    assert len(waiting(world)) == 1


async def test_words_beside_the_answers_have_a_case_too(world: World) -> None:
    place = await world.begins(world.invite()[0])
    await world.says(place, Typed(RISK))
    [found] = waiting(world)
    assert (found.case.words, found.case.round, found.question) == (
        RISK,
        "Spring",
        comments.OUTSIDE,
    )
    await world.says(place, Typed(f"{RISK} Again."))
    assert [each.case_id for each in comments.waiting(world.reader)] == [found.case.id] * 2
    erase(world)
    [found] = waiting(world)
    assert (found.case.words, found.case.round) == ("", "Spring")


async def test_a_case_is_taken_on_once_by_somebody_with_a_name(world: World) -> None:
    await urgent(world)
    case_id = only(world)
    wanted = accounts.NewAccount("lead@council.example", "Sam", (Role.SAFEGUARDING_LEAD,))
    world.writer.one(lambda db, now: accounts.add(db, now, world.vault, wanted, "test"))
    [(account,)] = world.rows("SELECT id FROM account")
    take = partial(casework.acknowledge, case_id=case_id, actor=f"account {account}")
    world.writer.one(take)
    with pytest.raises(CaseRefused, match="taken on already by Sam"):
        world.writer.one(take)
    [found] = waiting(world)
    assert (found.acknowledged_by, found.case.acknowledged_at) == ("Sam", world.clock())
    assert [(each.who, each.what) for each in casework_of(world, case_id).steps] == [
        ("service", "Opened"),
        ("Sam", "Taken on"),
    ]


def casework_of(world: World, case_id: str) -> CaseSeen:
    return casework.one(world.reader, world.vault, case_id)


async def test_closing_needs_a_note_which_is_sealed_and_listed_for_thirty_days(
    world: World,
) -> None:
    await urgent(world)
    case_id = only(world)
    close = partial(casework.close, vault=world.vault, case_id=case_id, actor="test")
    for note, why in ((" \n", "Say in the note"), ("x" * 4001, "4,001 letters")):
        with pytest.raises(CaseRefused, match=why):
            world.writer.one(partial(close, note=note))
    assert len(waiting(world)) == 1
    world.writer.one(partial(close, note=" Told the front door. "))
    assert waiting(world) == ()
    [found] = casework.closed(world.reader, world.vault, world.clock())
    assert (found.note, found.closed_by) == ("Told the front door.", "test")
    assert "front door" not in str(world.rows("SELECT * FROM safeguarding_case"))
    assert "front door" not in str(world.rows("SELECT * FROM audit"))
    with pytest.raises(CaseRefused, match=r"already by test\. Your note was not kept"):
        world.writer.one(partial(close, note="Another."))
    later = world.clock() + timedelta(days=31)
    assert casework.closed(world.reader, world.vault, later) == ()
    assert log(world) == [("service", "case opened"), ("test", "case closed")]


async def test_the_chat_and_the_listed_family_are_shown_and_the_log_says_to_whom(
    world: World,
) -> None:
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await world.says(TELEGRAM, Filled("o1", (RISK,)))
    family = Contact(name="A Parent", phone="+447700900123")
    sealed = contacts.seal(world.vault, family)

    def list_them(db: Database, now: object) -> None:
        del now
        contact_id = contacts.add(db, sealed, world.clock())
        db.conn.execute("UPDATE invitation SET contact_id = ?", (contact_id,))

    world.writer.one(list_them)
    reach = partial(casework.reach, vault=world.vault, case_id=only(world), actor="account a1")
    shown = [(each.way, each.address) for each in world.writer.one(reach)]
    assert shown == [
        ("Name", "A Parent"),
        ("Mobile phone", "+447700900123"),
        ("Telegram chat", TELEGRAM.address),
    ]
    assert log(world)[-1] == ("account a1", "case contact shown")
    erase(world)
    assert [each.way for each in world.writer.one(reach)] == ["Telegram chat"]
    close = partial(casework.close, vault=world.vault, note="Done.", actor="test")
    world.writer.one(partial(close, case_id=only(world)))
    with pytest.raises(CaseRefused, match="closed"):
        world.writer.one(reach)


async def test_who_came_by_a_browser_alone_cannot_be_reached(world: World) -> None:
    await urgent(world)
    reach = partial(casework.reach, vault=world.vault, case_id=only(world), actor="test")
    assert world.writer.one(reach) == ()


def test_no_case_is_made_up(world: World) -> None:
    with pytest.raises(CaseRefused, match="cases waiting"):
        casework_of(world, "nosuch")
    with pytest.raises(CaseRefused, match="no case"):
        world.writer.one(partial(casework.acknowledge, case_id="nosuch", actor="test"))

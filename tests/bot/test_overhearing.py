"""Nothing a parent types is thrown away unheard, wherever it was typed."""

import json
from collections.abc import Awaitable, Callable

import pytest

from bot import closing, comments, overhearing
from bot.ports import ChatPlace, CodeGiven, TurnStatus, WebPlace
from storage import conversations
from surveys.commands import Command
from surveys.events import HelpOffered
from surveys.inputs import (
    Chosen,
    CommandGiven,
    Filled,
    Input,
    NoticeAcknowledged,
    Opened,
    Overheard,
    Skipped,
    Submitted,
    Typed,
    Unreadable,
)
from surveys.understanding import LONGEST_TEXT
from tests.bot.conftest import TELEGRAM, World

RISK = "He says he wants to kill himself."
FIRST = "He is terrified."
ASIDES = "SELECT words, status, concern, due_on FROM aside"
CASES = "SELECT status FROM safeguarding_case"
PUSHED = "SELECT message_key FROM outbox ORDER BY id DESC LIMIT 2"
ERASE = CommandGiven(Command.ERASE_FOR_GOOD)

Somewhere = Callable[[World, str], Awaitable[None]]


async def at_welcome(world: World, token: str) -> None:
    await world.says(TELEGRAM, CodeGiven(token))


async def at_rating(world: World, token: str) -> None:
    await at_welcome(world, token)
    await world.says(TELEGRAM, NoticeAcknowledged())


async def at_comment(world: World, token: str) -> None:
    await at_rating(world, token)
    for each in ("phase", "setting", "provision"):
        await world.says(TELEGRAM, Skipped(each))
    while True:
        session = (await world.service.look(TELEGRAM)).session
        assert session
        assert session.current
        if session.current.startswith("o"):
            return
        await world.says(TELEGRAM, Skipped(session.current))


async def at_review(world: World, token: str) -> None:
    await at_comment(world, token)
    for key in ("o1", "o2"):
        await world.says(TELEGRAM, Skipped(key))


async def finished(world: World, token: str) -> None:
    await at_review(world, token)
    await world.says(TELEGRAM, Submitted())


async def stopped(world: World, token: str) -> None:
    await at_rating(world, token)
    await world.says(TELEGRAM, CommandGiven(Command.STOP))


async def closed(world: World, token: str) -> None:
    await at_rating(world, token)
    world.writer.one(lambda db, now: closing.stop_answers(db, now, world.round.id, "test"))


PLACES = [at_welcome, at_rating, at_review, finished, stopped, closed]


def pushed_help(world: World) -> bool:
    """Whether the last turn pushed the help numbers."""
    rows = world.rows("SELECT message_key, arguments FROM outbox ORDER BY id DESC LIMIT 2")
    told = [each["event"] for each in json.loads(rows[0][1]).get("events", [])]
    return "HelpOffered" in told or rows[1][0] == "help_offered"


@pytest.mark.parametrize("somewhere", PLACES, ids=lambda each: each.__name__)
async def test_urgent_words_help_wait_and_open_a_case(world: World, somewhere: Somewhere) -> None:
    await somewhere(world, world.invite()[0])
    answers = world.rows("SELECT * FROM answer ORDER BY 1, 2")
    turned = await world.says(TELEGRAM, Typed(RISK))
    assert HelpOffered() in turned.events
    assert pushed_help(world)
    assert world.rows(ASIDES) == [(RISK, "waiting", "urgent", "2027-03-02")]
    assert world.rows(CASES) == [("open",)]
    assert world.rows("SELECT * FROM answer ORDER BY 1, 2") == answers
    [found] = comments.waiting(world.reader)
    assert found.question == "Typed outside a question"
    assert found.comment.text == RISK


@pytest.mark.parametrize("somewhere", PLACES, ids=lambda each: each.__name__)
async def test_indirect_words_wait_and_harmless_ones_leave_nothing(
    world: World, somewhere: Somewhere
) -> None:
    await somewhere(world, world.invite()[0])
    for words in ("ok thanks", "4", "no idea sorry", FIRST):
        turned = await world.says(TELEGRAM, Typed(words))
        assert HelpOffered() not in turned.events
    assert world.rows(ASIDES) == [(FIRST, "waiting", "read_first", "2027-03-02")]
    assert world.rows(CASES) == []


@pytest.mark.parametrize("said", [Unreadable("photo", RISK), Unreadable("edited", RISK)])
async def test_a_caption_and_an_edit_are_heard_and_answer_nothing(
    world: World, said: Input
) -> None:
    await at_comment(world, world.invite()[0])
    answers = world.rows("SELECT * FROM answer ORDER BY 1, 2")
    assert HelpOffered() in (await world.says(TELEGRAM, said)).events
    assert [words for words, *_ in world.rows(ASIDES)] == [RISK]
    assert world.rows("SELECT * FROM answer ORDER BY 1, 2") == answers


async def test_a_comment_that_is_too_long_is_heard(world: World) -> None:
    await at_comment(world, world.invite()[0])
    long = f"{RISK} " + "a" * LONGEST_TEXT
    assert HelpOffered() in (await world.says(TELEGRAM, Typed(long))).events
    assert [words for words, *_ in world.rows(ASIDES)] == [long]


async def test_a_comment_is_a_comment_and_no_aside(world: World) -> None:
    await at_comment(world, world.invite()[0])
    turned = await world.says(TELEGRAM, Typed(RISK))
    assert turned.events.count(HelpOffered()) == 1
    assert world.rows(ASIDES) == []
    # The same words again, where they answer nothing, are read once and helped twice.
    assert HelpOffered() in (await world.says(TELEGRAM, Overheard(RISK))).events
    assert world.rows(ASIDES) == []


async def test_a_second_delivery_changes_nothing_and_helps_again(world: World) -> None:
    place = await world.begins(world.invite()[0])
    for _ in range(2):
        turned = await world.says(place, Filled("nosuch", (RISK,)), key="one")
        assert HelpOffered() in turned.events
    assert len(world.rows(ASIDES)) == 1
    assert world.rows(CASES) == [("open",)]


async def test_words_of_one_family_open_one_case_and_all_wait(world: World) -> None:
    await at_rating(world, world.invite()[0])
    for words in (RISK, RISK, f"{RISK} Please!"):
        await world.says(TELEGRAM, Typed(words))
    assert world.rows(CASES) == [("open",)]
    assert len(comments.waiting(world.reader)) == 2


async def test_a_failure_to_queue_fails_the_turn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_queue(*_: object) -> None:
        raise RuntimeError

    await at_rating(world, world.invite()[0])
    monkeypatch.setattr("storage.asides.put", no_queue)
    with pytest.raises(RuntimeError):
        await world.says(TELEGRAM, Typed(RISK), key="again")
    monkeypatch.undo()
    await world.says(TELEGRAM, Typed(RISK), key="again")
    assert len(world.rows(ASIDES)) == 1


async def test_after_the_cut_the_words_wait_untied_and_the_case_knows_whom_to_reach(
    world: World,
) -> None:
    [token] = world.invite()
    await at_rating(world, token)
    await world.says(TELEGRAM, Typed(RISK))
    [(invitation,)] = world.rows("SELECT id FROM invitation")
    assert await world.service.asides(TELEGRAM) == (RISK,)
    world.writer.one(lambda db, _: conversations.cut(db, world.round.id))
    assert world.rows("SELECT invitation_id FROM aside") == [(None,)]
    assert await world.service.asides(WebPlace(token)) == ()
    assert [each.comment.text for each in comments.waiting(world.reader)] == [RISK]
    [(sealed,)] = world.rows("SELECT contact FROM safeguarding_case")
    assert json.loads(world.vault.unseal(sealed))["invitation"] == invitation


async def test_erasing_takes_the_words_and_leaves_the_case(world: World) -> None:
    await at_rating(world, world.invite()[0])
    await world.says(TELEGRAM, Typed(RISK))
    await world.says(TELEGRAM, ERASE)
    assert world.rows(ASIDES) == []
    assert world.rows(CASES) == [("open",)]


async def test_a_stopped_chat_stays_stopped(world: World) -> None:
    await stopped(world, world.invite()[0])
    assert (await world.says(TELEGRAM, Typed(RISK))).status is TurnStatus.STOPPED
    assert (await world.says(TELEGRAM, Chosen("phase", "primary"))).status is TurnStatus.STOPPED


@pytest.mark.parametrize(
    "said",
    [Typed(RISK), Unreadable("photo", RISK), CodeGiven(f"please {RISK}"), Filled("o1", (RISK,))],
)
async def test_a_stranger_is_helped_counted_and_not_kept(
    world: World, said: Input | CodeGiven
) -> None:
    turned = await world.says(ChatPlace("telegram", "77"), said)
    assert (turned.status, turned.events) == (TurnStatus.UNKNOWN, (HelpOffered(),))
    assert [key for (key,) in world.rows(PUSHED)][-1] == "help_stranger"
    assert world.rows("SELECT day, helped FROM stranger") == [("2027-03-01", 1)]
    assert overhearing.strangers_helped(world.reader, world.clock()) == 1
    assert world.rows(ASIDES) == world.rows(CASES) == []
    assert RISK not in str(world.rows("SELECT * FROM outbox"))


async def test_a_stranger_who_says_nothing_urgent_leaves_no_count(world: World) -> None:
    for said in (Typed(FIRST), Typed("hello"), CodeGiven("NOSUCH"), Opened()):
        turned = await world.says(ChatPlace("telegram", "77"), said)
        assert turned.events == ()
    assert world.rows("SELECT * FROM stranger") == []


LONG_DRAFT = "We were told to wait and then to wait again. " + "a" * LONGEST_TEXT


async def test_a_draft_refused_as_too_long_goes_when_the_answer_is_kept(world: World) -> None:
    [token] = world.invite()
    await at_comment(world, token)
    await world.says(TELEGRAM, Typed(LONG_DRAFT))
    assert len(world.rows(ASIDES)) == 1
    await world.says(TELEGRAM, Filled("o1", ("We were told to wait.",)))
    assert world.rows(ASIDES) == []


async def test_a_refused_draft_stays_while_another_question_is_answered(world: World) -> None:
    [token] = world.invite()
    await at_comment(world, token)
    await world.says(TELEGRAM, Typed(LONG_DRAFT))
    await world.says(TELEGRAM, Skipped("o1"))
    await world.says(TELEGRAM, Filled("o2", ("Nothing else.",)))
    assert len(world.rows(ASIDES)) == 1


async def test_a_refused_draft_that_the_rules_raised_stays(world: World) -> None:
    [token] = world.invite()
    await at_comment(world, token)
    await world.says(TELEGRAM, Typed(f"{RISK} {LONG_DRAFT}"))
    await world.says(TELEGRAM, Filled("o1", ("We were told to wait.",)))
    assert len(world.rows(ASIDES)) == 1


async def test_words_held_beside_a_button_go_when_they_become_the_answer(world: World) -> None:
    [token] = world.invite()
    await at_comment(world, token)
    words = "We were told to wait and then to wait again."
    await world.says(TELEGRAM, Overheard(words))
    assert len(world.rows(ASIDES)) == 1
    await world.says(TELEGRAM, Filled("o1", (words,)))
    assert world.rows(ASIDES) == []

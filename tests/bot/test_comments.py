"""A comment waits to be read from the moment it is stored."""

import json
from functools import partial

import pytest

from bot import comments, keeping
from bot.cases import Cases
from bot.errors import CommentRefused
from bot.office import Office
from bot.ports import ChatPlace, CodeGiven, TurnStatus, WebPlace
from bot.staff_chat import StaffChat
from storage import comments as stored_comments
from storage import erasing
from storage.conversations import Place
from storage.invitations import Invitation
from surveys.concern import Tier
from surveys.events import AnswerDropped, HelpOffered
from surveys.inputs import Filled, NoticeAcknowledged, Skipped, Typed
from surveys.model import State
from surveys.session import Answer
from tests.bot.conftest import TELEGRAM, World

QUEUE = "SELECT question_key, status, concern, due_on FROM comment ORDER BY question_key"
CASES = "SELECT status FROM safeguarding_case"
RISK = "He says he wants to kill himself."


async def says_so(world: World, text: str, key: str = "o1") -> WebPlace:
    """A parent begins and writes a comment."""
    place = await world.begins(world.invite()[0])
    await world.says(place, Filled(key, (text,)))
    return place


async def test_a_comment_waits_from_the_transaction_that_stores_it(world: World) -> None:
    await says_so(world, "More therapy please.")
    assert world.rows(QUEUE) == [("o1", "waiting", "none", "2027-03-02")]
    [found] = comments.waiting(world.reader)
    assert found.comment.text == "More therapy please."
    assert found.question.startswith("What is working well")


async def test_a_queue_that_fails_takes_the_answer_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_queue(*_: object) -> None:
        raise RuntimeError

    place = await world.begins(world.invite()[0])
    monkeypatch.setattr(stored_comments, "put", no_queue)
    with pytest.raises(RuntimeError):
        await world.says(place, Filled("o1", ("More therapy please.",)))
    assert world.rows("SELECT * FROM answer") == []
    assert world.rows(QUEUE) == []


async def test_only_words_are_comments(world: World) -> None:
    place = await world.begins(world.invite()[0])
    await world.says(place, Filled("phase", ("primary",)))
    await world.says(place, Skipped("o1"))
    assert world.rows(QUEUE) == []


async def test_a_changed_comment_waits_again_and_the_same_one_does_not(world: World) -> None:
    place = await says_so(world, "More therapy.")
    [found] = comments.waiting(world.reader)
    mark = partial(comments.mark_read, comment_id=found.comment.id, actor="test")
    assert world.writer.one(mark)
    await world.says(place, Filled("o1", ("More therapy.",)))
    assert comments.waiting(world.reader) == ()
    await world.says(place, Filled("o1", ("Less therapy.",)))
    [again] = comments.waiting(world.reader)
    assert again.comment.text == "Less therapy."


async def test_a_comment_that_is_skipped_after_all_waits_no_more(world: World) -> None:
    place = await says_so(world, "More therapy.")
    await world.says(place, Skipped("o1"))
    assert world.rows(QUEUE) == []


async def test_a_comment_whose_question_is_no_longer_asked_waits_no_more(world: World) -> None:
    place = await says_so(world, RISK)
    turned = await world.service.look(place)
    assert turned.session
    assert turned.questionnaire
    dropped = AnswerDropped("o1", Answer(State.ANSWERED, RISK))
    cases = Cases(world.reader, world.clock(), lambda: "", StaffChat())
    keep = partial(
        keeping.keep,
        place=Place(_invitation(world)),
        questionnaire=turned.questionnaire,
        session=turned.session,
        events=[dropped],
        run=turned.run or "",
        response_id=world.rows("SELECT id FROM response")[0][0],
        mode="web",
        cases=cases,
    )
    assert world.writer.one(keep) == (dropped,)
    assert world.rows(QUEUE) == []
    assert world.rows("SELECT state FROM answer") == [("not_asked",)]
    assert world.rows(CASES) == [("open",)]


def _invitation(world: World) -> Invitation:
    [row] = world.rows("SELECT id, round_id, kind FROM invitation")
    return Invitation(*row)


async def test_reading_is_in_the_audit_log_and_only_what_waits_is_read(world: World) -> None:
    await says_so(world, "More therapy.")
    [found] = comments.waiting(world.reader)
    read = partial(comments.must_mark_read, comment_id=found.comment.id, actor="test")
    world.writer.one(read)
    with pytest.raises(CommentRefused, match="comments waiting"):
        world.writer.one(read)
    logged = "SELECT actor, subject, detail FROM audit WHERE action = 'comment read'"
    assert world.rows(logged) == [("test", found.comment.id, "")]


async def test_an_urgent_comment_offers_help_and_opens_one_case(world: World) -> None:
    place = await world.begins(world.invite()[0])
    turned = await world.says(place, Filled("o1", (RISK,)))
    assert HelpOffered() in turned.events
    turned = await world.says(place, Filled("o1", (f"{RISK} Please ring me.",)))
    assert HelpOffered() in turned.events
    assert world.rows(CASES) == [("open",)]
    assert world.rows("SELECT count(*) FROM audit WHERE action = 'case opened'") == [(1,)]
    [found] = comments.waiting(world.reader)
    assert found.comment.concern.tier is Tier.URGENT
    await world.says(place, Filled("o1", ("Nothing.",)))
    assert world.rows(CASES) == [("open",)], "what was said once is not unsaid"


async def test_a_plain_comment_offers_nothing_and_opens_nothing(world: World) -> None:
    place = await world.begins(world.invite()[0])
    turned = await world.says(place, Filled("o1", ("More therapy.",)))
    assert HelpOffered() not in turned.events
    assert world.rows(CASES) == []


async def test_a_button_pressed_twice_shows_the_help_all_the_same(world: World) -> None:
    place = await world.begins(world.invite()[0])
    for key, text in (("one", RISK), ("two", "More therapy.")):
        await world.says(place, Filled("o1", (text,)), key=key)
        again = await world.says(place, Filled("o1", (text,)), key=key)
        assert again.status is TurnStatus.DUPLICATE
        assert (HelpOffered() in again.events) is (text == RISK)
    unknown = await world.says(WebPlace("nobody"), Filled("o1", (RISK,)), key="one")
    assert unknown.status is TurnStatus.UNKNOWN
    assert unknown.events == (HelpOffered(),), "whoever says so is helped"


async def test_help_comes_before_the_next_question_in_what_is_pushed(world: World) -> None:
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await world.says(TELEGRAM, Filled("o1", (RISK,)))
    [(pushed,)] = world.rows("SELECT arguments FROM outbox ORDER BY id DESC LIMIT 1")
    told = [event["event"] for event in json.loads(pushed)["events"]]
    assert told == ["AnswerRecorded", "HelpOffered", "QuestionAsked"]


@pytest.mark.parametrize("place", [TELEGRAM, None], ids=["telegram", "web"])
async def test_after_the_cut_the_comment_stays_and_the_case_has_its_own_contact(
    world: World, place: ChatPlace | None
) -> None:
    [token] = world.invite()
    if place:
        await world.says(place, CodeGiven(token))
        await world.says(place, NoticeAcknowledged())
    else:
        await world.begins(token)
    await world.says(place or WebPlace(token), Filled("o1", (RISK,)))
    [(invitation,)] = world.rows("SELECT id FROM invitation")
    world.writer.one(lambda db, now: erasing.cut(db, world.round.id, now))
    assert [each.comment.text for each in comments.waiting(world.reader)] == [RISK]
    assert world.rows("SELECT * FROM link") == []
    [(sealed,)] = world.rows("SELECT contact FROM safeguarding_case")
    contact = json.loads(world.vault.unseal(sealed))
    assert contact["invitation"] == invitation
    assert contact.get("address") == (place and place.address)
    assert invitation not in sealed


async def test_the_desk_reads_and_marks(world: World) -> None:
    await says_so(world, "More therapy.")
    office = Office(
        world.intake,
        world.reader,
        None,  # type: ignore[arg-type]  # no heavy work here
        world.clock,
        vault=world.vault,
        database_path=None,  # type: ignore[arg-type]  # nor a file
        strategy_path=None,
    )
    [found] = await office.comments_waiting()
    assert await office.count_comments_waiting() == 1
    assert await office.mark_comment_read(found.comment.id, "test")
    assert not await office.mark_comment_read(found.comment.id, "test")
    assert await office.comments_waiting() == ()


@pytest.mark.parametrize("aside", [False, True], ids=["answer", "aside"])
async def test_whoever_read_a_comment_today_puts_it_back(world: World, *, aside: bool) -> None:
    if aside:
        place = await world.begins(world.invite()[0])
        await world.says(place, Typed(RISK))
    else:
        await says_so(world, RISK)
    [found] = comments.waiting(world.reader)
    named = partial(comments.put_back, comment_id=found.comment.id)
    assert not world.writer.one(partial(named, actor="account a1")), "it was not read yet"
    read = partial(comments.mark_read, comment_id=found.comment.id, actor="account a1")
    assert world.writer.one(read)
    [done] = comments.read_today(world.reader, world.clock())
    assert (done.read.comment.text, done.read.at, done.by) == (RISK, world.clock(), "account a1")
    assert not world.writer.one(partial(named, actor="account a2")), "by somebody else"
    assert world.writer.one(partial(named, actor="account a1"))
    assert comments.waiting(world.reader) == (found,)
    assert comments.read_today(world.reader, world.clock()) == ()
    assert world.writer.one(read)
    world.clock.forward(days=1)
    assert comments.read_today(world.reader, world.clock()) == ()
    with pytest.raises(CommentRefused, match="read-today"):
        world.writer.one(
            partial(comments.must_put_back, comment_id=found.comment.id, actor="account a1")
        )
    logged = "SELECT action FROM audit WHERE subject = ? ORDER BY id"
    actions = [action for (action,) in world.rows(logged, found.comment.id)]
    assert actions == ["comment read", "comment put back", "comment read"]

"""A follow-up round asks again in the chats of families who are no contacts."""

from functools import partial

import pytest

from bot import inviting, mailing, planning, reminding
from bot.errors import RoundRefused
from bot.planning import Asked
from bot.ports import ChatPlace, CodeGiven
from storage import chats, contacts, erasing, mailings, rounds
from surveys.contacts import Contact
from surveys.inputs import Chosen, NoticeAcknowledged
from surveys.invitations import Channel, Exclusion
from tests.bot.conftest import TELEGRAM, World
from tests.bot.test_following import made

OTHER = ChatPlace("telegram", "9913")


async def answers(world: World, place: ChatPlace, *, finish: bool = True) -> str:
    """A family comes by the poster's code in this chat; returns its invitation's id."""
    code = rounds.open_code(world.reader, world.round.id)
    for said in (CodeGiven(code), NoticeAcknowledged(), Chosen("phase", "primary")):
        await world.says(place, said)
    lookup = world.vault.lookup(place.channel, place.address)
    [(found,)] = world.rows("SELECT invitation_id FROM chat WHERE lookup = ?", lookup)
    if finish:
        ended = (
            "UPDATE response SET finished_on = started_on WHERE id IN"
            " (SELECT response_id FROM link WHERE invitation_id = ?)"
        )
        world.writer.one(lambda db, _: db.conn.execute(ended, (found,)))
    return str(found)


def follow(world: World) -> None:
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Before")))
    made(world, "After", asking=plan)


def invite(world: World) -> int:
    return world.writer.one(
        partial(inviting.invite, vault=world.vault, a_round=world.round, actor="test")
    )


def remind(world: World) -> int:
    return world.writer.one(partial(reminding.remind_now, a_round=world.round, actor="test"))


def claimed(world: World) -> object:
    return world.writer.one(lambda db, now: mailing.claim_next(db, now, "telegram"))


@pytest.fixture
async def earlier(world: World) -> str:
    """One family finished the round before by its chat, another only began; now it is followed."""
    made(world, "Before")
    finished = await answers(world, TELEGRAM)
    await answers(world, OTHER, finish=False)
    follow(world)
    return finished


async def test_it_is_asked_once_in_its_chat_and_has_one_series(world: World, earlier: str) -> None:
    seen = world.writer.one(lambda db, now: inviting.audience(db, now, world.round))
    assert (seen.families, seen.by_channel) == (1, {Channel.TELEGRAM: 1})
    assert [invite(world), invite(world)] == [1, 0]
    seen = world.writer.one(lambda db, now: inviting.audience(db, now, world.round))
    assert seen.excluded == {Exclusion.ALREADY_INVITED: 1}
    lookup = world.vault.lookup("telegram", TELEGRAM.address)
    assert world.rows("SELECT channel, lookup, kind FROM outbox WHERE kind <> 'prompt'") == [
        ("telegram", lookup, "invitation")
    ]
    [(again,)] = world.rows("SELECT id FROM invitation WHERE earlier_id = ?", earlier)
    for said in (CodeGiven(world.vault.token(again, 1)), NoticeAcknowledged()):
        await world.says(TELEGRAM, said)
    [(first,), (second,)] = world.rows(
        "SELECT series FROM response JOIN link ON link.response_id = response.id"
        " WHERE invitation_id IN (?, ?)",
        earlier,
        again,
    )
    assert first == second


async def test_a_second_follow_up_asks_the_same_chat_28_days_later(
    world: World, earlier: str
) -> None:
    assert invite(world) == 1
    world.writer.one(
        lambda db, _: db.conn.execute("UPDATE round SET status = 'closed' WHERE name = 'After'")
    )
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Before")))
    made(world, "After again", asking=plan)
    assert invite(world) == 0
    world.clock.forward(days=28)
    assert invite(world) == 1


async def test_it_is_reminded_in_its_chat(world: World, earlier: str) -> None:
    invite(world)
    assert claimed(world) is not None
    world.writer.one(lambda db, _: db.conn.execute("UPDATE outbox SET status = 'sent'"))
    world.clock.forward(days=1)
    assert remind(world) == 1


async def test_who_stops_in_the_chat_gets_nothing_more(world: World, earlier: str) -> None:
    invite(world)
    world.writer.one(lambda db, now: erasing.stop(db, earlier, now))
    assert claimed(world) is None
    assert world.rows("SELECT reason FROM outbox WHERE kind = 'invitation'") == [
        ("stopped by the parent",)
    ]
    with pytest.raises(RoundRefused, match="Nobody is left to remind"):
        remind(world)


async def test_who_stopped_before_is_not_asked(world: World, earlier: str) -> None:
    world.writer.one(lambda db, now: erasing.stop(db, earlier, now))
    assert invite(world) == 0


async def test_who_is_erased_gets_nothing_more_and_is_not_held(world: World, earlier: str) -> None:
    invite(world)
    world.writer.one(lambda db, now: erasing.erase(db, earlier, now))
    assert claimed(world) is None
    assert world.rows("SELECT count(*) FROM invitation WHERE round_id = ?", world.round.id) == [
        (0,)
    ]
    lookup = world.vault.lookup("telegram", TELEGRAM.address)
    assert world.rows("SELECT count(*) FROM outbox WHERE lookup = ?", lookup) == [(0,)]


async def test_what_was_answered_in_the_round_after_outlives_the_one_before(
    world: World, earlier: str
) -> None:
    invite(world)
    [(again,)] = world.rows("SELECT id FROM invitation WHERE earlier_id = ?", earlier)
    await world.says(TELEGRAM, CodeGiven(world.vault.token(again, 1)))
    world.writer.one(lambda db, now: erasing.erase(db, earlier, now))
    assert world.rows("SELECT count(*) FROM invitation WHERE id = ?", again) == [(1,)]


async def test_a_chat_that_blocked_us_is_not_asked(world: World, earlier: str) -> None:
    lookup = world.vault.lookup("telegram", TELEGRAM.address)
    world.writer.one(lambda db, _: chats.mark(db, lookup, "blocked"))
    assert invite(world) == 0
    seen = world.writer.one(lambda db, now: inviting.audience(db, now, world.round))
    assert seen.excluded == {Exclusion.BLOCKED: 1}
    assert mailings.progress(world.reader, world.round.id) == (0, 0)
    assert contacts.count(world.reader) == 0


def contact_of(world: World, place: ChatPlace) -> str:
    """The contacts have a family that uses this chat; returns its id."""
    sealed = contacts.seal(world.vault, Contact(reference="F1", email="a@example.com"))
    made = world.writer.one(lambda db, now: contacts.add(db, sealed, now))
    lookup = world.vault.lookup(place.channel, place.address)
    world.writer.one(lambda db, _: contacts.link_chat(db, made, "telegram", lookup, "sealed"))
    return made


async def test_a_contact_that_came_by_the_poster_is_asked_unless_it_opted_out(
    world: World, earlier: str
) -> None:
    made = contact_of(world, TELEGRAM)
    seen = world.writer.one(lambda db, now: inviting.audience(db, now, world.round))
    assert seen.by_channel == {Channel.TELEGRAM: 1}
    world.writer.one(lambda db, now: erasing.opt_out(db, made, now))
    assert invite(world) == 0
    seen = world.writer.one(lambda db, now: inviting.audience(db, now, world.round))
    assert seen.excluded == {Exclusion.OPTED_OUT: 1}


async def test_a_contact_asked_in_its_chat_that_opts_out_or_stops_gets_nothing_more(
    world: World, earlier: str
) -> None:
    made = contact_of(world, TELEGRAM)
    assert invite(world) == 1
    assert world.rows("SELECT contact_id FROM invitation WHERE earlier_id = ?", earlier) == [
        (made,)
    ]
    world.writer.one(lambda db, now: erasing.stop(db, earlier, now))
    with pytest.raises(RoundRefused, match="Nobody is left to remind"):
        remind(world)
    world.writer.one(lambda db, now: erasing.start_again(db, earlier, now))
    world.writer.one(lambda db, now: erasing.opt_out(db, made, now))
    with pytest.raises(RoundRefused, match="Nobody is left to remind"):
        remind(world)
    assert claimed(world) is None
    world.writer.one(lambda db, now: erasing.erase(db, earlier, now))
    assert world.rows("SELECT count(*) FROM outbox WHERE kind <> 'prompt'") == [(0,)]


async def test_a_contact_that_also_answered_as_such_is_asked_once(
    world: World, earlier: str
) -> None:
    made = contact_of(world, TELEGRAM)
    also = (
        "UPDATE invitation SET contact_id = ? WHERE id <> ? AND round_id ="
        " (SELECT round_id FROM invitation WHERE id = ?)"
    )
    world.writer.one(lambda db, _: db.conn.execute(also, (made, earlier, earlier)))
    world.writer.one(
        lambda db, _: db.conn.execute("UPDATE response SET finished_on = '2027-03-01'")
    )
    seen = world.writer.one(lambda db, now: inviting.audience(db, now, world.round))
    assert (seen.families, seen.asked) == (1, 1)
    assert [invite(world), invite(world)] == [1, 0]
    assert world.rows("SELECT contact_id FROM invitation WHERE round_id = ?", world.round.id) == [
        (made,)
    ]

"""Replies by phone and on paper: whose they are, and what they change for that family."""

from functools import partial

import pytest

from bot import assisting, inviting, reminding, rounds
from bot.errors import BotError, ContactsRefused, RoundRefused
from bot.ports import WebPlace
from bot.round_ports import Reply
from storage import contacts, erasing
from surveys.contacts import Contact
from surveys.inputs import Chosen, NoticeAcknowledged, Opened
from surveys.invitations import Child
from surveys.records import RoundStatus
from tests.bot.conftest import World, replace


def family(world: World, reference: str, email: str) -> str:
    """A family of the contacts; returns its id."""
    sealed = contacts.seal(
        world.vault, Contact(reference=reference, email=email, children=(Child("primary"),))
    )
    return world.writer.one(lambda db, now: contacts.add(db, sealed, now))


def invite(world: World) -> int:
    return world.writer.one(
        partial(inviting.invite, vault=world.vault, a_round=world.round, actor="test")
    )


def invitation_of(world: World, contact: str) -> str:
    [(found,)] = world.rows("SELECT id FROM invitation WHERE contact_id = ?", contact)
    return str(found)


def enter(world: World, reply: Reply) -> str:
    return world.writer.one(
        partial(
            assisting.begin, vault=world.vault, a_round=world.round, reply=reply, actor="account o"
        )
    )


async def answers(world: World, token: str) -> None:
    for said in (Opened(), NoticeAcknowledged(), Chosen("phase", "primary")):
        await world.says(WebPlace(token), said)


def finish(world: World) -> None:
    world.writer.one(lambda db, _: db.conn.execute("UPDATE response SET finished_on = started_on"))


async def test_a_reply_of_nobody_known_is_kept_as_before(world: World) -> None:
    await answers(world, enter(world, Reply("phone")))
    assert world.rows("SELECT mode FROM response") == [("phone",)]
    assert world.rows("SELECT contact_id, assisted FROM invitation") == [(None, "phone")]


@pytest.mark.parametrize("by", ["reference", "email", "code", "link"])
async def test_a_reply_of_a_known_family_is_that_of_its_invitation(world: World, by: str) -> None:
    one = family(world, "F1", "a@example.com")
    family(world, "F2", "b@example.com")
    invite(world)
    own = world.vault.token(invitation_of(world, one), 1)
    replies = {
        "reference": Reply("paper", family=" F1 "),
        "email": Reply("paper", family="A@Example.com"),
        "code": Reply("paper", code=f" {own} "),
        "link": Reply("paper", code=f"https://voice.example/c/{own}"),
    }
    token = enter(world, replies[by])
    assert token != own
    await answers(world, token)
    finish(world)
    assert world.rows("SELECT mode FROM response") == [("paper",)]
    assert world.rows("SELECT contact_id FROM link JOIN invitation ON id = invitation_id") == [
        (one,)
    ]
    counts = world.writer.one(lambda db, _: rounds.counts(db, world.round))
    assert (counts.invited, counts.started, counts.finished) == (2, 1, 1)
    world.writer.one(lambda db, _: db.conn.execute("UPDATE outbox SET status = 'sent'"))
    world.clock.forward(days=1)
    reminded = world.writer.one(partial(reminding.remind_now, a_round=world.round, actor="test"))
    assert reminded == 1
    with pytest.raises(RoundRefused, match="answered this round already"):
        enter(world, replies[by])


async def test_the_log_does_not_say_which_family(world: World) -> None:
    one = family(world, "F1", "a@example.com")
    enter(world, Reply("phone", family="F1"))
    logged = world.rows("SELECT actor, subject, detail FROM audit WHERE action LIKE 'reply%'")
    assert logged == [("account o", "Spring", "phone")]
    assert one not in str(world.rows("SELECT * FROM audit"))


async def test_a_family_that_was_not_invited_yet_is_counted_once_and_not_asked_again(
    world: World,
) -> None:
    one = family(world, "F1", "a@example.com")
    world.clock.forward(days=1)
    token = enter(world, Reply("phone", family="F1"))
    assert enter(world, Reply("phone", family="F1")) == token
    assert invite(world) == 0
    await answers(world, token)
    finish(world)
    assert world.rows("SELECT count(*) FROM invitation WHERE contact_id = ?", one) == [(1,)]
    [(made,)] = world.rows("SELECT created_at FROM invitation WHERE contact_id = ?", one)
    opened = world.rows("SELECT opened_at FROM round WHERE id = ?", world.round.id)
    # The day of the call must not tell, after the cut, which reply was this family's.
    assert [(made,)] == opened
    assert world.rows("SELECT at FROM approach WHERE contact_id = ?", one) == opened


async def test_what_a_family_said_itself_is_not_shown_to_staff(world: World) -> None:
    one = family(world, "F1", "a@example.com")
    invite(world)
    await answers(world, world.vault.token(invitation_of(world, one), 1))
    with pytest.raises(RoundRefused, match="begun to answer by itself"):
        enter(world, Reply("phone", family="F1"))
    assert world.rows("SELECT count(*) FROM assist") == [(0,)]


async def test_a_family_that_only_pressed_start_can_ring(world: World) -> None:
    one = family(world, "F1", "a@example.com")
    invite(world)
    await world.begins(world.vault.token(invitation_of(world, one), 1))
    token = enter(world, Reply("phone", family="F1"))
    await world.says(WebPlace(token), Chosen("phase", "primary"))
    assert world.rows("SELECT mode FROM response") == [("phone",)]


async def test_an_officer_who_was_interrupted_goes_on(world: World) -> None:
    family(world, "F1", "a@example.com")
    token = enter(world, Reply("phone", family="F1"))
    await answers(world, token)
    assert enter(world, Reply("phone", family="F1")) == token


async def test_a_family_that_answers_itself_after_all_has_not_rung(world: World) -> None:
    one = family(world, "F1", "a@example.com")
    invite(world)
    enter(world, Reply("phone", family="F1"))
    await answers(world, world.vault.token(invitation_of(world, one), 1))
    assert world.rows("SELECT mode FROM response") == [("web",)]


async def test_the_cut_leaves_no_trace_of_who_was_helped(world: World) -> None:
    family(world, "F1", "a@example.com")
    await answers(world, enter(world, Reply("phone", family="F1")))
    world.writer.one(lambda db, now: erasing.cut(db, world.round.id, now))
    assert world.rows("SELECT count(*) FROM assist") == [(0,)]


@pytest.mark.parametrize(
    ("reply", "kind", "message"),
    [
        (Reply("pigeon"), RoundRefused, "by phone or on paper"),
        (Reply("phone", family="nobody@example.com"), ContactsRefused, "No family"),
        (Reply("phone", code="nosuch"), RoundRefused, "No letter of this round"),
        (Reply("phone", family="F1", code="x"), RoundRefused, "not by both"),
    ],
)
async def test_what_cannot_be_entered_changes_nothing(
    world: World, reply: Reply, kind: type[BotError], message: str
) -> None:
    with pytest.raises(kind, match=message):
        enter(world, reply)
    assert world.rows("SELECT count(*) FROM invitation") == [(0,)]
    assert world.rows("SELECT count(*) FROM audit WHERE action LIKE 'reply%'") == [(0,)]


async def test_a_family_that_had_itself_erased_is_not_tied_to_a_reply(world: World) -> None:
    one = family(world, "F1", "a@example.com")
    invite(world)
    asked = invitation_of(world, one)
    world.writer.one(lambda db, now: erasing.erase(db, asked, now))
    with pytest.raises(RoundRefused, match="had itself erased"):
        enter(world, Reply("phone", family="F1"))


async def test_a_code_of_another_round_and_a_round_that_is_not_open(world: World) -> None:
    [token] = world.invite()
    elsewhere = replace(world.round, id="another")
    with pytest.raises(RoundRefused, match="No letter of this round"):
        world.writer.one(
            partial(
                assisting.begin,
                vault=world.vault,
                a_round=elsewhere,
                reply=Reply("phone", code=token),
                actor="test",
            )
        )
    draft = replace(world.round, status=RoundStatus.DRAFT)
    with pytest.raises(RoundRefused, match="not open"):
        world.writer.one(
            partial(
                assisting.begin,
                vault=world.vault,
                a_round=draft,
                reply=Reply("phone"),
                actor="test",
            )
        )

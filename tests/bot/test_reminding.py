"""By which channel a family is reminded: the one it chose itself, while that is open."""

from functools import partial

import pytest

from bot import reminding
from bot.ports import CodeGiven, WebPlace
from storage import chats, contacts, plans
from surveys.inputs import Opened
from surveys.invitations import Channel
from surveys.plans import RoundPlan
from tests.bot.conftest import TELEGRAM, World
from tests.bot.test_mailing import family, invite


def asks_by(world: World, *order: Channel) -> None:
    plan = RoundPlan(channels=order)
    world.writer.one(lambda db, _: plans.put(db, world.round.id, plan))


def invited(world: World, **but: object) -> str:
    """A family that was sent its invitation; returns its own token."""
    family(world, "a", phone="+447700900001", **but)
    assert invite(world) == 1
    world.writer.one(lambda db, _: db.conn.execute("UPDATE outbox SET status = 'sent'"))
    [(invitation,)] = world.rows("SELECT id FROM invitation")
    return world.vault.token(invitation, 1)


def reminded_by(world: World) -> list[str]:
    world.clock.forward(days=1)
    world.writer.one(partial(reminding.remind_now, a_round=world.round, actor="test"))
    return [row[0] for row in world.rows("SELECT channel FROM outbox WHERE kind = 'reminder'")]


@pytest.mark.parametrize(
    "order", [(Channel.EMAIL, Channel.TELEGRAM), (Channel.EMAIL,), (Channel.TEXT,)]
)
async def test_a_family_that_uses_a_chat_is_reminded_there(
    world: World, order: tuple[Channel, ...]
) -> None:
    asks_by(world, *order)
    await world.says(TELEGRAM, CodeGiven(invited(world)))
    assert reminded_by(world) == ["telegram"]


async def test_a_chat_that_was_blocked_is_not_used(world: World) -> None:
    asks_by(world, Channel.EMAIL, Channel.TELEGRAM)
    await world.says(TELEGRAM, CodeGiven(invited(world)))
    lookup = world.vault.lookup("telegram", TELEGRAM.address)

    world.writer.one(lambda db, _: chats.mark(db, lookup, "blocked"))
    world.writer.one(lambda db, now: contacts.give_up(db, lookup, "blocked", now))
    assert reminded_by(world) == ["email"]


async def test_a_family_that_came_by_a_text_message_is_reminded_by_one(world: World) -> None:
    asks_by(world, Channel.TEXT)
    await world.says(WebPlace(invited(world)), Opened())
    asks_by(world, Channel.EMAIL, Channel.TEXT)
    assert reminded_by(world) == ["text"]


async def test_a_family_that_has_not_come_is_reminded_by_what_it_prefers(world: World) -> None:
    asks_by(world, Channel.EMAIL, Channel.TEXT)
    invited(world, prefers=Channel.TEXT)
    assert reminded_by(world) == ["text"]


async def test_a_family_that_has_not_come_and_prefers_nothing_is_reminded_in_the_rounds_order(
    world: World,
) -> None:
    asks_by(world, Channel.TEXT)
    invited(world)
    asks_by(world, Channel.EMAIL, Channel.TEXT)
    assert reminded_by(world) == ["email"]

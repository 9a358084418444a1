"""A follow-up and the round it follows are one asking; every other round is another."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from bot import inviting, planning, rounds
from bot.errors import RoundRefused
from bot.follow_ups import exemption
from bot.planning import Asked
from storage import contacts, plans
from storage.database import Database
from surveys.invitations import Exclusion
from surveys.plans import RoundPlan
from surveys.records import RoundStatus
from tests.bot.conftest import CLOSES, World
from tests.bot.test_following import answers, closed, family, invite, made

LATE = CLOSES + timedelta(days=100)


def follow(world: World, name: str, of: str = "Before") -> None:
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows=of)))
    made(world, name, asking=plan, closes_at=LATE)


def close(world: World, name: str) -> None:
    world.writer.one(
        lambda db, _: db.conn.execute("UPDATE round SET status = 'closed' WHERE name = ?", (name,))
    )


def excluded(world: World) -> object:
    return world.writer.one(lambda db, now: inviting.audience(db, now, world.round)).excluded


def put(db: Database, _: datetime, round_id: str, plan: RoundPlan) -> None:
    plans.put(db, round_id, plan)


@pytest.fixture
async def answered(world: World) -> None:
    """One family was invited to the round before and answered it."""
    family(world, 1)
    made(world, "Before", closes_at=LATE)
    [token] = invite(world)
    await answers(world, token)


async def test_one_follow_up_at_a_time_is_planned_or_open(world: World, answered: None) -> None:
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Before")))
    follow(world, "After")
    with pytest.raises(RoundRefused, match="'After' follows 'Before' already and is open"):
        made(world, "After again", asking=plan)
    close(world, "After")
    follow(world, "After again")
    assert world.round.status is RoundStatus.OPEN


async def test_of_two_drafts_from_before_only_one_opens(world: World, answered: None) -> None:
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Before")))
    made(world, "One")
    made(world, "Two")
    both = "UPDATE round SET status = 'draft', opened_at = NULL WHERE name IN ('One', 'Two')"
    world.writer.one(lambda db, _: db.conn.execute(both))
    for name in ("One", "Two"):
        draft = rounds.find(world.reader, name)
        world.writer.one(partial(put, round_id=draft.id, plan=plan))
    world.writer.one(partial(rounds.open_round, name="One", actor="test"))
    with pytest.raises(RoundRefused, match="'One' follows 'Before' already and is open"):
        world.writer.one(partial(rounds.open_round, name="Two", actor="test"))


async def test_a_pair_is_free_from_its_own_first_round_and_from_no_other(
    world: World, answered: None
) -> None:
    world.clock.forward(days=30)
    made(world, "Another", closes_at=LATE)
    assert len(invite(world)) == 1, "queued, and not sent yet"
    follow(world, "After")
    assert excluded(world) == {Exclusion.CONTACTED_TOO_OFTEN: 1}
    world.clock.forward(days=28)
    assert excluded(world) == {}


async def test_a_second_follow_up_is_an_asking_of_its_own(world: World, answered: None) -> None:
    follow(world, "After")
    assert len(invite(world)) == 1
    world.writer.one(
        lambda db, now: db.conn.execute(
            "INSERT INTO approach SELECT contact_id, round_id, ? FROM invitation",
            (now.isoformat(timespec="milliseconds"),),
        )
    )
    close(world, "After")
    follow(world, "After again")
    assert excluded(world) == {Exclusion.CONTACTED_TOO_OFTEN: 1}
    world.clock.forward(days=28)
    assert excluded(world) == {}


async def test_a_pair_counts_once_in_the_year(world: World, answered: None) -> None:
    follow(world, "After")
    invite(world)
    world.writer.one(
        lambda db, now: db.conn.execute(
            "INSERT INTO approach SELECT contact_id, round_id, ? FROM invitation",
            (now.isoformat(timespec="milliseconds"),),
        )
    )
    (one,) = contacts.families(world.reader, "another round")
    assert (len(one.approached), len(one.paired)) == (2, 1)
    world.clock.forward(days=28)
    made(world, "Another", closes_at=LATE)
    assert excluded(world) == {}


async def test_opening_says_what_a_follow_up_is_free_from(world: World, answered: None) -> None:
    before = world.round
    assert world.writer.one(lambda db, _: exemption(db, before)) == ""
    follow(world, "After")
    told = world.writer.one(lambda db, _: exemption(db, world.round))
    assert "does not wait until families have heard" in told
    assert "The two are one asking: the 28 days" in told
    close(world, "After")
    follow(world, "After again")
    told = world.writer.one(lambda db, _: exemption(db, world.round))
    assert "counts as an asking of its own" in told


async def test_a_follow_up_does_not_wait_for_what_was_done(world: World, answered: None) -> None:
    closed(world)
    close(world, "Before")
    follow(world, "After")
    assert world.round.status is RoundStatus.OPEN

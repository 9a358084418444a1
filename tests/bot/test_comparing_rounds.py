"""Which round another is compared with when it closes."""

import pickle
from functools import partial
from typing import Any

from bot import closing, planning, rounds, saying
from bot.closing import Material
from bot.planning import Asked
from storage import rounds as stored
from storage.you_said import YouSaid
from tests.bot.conftest import CLOSES, OPENS, World


def opened(world: World, name: str, **but: Any) -> None:
    known: dict[str, Any] = {
        "name": name,
        "survey": "parental_confidence",
        "opens_at": OPENS,
        "closes_at": CLOSES,
    }
    plan = rounds.Plan(**{**known, **but})
    last = world.writer.one(lambda db, _: stored.last_closed(db, plan.survey))
    if last is not None:
        entry = YouSaid(name, last.id, "Slow replies.", "We ring back.", "Head", CLOSES.date())
        world.writer.one(partial(saying.write, entry=entry, actor="test"))
    world.writer.one(partial(rounds.create, plan=plan, actor="test"))
    world.round = world.writer.one(partial(rounds.open_round, name=name, actor="test"))
    world.clock.forward(hours=1)


def material(world: World) -> Material:
    world.writer.one(partial(closing.stop_answers, round_id=world.round.id, actor="test"))
    found = world.writer.one(partial(closing.gather, round_id=world.round.id))
    assert found is not None
    world.clock.forward(hours=1)
    return found


def closed(world: World) -> dict[str, Any]:
    release = closing.build(material(world))
    world.writer.one(partial(closing.keep, round_id=world.round.id, release=release))
    return release


def compared(world: World) -> str | None:
    before = material(world).before
    return before.round.name if before else None


def test_the_first_round_is_compared_with_none(world: World) -> None:
    assert compared(world) is None


def test_a_round_is_compared_with_the_last_that_has_a_release(world: World) -> None:
    first = closed(world)
    opened(world, "Summer")
    closed(world)
    opened(world, "Without a release")
    material(world)
    opened(world, "Autumn")
    found = material(world)
    assert found.before is not None
    assert (found.before.round.name, found.before.is_followed) == ("Summer", False)
    assert found.before.release["hash"] != first["hash"]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    made = closing.build(found)
    [change] = [table for table in made["tables"] if table["name"] == "index_change"]
    assert change["status"] == "withheld"


def test_demonstrations_are_compared_with_demonstrations(world: World) -> None:
    closed(world)
    opened(world, "Shown", demonstration=True)
    assert compared(world) is None
    opened(world, "Real")
    assert compared(world) == "Spring"


MOVE = {"survey": "transition_y6_y7", "linked": True}


def test_another_moment_or_questionnaire_is_not_compared(world: World) -> None:
    closed(world)
    opened(world, "After", **MOVE, moment="after")
    assert compared(world) is None
    opened(world, "Before", **MOVE, moment="before")
    assert compared(world) is None


def test_a_round_that_follows_is_compared_with_that_one(world: World) -> None:
    opened(world, "Before", **MOVE, moment="before")
    closed(world)
    opened(world, "Between", **MOVE, moment="after")
    closed(world)
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Before")))
    opened(world, "After", **MOVE, moment="after", asking=plan)
    before = material(world).before
    assert before is not None
    assert (before.round.name, before.is_followed, before.has_told_pairs) == ("Before", True, False)


def test_pairs_with_one_round_are_told_once(world: World) -> None:
    opened(world, "Before", linked=True)
    closed(world)
    plan = world.writer.one(lambda db, _: planning.plan_of(db, Asked(follows="Before")))
    for name, told in (("After", False), ("Again", True)):
        opened(world, name, linked=True, asking=plan)
        before = material(world).before
        assert before is not None
        assert before.has_told_pairs is told
        release = closing.build(material(world))
        world.writer.one(partial(closing.keep, round_id=world.round.id, release=release))

"""Rounds are made whole or refused with what to do about it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot import rounds
from bot.errors import RoundRefused
from bot.rounds import Plan
from surveys.inputs import Chosen
from surveys.records import RoundStatus
from tests.bot.conftest import CLOSES, OPENS, World

GOOD = Plan("Summer", "parental_confidence", OPENS, CLOSES)


def create(world: World, plan: Plan) -> None:
    world.writer.one(partial(rounds.create, plan=plan, actor="test"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "  "}, "1 to 100"),
        ({"name": "x" * 101}, "1 to 100"),
        ({"name": "SPRING"}, "already"),
        ({"survey": "nosuch"}, "survey list"),
        ({"opens_at": CLOSES}, "after the opening"),
        ({"phases": ("primry",)}, "early_years, primary"),
        ({"moment": "before"}, "leave --moment out"),
        ({"survey": "transition_y6_y7"}, "--moment before or --moment after"),
        ({"survey": "transition_y6_y7", "moment": "both"}, "--moment before"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    world: World, change: dict[str, object], message: str
) -> None:
    before = world.rows("SELECT count(*) FROM round")
    with pytest.raises(RoundRefused, match=message):
        create(world, replace(GOOD, **change))  # type: ignore[arg-type]  # the point of the test
    assert world.rows("SELECT count(*) FROM round") == before


def test_a_new_round_is_a_draft_of_the_newest_version(world: World) -> None:
    create(world, replace(GOOD, phases=("primary", "secondary")))
    made = world.writer.one(lambda db, _: rounds.find(db, "summer"))
    assert made.status is RoundStatus.DRAFT
    assert made.phases == ("primary", "secondary")
    assert (made.opens_at, made.closes_at) == (OPENS, CLOSES)


def test_a_round_opens_once_and_not_after_its_time(world: World) -> None:
    with pytest.raises(RoundRefused, match="open already"):
        world.writer.one(partial(rounds.open_round, name="Spring", actor="test"))
    create(world, GOOD)
    world.clock.now = CLOSES + timedelta(minutes=1)
    with pytest.raises(RoundRefused, match="closes later"):
        world.writer.one(partial(rounds.open_round, name="Summer", actor="test"))


def test_an_unknown_round_is_named(world: World) -> None:
    with pytest.raises(RoundRefused, match="round list"):
        world.writer.one(lambda db, _: rounds.find(db, "nosuch"))


def test_invitations_are_numbered_on_and_all_different(world: World) -> None:
    first = world.invite(3)
    issued = world.writer.one(
        partial(rounds.invite, vault=world.vault, a_round=world.round, count=600)
    )
    assert [one.number for one in issued] == list(range(4, 604))
    assert len({*first, *(one.token for one in issued)}) == 603
    assert world.rows("SELECT count(*) FROM invitation") == [(603,)]


def test_only_the_hash_of_a_token_is_kept(world: World) -> None:
    [token] = world.invite()
    assert token not in "\n".join(world.reader.conn.iterdump())


@pytest.mark.parametrize("count", [0, 100_001])
def test_a_number_of_invitations_out_of_range_is_refused(world: World, count: int) -> None:
    with pytest.raises(RoundRefused, match="1 to 100,000"):
        world.invite(count)


def test_nobody_is_invited_to_a_closed_round(world: World) -> None:
    world.round = replace(world.round, status=RoundStatus.CLOSED)
    with pytest.raises(RoundRefused, match="closed"):
        world.invite()


async def test_counts_are_by_phase_and_lose_nobody(world: World) -> None:
    places = [await world.begins(token) for token in world.invite(4)]
    await world.says(places[0], Chosen("phase", "secondary"))
    await world.says(places[1], Chosen("phase", "primary"))
    await world.says(places[2], Chosen("phase", "primary"))
    counts = rounds.counts(world.reader, world.round)
    assert (counts.invited, counts.started, counts.finished) == (4, 4, 0)
    assert [(row.phase, row.started) for row in counts.phases] == [
        ("primary", 2),
        ("secondary", 1),
        (None, 1),
    ]
    assert counts.open_code == world.code

"""A second release has a reason, is checked beside the first, and leaves it standing."""

from typing import Any

import pytest

from bot import closing, releasing
from bot.closing import Material
from bot.errors import RoundRefused
from storage import releases
from tests.bot.conftest import World


def close(world: World) -> dict[str, Any]:
    world.writer.one(lambda db, now: closing.stop_answers(db, now, world.round.id, "test"))
    material = world.writer.one(lambda db, now: closing.gather(db, now, world.round.id))
    assert material
    release = closing.build(material)
    world.writer.one(lambda db, now: closing.keep(db, now, world.round.id, release))
    return release


def again(world: World, reason: str) -> Material:
    return world.writer.one(lambda db, now: releasing.gather(db, now, world.round.id, reason))


def keep(world: World, material: Material, release: dict[str, Any]) -> int:
    return world.writer.one(lambda db, now: releasing.keep(db, now, material, release, "test"))


def test_a_second_release_is_kept_beside_the_first(world: World) -> None:
    first = close(world)
    material = again(world, " A definition was put right. ")
    second = closing.build(material)
    assert second["reason"] == "A definition was put right."
    assert keep(world, material, second) == 2
    kept = world.writer.one(lambda db, _: releases.history(db, world.round.id))
    assert [(number, why) for number, _, why, _ in kept] == [
        (1, ""),
        (2, "A definition was put right."),
    ]
    assert [each["hash"] for *_, each in kept] == [first["hash"], second["hash"]]


def test_a_second_release_needs_a_reason_and_a_first(world: World) -> None:
    with pytest.raises(RoundRefused, match="no release yet"):
        again(world, "because")
    close(world)
    with pytest.raises(RoundRefused, match="needs a reason"):
        again(world, "  ")


def test_a_release_that_was_not_checked_beside_the_newest_is_refused(world: World) -> None:
    close(world)
    material = again(world, "first")
    second = closing.build(material)
    keep(world, material, second)
    with pytest.raises(RoundRefused, match="in the meantime"):
        keep(world, material, second)

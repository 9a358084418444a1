"""Closing stops answers, keeps a release, and forgets who answered an anonymous round."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import closing
from bot.closing import Material
from bot.ports import CloseOutcome, CodeGiven, TurnStatus, WebPlace
from storage import database, plans
from surveys.inputs import Chosen, NoticeAcknowledged, Opened, Typed
from surveys.plans import Population, RoundPlan
from tests.bot.conftest import TELEGRAM, World

RELEASE: dict[str, Any] = {"hash": "abc", "tables": []}


def stop(world: World) -> CloseOutcome:
    return world.writer.one(lambda db, now: closing.stop_answers(db, now, world.round.id, "test"))


def gather(world: World) -> Material | None:
    return world.writer.one(lambda db, now: closing.gather(db, now, world.round.id))


def keep(world: World) -> bool:
    return world.writer.one(lambda db, now: closing.keep(db, now, world.round.id, RELEASE))


async def somebody_answers(world: World) -> str:
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await world.says(TELEGRAM, Chosen("phase", "primary"))
    return token


async def test_after_closing_no_answer_is_taken(world: World) -> None:
    token = await somebody_answers(world)
    assert stop(world) is CloseOutcome.CLOSED
    assert stop(world) is CloseOutcome.ALREADY_CLOSED
    turned = await world.says(WebPlace(token), Chosen("setting", "special"))
    assert turned.status is TurnStatus.CLOSED
    assert world.rows("SELECT count(*) FROM answer") == [(1,)]


async def test_the_population_of_the_plan_is_in_the_release(world: World) -> None:
    await somebody_answers(world)
    given = (Population("primary", "", 40),)
    world.writer.one(lambda db, _: plans.put(db, world.round.id, RoundPlan(population=given)))
    stop(world)
    material = gather(world)
    assert material
    assert material.population == given
    [table] = [each for each in closing.build(material)["tables"] if each["name"] == "response"]
    assert table["status"] == "withheld"


async def test_the_material_says_nothing_about_who_answered(world: World) -> None:
    token = await somebody_answers(world)
    stop(world)
    material = gather(world)
    assert material
    assert {key: each.texts for key, each in material.columns.answers.items()} == {
        "phase": ("primary",)
    }
    invited = world.rows("SELECT id FROM invitation")[0][0]
    assert token not in repr(material)
    assert invited not in repr(material)


async def test_an_anonymous_round_is_cut_for_ever(world: World, database_path: Path) -> None:
    await somebody_answers(world)
    sealed = world.rows("SELECT address FROM chat")[0][0]
    stop(world)
    assert keep(world)
    for table in ("link", "session", "chat", "notice_read", "outbox", "delivery"):
        assert world.rows(f"SELECT * FROM {table}") == []
    assert world.rows("SELECT count(*) FROM response") == [(1,)]
    assert world.rows("SELECT count(*) FROM invitation") == [(1,)]
    await world.intake.stop()
    world.reader.conn.close()
    database.truncate_log(database_path)
    everything = b"".join(path.read_bytes() for path in database_path.parent.glob("sendvoice.db*"))
    assert sealed.encode() not in everything


async def test_a_linked_round_keeps_its_links(world: World) -> None:
    world.writer.one(lambda db, _: db.conn.execute("UPDATE round SET linked = 1"))
    await somebody_answers(world)
    stop(world)
    assert keep(world)
    assert world.rows("SELECT count(*) FROM link") == [(1,)]


async def test_a_release_is_made_once(world: World) -> None:
    stop(world)
    assert keep(world)
    assert not keep(world)
    assert gather(world) is None
    assert world.rows("SELECT number, hash FROM release") == [(1, "abc")]


async def test_a_crash_after_stopping_leaves_a_round_that_can_be_finished(world: World) -> None:
    stop(world)
    assert gather(world) is not None
    assert keep(world)


def test_a_draft_and_a_stranger_cannot_be_closed(world: World) -> None:
    world.writer.one(lambda db, _: db.conn.execute("UPDATE round SET status = 'draft'"))
    assert stop(world) is CloseOutcome.NOT_OPEN
    world.round = replace(world.round, id="nosuch")
    assert stop(world) is CloseOutcome.UNKNOWN


async def test_b10_words_after_closing_change_nothing(world: World) -> None:
    await somebody_answers(world)
    stop(world)
    turned = await world.says(TELEGRAM, Typed("Not fine at all"))
    assert turned.status is TurnStatus.CLOSED
    assert (await world.says(TELEGRAM, Opened())).status is TurnStatus.CLOSED


@pytest.mark.parametrize("table", ["response", "answer"])
def test_tables_of_answers_cannot_name_an_invitation(world: World, table: str) -> None:
    columns = {row[0] for row in world.rows(f"SELECT name FROM pragma_table_info('{table}')")}
    assert not columns & {"invitation_id", "lookup", "address", "channel", "token_hash"}

"""FAULTS B44: reminders made twice at once, close to the end, or failing after they went."""

import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import inviting, mailing, reminding
from bot.intake import Writer
from storage import contacts, database, mailings
from storage.database import Database
from tests.bot.conftest import CLOSES, OPENS, World
from tests.bot.test_mailing import Carrier, carrier, families, invite, statuses, until_idle

__all__ = ["carrier"]

FAMILIES = 20


def remind(world: World) -> int:
    return world.writer.one(partial(reminding.remind_due, a_round=world.round))


async def test_two_jobs_at_once_make_one_reminder_for_each(
    world: World, carrier: Carrier, database_path: Path
) -> None:
    families(world, FAMILIES)
    invite(world)
    await until_idle(world, carrier)
    carrier.received.clear()
    world.clock.now = OPENS + timedelta(days=7, hours=2)
    ready, made = threading.Barrier(2), []

    def job() -> None:
        db = database.open_writer(database_path)
        try:
            writer = Writer(db, world.clock)
            ready.wait()
            made.append(writer.one(partial(reminding.remind_due, a_round=world.round)))
        finally:
            db.conn.close()

    jobs = [threading.Thread(target=job) for _ in range(2)]
    for each in jobs:
        each.start()
    for each in jobs:
        each.join()
    assert sorted(made) == [0, FAMILIES]
    await until_idle(world, carrier)
    assert len(carrier.received) == len(set(carrier.addresses)) == FAMILIES


async def test_the_last_slot_ten_minutes_before_closing_is_the_last(
    world: World, carrier: Carrier
) -> None:
    families(world, 2)
    invite(world)
    await until_idle(world, carrier)
    carrier.received.clear()
    opened = world.round.opened_at
    assert opened is not None
    closes = opened + timedelta(days=14, minutes=10)
    world.round = replace(world.round, closes_at=closes)
    world.writer.one(
        lambda db, _: db.conn.execute(
            "UPDATE round SET closes_at = ?", (closes.isoformat(timespec="milliseconds"),)
        )
    )
    world.clock.now = closes - timedelta(minutes=10)
    assert [remind(world) for _ in range(2)] == [2, 0]
    await until_idle(world, carrier)
    assert len(carrier.received) == 2
    world.clock.now = closes
    assert remind(world) == 0
    await until_idle(world, carrier)
    assert len(carrier.received) == 2


async def test_a_slot_too_late_to_be_sent_is_not_sent_after_closing(
    world: World, carrier: Carrier
) -> None:
    families(world, 1)
    invite(world)
    await until_idle(world, carrier)
    carrier.received.clear()
    world.clock.now = CLOSES - timedelta(minutes=10)
    assert remind(world) == 1
    await until_idle(world, carrier)
    world.clock.now = CLOSES + timedelta(hours=12)
    await until_idle(world, carrier)
    assert carrier.received == []
    assert statuses(world) == {"sent": 1, "failed": 1}


async def test_a_step_that_fails_after_sending_does_not_send_again(
    world: World, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    families(world, 3)
    invite(world)

    def fails(_db: Database, _invitation: str, _now: object) -> None:
        raise RuntimeError("the step after sending")

    with monkeypatch.context() as broken:
        broken.setattr(contacts, "approached_by", fails)
        await until_idle(world, carrier)
    assert len(carrier.received) == 3
    assert statuses(world) == {"unknown": 3}
    await until_idle(world, carrier)
    assert len(carrier.received) == 3


async def test_many_that_may_not_go_do_not_keep_the_writer(
    world: World, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    families(world, 5)
    invite(world)
    monkeypatch.setattr(mailing, "MOST_PUT_ASIDE", 2)
    world.clock.now = OPENS.replace(hour=21)
    assert world.writer.one(lambda db, now: mailing.claim_next(db, now, "email")) is None
    waits = world.rows("SELECT count(*) FROM outbox WHERE due_at > ?", world.clock().isoformat())
    assert waits == [(2,)]
    await until_idle(world, carrier)
    assert carrier.received == []


async def test_whom_nobody_can_reach_is_not_reminded(world: World, carrier: Carrier) -> None:
    families(world, 2)
    invite(world)
    await until_idle(world, carrier)
    first = world.rows("SELECT lookup FROM outbox ORDER BY id LIMIT 1")[0][0]
    world.writer.one(lambda db, now: contacts.give_up(db, str(first), "gone", now))
    world.clock.now = OPENS + timedelta(days=7, hours=2)
    assert remind(world) == 1
    assert mailings.unknown(world.reader, world.round.id) == []
    assert inviting.audience(world.reader, world.clock(), world.round).by_channel == {}

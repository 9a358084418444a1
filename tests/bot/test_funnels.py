"""How far each channel led is known after the cut, in numbers that are about nobody."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from bot import closing, exporting, retention, rounds
from bot.errors import RoundRefused
from bot.exporting import Kind
from bot.settings import Settings
from storage import funnel, mailings, outbox
from storage.database import Database
from storage.funnel import SEVERAL, Led
from storage.outbox import Message
from surveys.inputs import Chosen
from tests.bot.conftest import World

KEPT = "SELECT channel, invited, delivered, opened, started, finished FROM round_funnel"


def send(db: Database, now: datetime, channel: str, count: int, came_to: str = "sent") -> None:
    """The last invitations that were given nothing yet get a message on this channel."""
    free = db.conn.execute(
        "SELECT id FROM invitation WHERE id NOT IN (SELECT invitation_id FROM outbox"
        " WHERE invitation_id IS NOT NULL) ORDER BY id LIMIT ?",
        (count,),
    ).fetchall()
    for (invitation,) in map(tuple, free):
        key = f"{channel} {invitation}"
        outbox.add(
            db, Message(channel, key, "sealed", invitation, "invitation", "invitation", {}), now
        )
        db.conn.execute("UPDATE outbox SET status = ? WHERE lookup = ?", (came_to, key))


async def asked(world: World) -> None:
    """20 by email (3 fail, 1 bounces), 12 by text, 4 by letter; two answer, one to the end.

    Of letters nobody knows whether they arrived.
    """
    tokens = world.invite(36)
    for channel, count in (("email", 20), ("text", 12), ("letter", 4)):
        world.writer.one(partial(send, channel=channel, count=count))
    for status, limit in (("failed", 3), ("sent", 1)):
        world.writer.one(partial(spoil, status=status, limit=limit))
    for token in tokens[:2]:
        place = await world.begins(token)
        await world.says(place, Chosen("phase", "primary"))
    world.writer.one(
        lambda db, _: db.conn.execute(
            "UPDATE response SET finished_on = started_on WHERE id = (SELECT min(id) FROM response)"
        )
    )


def spoil(db: Database, _: datetime, status: str, limit: int) -> None:
    ids = db.conn.execute(
        "SELECT id FROM outbox WHERE channel = 'email' AND status = 'sent' LIMIT ?", (limit,)
    ).fetchall()
    for (number,) in map(tuple, ids):
        if status == "sent":
            mailings.put_receipt(db, number, "failed", "Notify: permanent-failure")
        else:
            db.conn.execute("UPDATE outbox SET status = 'failed' WHERE id = ?", (number,))


def close(world: World) -> None:
    world.writer.one(partial(closing.stop_answers, round_id=world.round.id, actor="test"))
    world.writer.one(partial(closing.keep, round_id=world.round.id, release={"hash": "abc"}))


async def test_the_numbers_are_the_same_before_and_after_the_cut(world: World) -> None:
    await asked(world)
    before = funnel.of_round(world.reader, world.round.id)
    assert {row.channel: (row.invited, row.delivered) for row in before} == {
        "email": (20, 16),
        SEVERAL: (16, 12),
    }
    assert sum(row.opened or 0 for row in before) == 2
    assert (sum(row.started for row in before), sum(row.finished for row in before)) == (2, 1)
    close(world)
    assert world.rows("SELECT count(*) FROM outbox WHERE kind = 'invitation'") == [(0,)]
    assert funnel.of_round(world.reader, world.round.id) == before
    assert [Led(*row) for row in world.rows(KEPT)] == list(before)


async def test_what_is_kept_names_nobody_and_no_channel_of_few(world: World) -> None:
    await asked(world)
    close(world)
    columns = [row[1] for row in world.rows("PRAGMA table_info(round_funnel)")]
    assert columns == [
        "round_id", "channel", "invited", "delivered", "opened", "started", "finished",
    ]  # fmt: skip
    assert all(invited >= funnel.LEAST for (_, invited, *_) in world.rows(KEPT))


@pytest.mark.parametrize(
    ("invited", "rows"),
    [
        ((20, 12, 11), {"a": 20, "b": 12, "c": 11}),
        ((20, 12, 4), {"a": 20, SEVERAL: 16}),
        ((20, 6, 4), {"a": 20, SEVERAL: 10}),
        ((20, 4), {SEVERAL: 24}),
        ((4, 3), {SEVERAL: 7}),
        ((3,), {"a": 3}),
        ((10,), {"a": 10}),
        ((), {}),
    ],
)
def test_channels_that_asked_few_stand_together(
    invited: tuple[int, ...], rows: dict[str, int]
) -> None:
    made = [Led(name, count, 1, 1, 1, 1) for name, count in zip("abc", invited, strict=False)]
    together = funnel.joined(made)
    assert {row.channel: row.invited for row in together} == rows
    assert sum(row.finished for row in together) == len(made)


async def test_counts_outlive_the_answers_and_a_file_of_them_is_refused(world: World) -> None:
    for token in world.invite(12):
        place = await world.begins(token)
        await world.says(place, Chosen("phase", "primary"))
    close(world)
    world.clock.now += timedelta(days=1200)
    found = retention.cutoffs(Settings(), world.clock())
    retention.run(world.writer.one, found, "test")
    assert world.rows("SELECT count(*) FROM response") == [(0,)]
    known = rounds.find(world.reader, "Spring")
    counts = rounds.counts(world.reader, known)
    assert (counts.invited, counts.started, counts.finished) == (12, 12, 0)
    with pytest.raises(RoundRefused, match="kept no longer"):
        exporting.export(world.reader, Kind.RESPONSES, ["Spring"])


async def test_of_a_round_that_was_cut_before_only_what_is_known_is_said(world: World) -> None:
    await asked(world)
    close(world)
    world.writer.one(lambda db, _: db.conn.execute("DELETE FROM round_funnel"))
    assert funnel.of_round(world.reader, world.round.id) == (Led("", 36, None, None, 2, 1),)


async def test_numbers_are_kept_once(world: World) -> None:
    await asked(world)
    close(world)
    kept = world.rows(KEPT)
    world.writer.one(lambda db, _: funnel.keep(db, world.round.id))
    assert world.rows(KEPT) == kept

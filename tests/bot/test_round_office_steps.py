"""Steps of a round that ask first: reminding, deleting a draft, changing what was written."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bot import rounds
from bot.errors import RoundRefused
from bot.round_office import RoundOffice
from bot.round_ports import SaidRow
from surveys.invitations import Channel
from tests.bot.conftest import World
from tests.bot.test_round_office import NEW, office, with_families, woken, worker

__all__ = ["office", "woken", "worker"]


async def test_a_reminder_pressed_twice_goes_once_and_never_shares_a_mail_merge(
    office: RoundOffice, world: World
) -> None:
    await with_families(office)
    await office.invite(world.round.id, "test", "")
    opted_out = "UPDATE contact SET opted_out_at = added_at WHERE email <> ''"
    world.writer.one(lambda db, _: db.conn.execute(opted_out))
    assert "1 letter waits" in (await office.reminder(world.round.id)).why_not
    await office.letters(world.round.id, "test")
    for late, reason in ((0, "less than a day ago"), (23, "less than a day ago")):
        world.clock.forward(hours=late)
        with pytest.raises(RoundRefused, match=reason):
            await office.remind(world.round.id, "test")
    world.clock.forward(hours=1)
    seen = await office.reminder(world.round.id)
    assert (seen.by_channel, seen.last_at, seen.held_back) == ({Channel.LETTER: 1}, None, 0)
    assert await office.remind(world.round.id, "test") == 1
    with pytest.raises(RoundRefused, match="waits to be downloaded"):
        await office.remind(world.round.id, "test")
    at = world.clock.now
    assert (await office.letters(world.round.id, "test")).count == 1
    world.clock.forward(days=1)
    assert (await office.reminder(world.round.id)).last_at == at


async def test_two_letters_to_one_family_never_go_in_one_merge(
    office: RoundOffice, world: World
) -> None:
    await with_families(office)
    await office.invite(world.round.id, "test", "")
    world.writer.one(
        lambda db, _: db.conn.execute(
            "INSERT INTO outbox (channel, lookup, address, invitation_id, kind, slot, message_key,"
            " arguments, status, due_at) SELECT channel, lookup, address, invitation_id,"
            " 'reminder', '1', 'reminder', arguments, status, due_at FROM outbox"
            " WHERE channel = 'letter'"
        )
    )
    assert (await office.letters(world.round.id, "test")).count == 1
    assert world.rows("SELECT kind, reason FROM outbox WHERE status = 'failed'") == [
        ("reminder", "another letter to this family was in the same mail merge")
    ]


async def test_what_was_done_is_written_and_shown(office: RoundOffice, world: World) -> None:
    entry = SaidRow("Slow.", "Faster.", "Head", date(2027, 6, 30))
    with pytest.raises(RoundRefused, match="closed round"):
        await office.say(world.round.id, entry, "test")
    world.writer.one(lambda db, _: db.conn.execute("UPDATE round SET status = 'closed'"))
    await office.say(world.round.id, entry, "test")
    seen = await office.see(world.round.id)
    assert seen is not None
    [written] = seen.said
    assert replace(written, id="") == entry
    await office.say(world.round.id, replace(written, done="At once."), "account o")
    seen = await office.see(world.round.id)
    assert seen is not None
    assert [each.done for each in seen.said] == ["At once."]
    await office.unsay(world.round.id, written.id, "account o")
    with pytest.raises(RoundRefused, match="not there any more"):
        await office.unsay(world.round.id, written.id, "account o")
    logged = "SELECT actor, action FROM audit WHERE action LIKE 'you said%' ORDER BY id"
    assert world.rows(logged) == [
        ("test", "you said, we did"),
        ("account o", "you said, we did: corrected"),
        ("account o", "you said, we did: removed"),
    ]


async def test_what_families_were_told_stands(office: RoundOffice, world: World) -> None:
    world.writer.one(lambda db, _: db.conn.execute("UPDATE round SET status = 'closed'"))
    entry = SaidRow("Slow.", "Faster.", "Head", date(2027, 6, 30))
    await office.say(world.round.id, entry, "test")
    world.clock.forward(minutes=1)
    await office.open(await office.create(NEW, "test"), "test", "")
    seen = await office.see(world.round.id)
    assert seen is not None
    [written] = seen.said
    assert written.told_with == "Summer"
    for change in (
        office.say(world.round.id, replace(written, done="Never."), "test"),
        office.unsay(world.round.id, written.id, "test"),
    ):
        with pytest.raises(RoundRefused, match="Families were told this when"):
            await change


async def test_a_draft_is_deleted_and_nothing_that_was_asked(
    office: RoundOffice, world: World
) -> None:
    made = await office.create(NEW, "test")
    await office.delete(made, "account o")
    assert await office.see(made) is None
    assert world.rows("SELECT count(*) FROM round_plan WHERE round_id = ?", made) == [(0,)]
    logged = "SELECT actor, subject FROM audit WHERE action = 'draft deleted'"
    assert world.rows(logged) == [("account o", "Summer")]
    again = await office.create(NEW, "test")
    draft = rounds.find(world.reader, "Summer")
    world.writer.one(partial(rounds.invite, vault=world.vault, a_round=draft, count=1))
    with pytest.raises(RoundRefused, match="families may hold them"):
        await office.delete(again, "test")
    with pytest.raises(RoundRefused, match="only a draft can be deleted"):
        await office.delete(world.round.id, "test")

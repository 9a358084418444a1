"""What stands behind the pages of rounds and contacts, on a real database."""

import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import mailing, merging
from bot.errors import ContactsRefused, RoundRefused
from bot.letter import House
from bot.ports import WebPlace
from bot.round_office import RoundOffice
from bot.round_ports import Letters, Wanted
from storage import database, erasing, mailings
from storage.database import Database
from surveys.errors import PlanRefused
from surveys.inputs import Chosen, NoticeAcknowledged, Opened
from surveys.invitations import Channel, Exclusion
from surveys.records import RoundStatus
from tests.bot.conftest import CLOSES, World

LIST = b"""Name,Email,Address,Phase,SEN status
A,a@example.com,,Primary,EHC plan
B,,2 High Street,Secondary,
C,not one,,Primary,
"""
NEW = Wanted(
    "Summer",
    "parental_confidence",
    "1/3/2027 09:00",
    "28/3/2027 17:00",
    population="primary/ehcp=40\nsecondary=20",
)


@pytest.fixture
def woken() -> list[bool]:
    return []


@pytest.fixture
def worker() -> Iterator[Executor]:
    """A thread: the real one is a process, tried in the journeys."""
    with ThreadPoolExecutor(1) as made:
        yield made


@pytest.fixture
def office(world: World, database_path: Path, woken: list[bool], worker: Executor) -> RoundOffice:
    return RoundOffice(
        world.intake,
        partial(database.open_reader, database_path),
        worker,
        world.vault,
        world.clock,
        House("Council", "https://voice.example"),
        wake=lambda: woken.append(True),
    )


async def finishes(world: World, invitation_id: str) -> None:
    """The family of this invitation answers, and has finished."""
    place = await world.begins(world.vault.token(invitation_id, 1))
    await world.says(place, Chosen("phase", "primary"))
    world.writer.one(
        lambda db, _: db.conn.execute(
            "UPDATE response SET finished_on = started_on WHERE id IN"
            " (SELECT response_id FROM link WHERE invitation_id = ?)",
            (invitation_id,),
        )
    )


async def with_families(office: RoundOffice) -> None:
    _, key = await office.look_at_list("s", LIST, "list.csv")
    await office.keep_list("s", key, "test")


async def test_a_list_is_looked_at_kept_once_and_not_after_half_an_hour(
    office: RoundOffice, world: World
) -> None:
    seen, key = await office.look_at_list("s", LIST, "list.csv")
    assert (seen.rows, seen.new, len(seen.refused)) == (3, 2, 1)
    assert ("email", "Email", "Email") in seen.columns
    assert await office.families() == 0
    assert await office.keep_list("s", key, "test") == (2, 0)
    assert await office.families() == 2
    for late in (0, 31):
        _, key = await office.look_at_list("s", LIST, "list.csv")
        if not late:
            await office.keep_list("s", key, "test")
        world.clock.forward(minutes=late)
        with pytest.raises(ContactsRefused, match="too long ago"):
            await office.keep_list("s", key, "test")


async def test_columns_are_mapped_anew_and_what_was_seen_last_is_kept(
    office: RoundOffice, world: World
) -> None:
    _, first = await office.look_at_list("s", LIST, "list.csv")
    seen, second = await office.look_again("s", first, {"address": "", "name": "Name"})
    assert (seen.new, len(seen.refused)) == (1, 2)
    assert ("address", "Postal address", "") in seen.columns
    for session, key in (("s", first), ("another", second)):
        with pytest.raises(ContactsRefused, match="not held any more"):
            await office.keep_list(session, key, "test")
        with pytest.raises(ContactsRefused, match="not held any more"):
            await office.look_again(session, key, {})
    assert await office.keep_list("s", second, "test") == (1, 0)
    assert world.rows("SELECT count(*) FROM contact WHERE address <> ''") == [(0,)]


async def test_a_list_whose_columns_nobody_knows_is_mapped_before_it_is_kept(
    office: RoundOffice,
) -> None:
    seen, key = await office.look_at_list("s", b"Wer,Wohin\nA,a@example.com\n", "liste.csv")
    assert "nobody could be reached" in seen.unclear
    assert "--column" not in seen.unclear
    assert (seen.headings, seen.rows, seen.new) == (("Wer", "Wohin"), 1, 0)
    with pytest.raises(ContactsRefused, match="which column holds what"):
        await office.keep_list("s", key, "test")
    seen, key = await office.look_again("s", key, {"email": "Wohin"})
    assert (seen.unclear, seen.new) == ("", 1)
    assert await office.keep_list("s", key, "test") == (1, 0)


async def test_a_list_that_is_given_up_is_gone(office: RoundOffice) -> None:
    _, key = await office.look_at_list("s", LIST, "list.csv")
    await office.give_up_list("another", key)
    await office.look_again("s", key, {})
    _, key = await office.look_at_list("s", LIST, "list.csv")
    await office.give_up_list("s", key)
    with pytest.raises(ContactsRefused, match="not held any more"):
        await office.keep_list("s", key, "test")


async def test_a_round_from_its_making_to_its_letters(
    office: RoundOffice, world: World, woken: list[bool]
) -> None:
    await with_families(office)
    made = await office.create(NEW, "test")
    draft = await office.see(made)
    assert draft is not None
    assert draft.counts.round.status is RoundStatus.DRAFT
    assert draft.audience.by_channel == {Channel.EMAIL: 1, Channel.LETTER: 1}
    assert await office.open(made, "test", "") == 2
    assert woken
    assert await office.progress(made) == (2, 0)
    seen = await office.see(made)
    assert seen is not None
    assert seen.audience.excluded == {Exclusion.ALREADY_INVITED: 2}
    assert seen.queued == 2
    assert seen.reminder.families == 0
    assert seen.reminder.why_not.startswith("1 message is still on the way, by email.")
    assert [(row.phase, row.provision, row.population, row.whole_phase) for row in seen.heard] == [
        ("primary", "", None, True),
        ("primary", "ehcp", 40, False),
        ("secondary", "", 20, True),
    ]
    letters = await office.letters(made, "test")
    assert letters.count == 1
    with zipfile.ZipFile(io.BytesIO(letters.archive)) as archive:
        rows = archive.read("letters.csv").decode("utf-8-sig")
        assert "2 High Street" in rows
        assert "https://voice.example/c/" in rows
        assert archive.read("code-00001.svg").startswith(b"<?xml")
    assert (await office.letters(made, "test")).count == 0
    assert await office.progress(made) == (1, 1)
    seen = await office.see(made)
    assert seen is not None
    assert (seen.made, seen.rehearsed, seen.letters_wait) == (1, 0, 0)
    assert {row.channel: row.delivered for row in seen.led} == {"several": 0}


async def test_letters_whose_codes_could_not_be_drawn_still_wait(
    office: RoundOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_families(office)
    made = await office.create(NEW, "test")
    await office.open(made, "test", "")

    def fails(links: list[str]) -> None:
        raise MemoryError(len(links))

    with monkeypatch.context() as patched:
        patched.setattr(merging, "codes", fails)
        with pytest.raises(MemoryError):
            await office.letters(made, "test")
    assert await office.progress(made) == (2, 0)
    assert (await office.letters(made, "test")).count == 1


async def test_a_family_that_opts_out_while_the_codes_are_drawn_gets_no_letter(
    office: RoundOffice, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_families(office)
    made = await office.create(NEW, "test")
    await office.open(made, "test", "")
    draw = merging.codes

    def opts_out(links: list[str]) -> dict[str, bytes]:
        [(b,)] = world.rows(
            "SELECT contact_id FROM invitation JOIN outbox ON invitation_id = invitation.id"
            " WHERE channel = 'letter'"
        )
        world.writer.one(lambda db, now: erasing.opt_out(db, b, now))
        return draw(links)

    monkeypatch.setattr(merging, "codes", opts_out)
    letters = await office.letters(made, "test")
    assert letters.count == 0
    with zipfile.ZipFile(io.BytesIO(letters.archive)) as archive:
        assert archive.namelist() == ["letters.csv"]
        assert "High Street" not in archive.read("letters.csv").decode("utf-8-sig")
    seen = await office.see(made)
    assert seen is not None
    assert ("letter", "failed", "opted out") in {
        (row.channel, row.status, row.reason) for row in seen.sent
    }


def unpacked(letters: Letters) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(letters.archive)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def test_a_mail_merge_is_made_again_the_same_and_marks_nothing(
    office: RoundOffice, world: World
) -> None:
    await with_families(office)
    made = await office.create(NEW, "test")
    await office.open(made, "test", "")
    assert await office.merges(made) == ()
    first = await office.letters(made, "test")
    assert (await office.letters(made, "test")).count == 0
    [merge] = await office.merges(made)
    assert (merge.made_at, merge.letters, merge.again) == (world.clock.now, 1, 1)
    outbox = world.rows("SELECT * FROM outbox ORDER BY id")
    world.clock.forward(days=1)
    again = await office.letters_again(made, merge.number, "account o")
    assert unpacked(again) == unpacked(first)
    assert world.rows("SELECT * FROM outbox ORDER BY id") == outbox
    assert world.rows("SELECT count(*) FROM approach") == [(1,)]
    logged = "SELECT actor, detail FROM audit WHERE action = 'mail merge made again'"
    assert world.rows(logged) == [("account o", f"number {merge.number}: 1 of 1")]
    with pytest.raises(RoundRefused, match="no mail merge number"):
        await office.letters_again(world.round.id, merge.number, "test")


FIVE = b"""Name,Address,Phase
A,1 High Street,Primary
B,2 High Street,Primary
C,3 High Street,Primary
D,4 High Street,Primary
E,5 High Street,Primary
"""


async def test_a_mail_merge_made_again_leaves_out_who_may_get_no_letter_any_more(
    office: RoundOffice, world: World
) -> None:
    _, key = await office.look_at_list("s", FIVE, "list.csv")
    await office.keep_list("s", key, "test")
    await office.invite(world.round.id, "test", "")
    first = unpacked(await office.letters(world.round.id, "test"))
    ids = [row[0] for row in world.rows("SELECT invitation_id FROM outbox ORDER BY id")]
    contacts = [
        row[0]
        for row in world.rows(
            "SELECT contact_id FROM invitation JOIN outbox"
            " ON invitation_id = invitation.id ORDER BY outbox.id"
        )
    ]
    world.writer.one(lambda db, now: erasing.erase(db, ids[0], now))
    world.writer.one(lambda db, now: erasing.stop(db, ids[1], now))
    await finishes(world, ids[2])
    world.writer.one(
        lambda db, _: db.conn.execute("UPDATE contact SET address = '' WHERE id = ?", contacts[3:4])
    )
    [merge] = await office.merges(world.round.id)
    assert (merge.letters, merge.again) == (5, 1)
    assert merge.left_out == {
        "stopped by the parent": 1,
        "already answered": 1,
        "no postal address any more": 1,
        "erased, or no record is left": 1,
    }
    again = await office.letters_again(world.round.id, merge.number, "test")
    assert again.count == 1
    files = unpacked(again)
    assert files.keys() == {"letters.csv", "code-00005.svg"}
    assert files["code-00005.svg"] == first["code-00005.svg"]
    [row] = files["letters.csv"].decode("utf-8-sig").split("\r\n5,invitation,")[1:]
    assert row in first["letters.csv"].decode("utf-8-sig")


def _opts_out(contact: str, db: Database, now: datetime) -> None:
    erasing.opt_out(db, contact, now)


async def test_who_opts_out_while_a_mail_merge_is_made_again_is_left_out(
    office: RoundOffice, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_families(office)
    await office.invite(world.round.id, "test", "")
    await office.letters(world.round.id, "test")
    [merge] = await office.merges(world.round.id)
    draw = merging.codes

    def opts_out(links: list[str]) -> dict[str, bytes]:
        for (contact,) in world.rows("SELECT id FROM contact"):
            world.writer.one(partial(_opts_out, contact))
        return draw(links)

    monkeypatch.setattr(merging, "codes", opts_out)
    again = await office.letters_again(world.round.id, merge.number, "test")
    assert again.count == 0
    assert "High Street" not in unpacked(again)["letters.csv"].decode("utf-8-sig")


async def test_what_is_heard_is_counted_by_phase_and_help(
    office: RoundOffice, world: World
) -> None:
    [token] = world.invite()
    place = WebPlace(token)
    for said in (Opened(), NoticeAcknowledged(), Chosen("phase", "primary")):
        await world.says(place, said)
    seen = await office.see(world.round.id)
    assert seen is not None
    row, without = seen.heard
    assert (row.whole_phase, without.whole_phase) == (True, False)
    assert (row.phase, row.provision, row.started, row.finished) == ("primary", "", 1, 0)
    assert row.still_needed == 10
    assert row.rate is None
    assert seen.came == 1


async def test_an_unknown_sending_is_settled_once(office: RoundOffice, world: World) -> None:
    await with_families(office)
    assert await office.invite(world.round.id, "test", "") == 2
    claimed = world.writer.one(lambda db, now: mailing.claim_next(db, now, "email"))
    assert claimed is not None
    world.writer.one(lambda db, _: mailings.recover(db))
    seen = await office.see(world.round.id)
    assert seen is not None
    (unknown,) = seen.unknown
    assert await office.settle(unknown.number, "test", send_again=False)
    assert not await office.settle(unknown.number, "test", send_again=False)
    await office.letters(world.round.id, "test")
    world.clock.forward(days=1)
    assert await office.remind(world.round.id, "test") == 2


async def test_what_a_form_may_choose_from(office: RoundOffice, world: World) -> None:
    assert ("parental_confidence", "Parental confidence") in await office.surveys()
    assert await office.linked_rounds() == ()
    assert await office.see("nosuch") is None


@pytest.mark.parametrize(
    ("but", "message"),
    [
        ({"threshold": "9"}, "groups under 10"),
        ({"threshold": "ten"}, "whole number"),
        ({"reminder_days": "1, 2, 3"}, "at most 2"),
        ({"opens": "28/3/2027 01:30"}, "clocks go forward"),
    ],
)
async def test_a_form_that_cannot_be_says_why(
    office: RoundOffice, world: World, but: dict[str, str], message: str
) -> None:
    with pytest.raises((RoundRefused, PlanRefused), match=message):
        await office.create(replace(NEW, **but), "test")  # type: ignore[arg-type]  # texts alone
    assert world.rows("SELECT count(*) FROM round") == [(1,)]


async def test_what_waits_for_the_team(office: RoundOffice, world: World) -> None:
    assert await office.due() == ()
    await with_families(office)
    made = await office.create(NEW, "test")
    assert [each.what for each in await office.due()] == [
        "is a draft: nobody is asked until you open it"
    ]
    await office.open(made, "test", "")
    world.writer.one(lambda db, now: mailing.claim_next(db, now, "email"))
    world.writer.one(lambda db, _: mailings.recover(db))
    world.clock.now = CLOSES - timedelta(days=1, hours=6)
    assert {each.what for each in await office.due() if each.round_id == made} == {
        "has 1 message of which nobody knows whether it arrived",
        "has groups that are too small to publish yet",
        "has a reminder that is due",
        "closes on 28 March 2027 at 5pm",
    }

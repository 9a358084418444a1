"""What is kept no longer goes, what is younger stays, and a dry run only counts."""

import os
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot import accounts, closing, retention
from bot.intake import Work
from bot.ports import CodeGiven, WebPlace
from bot.settings import Settings
from storage import deliveries, outbox, staff
from storage import retention as stored
from storage.database import Database
from storage.outbox import Message
from surveys.inputs import Chosen, Filled, NoticeAcknowledged
from surveys.roles import Role
from tests.bot.conftest import TELEGRAM, World

Gone = dict[tuple[str, str], int]


def sweep(world: World) -> Gone:
    found = retention.cutoffs(Settings(), world.clock())
    counted = retention.count(world.reader, found)
    gone = retention.run(world.writer.one, found, "test")
    assert counted == gone
    return {what: rows for what, rows in gone.items() if rows}


def queue(db: Database, now: datetime, kind: str, status: str) -> None:
    outbox.add(db, Message("telegram", kind, "sealed", None, kind, "turn", {}), now)
    db.conn.execute("UPDATE outbox SET status = ? WHERE lookup = ?", (status, kind))


async def a_family(world: World) -> str:
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await world.says(TELEGRAM, Chosen("phase", "primary"))
    await world.says(WebPlace(token), Filled("o1", ("marigold",)))
    return token


async def closed(world: World, *, linked: bool) -> None:
    world.writer.one(lambda db, _: db.conn.execute(f"UPDATE round SET linked = {int(linked)}"))
    await a_family(world)
    world.writer.one(lambda db, _: db.conn.execute("UPDATE comment SET status = 'read'"))
    world.writer.one(partial(closing.stop_answers, round_id=world.round.id, actor="test"))
    world.writer.one(partial(closing.keep, round_id=world.round.id, release={"hash": "abc"}))


async def test_delivery_keys_go_after_thirty_days(world: World) -> None:
    await world.begins(world.invite()[0])
    world.clock.forward(days=30)
    assert sweep(world) == {}
    world.clock.forward(seconds=1)
    assert sweep(world) == {("delivery", "delivery keys"): 2}
    assert world.rows("SELECT count(*) FROM delivery") == [(0,)]


async def test_messages_that_wait_are_never_removed(world: World) -> None:
    for kind, status in (("prompt", "failed"), ("invitation", "sent"), ("reminder", "queued")):
        world.writer.one(partial(queue, kind=kind, status=status))
    world.clock.forward(days=31)
    assert sweep(world) == {("outbox", "replies that could not be delivered"): 1}
    world.clock.forward(days=370)
    assert sweep(world) == {("outbox", "records of invitations and reminders"): 1}
    assert world.rows("SELECT kind, status FROM outbox") == [("reminder", "queued")]


async def test_a_linked_round_loses_chats_then_comments_read_then_links(world: World) -> None:
    await closed(world, linked=True)
    world.clock.forward(days=180)
    sweep(world)
    assert world.rows("SELECT count(*) FROM chat") == [(1,)]
    world.clock.forward(days=5)
    assert sweep(world) == {("chat", "chats of closed linked rounds"): 1}
    world.clock.forward(days=200)
    assert sweep(world) == {
        ("comment", "comments read in closed rounds"): 1,
        ("answer", "parents' own words, of which only the count stays"): 1,
    }
    answers = world.rows("SELECT * FROM answer ORDER BY 1, 2")
    assert world.rows("SELECT count(*) FROM link") == [(1,)]
    world.clock.forward(days=365)
    assert sweep(world)[retention.LINKS] == 1
    for table in ("link", "session", "chat", "outbox"):
        assert world.rows(f"SELECT * FROM {table}") == [], table
    assert world.rows("SELECT * FROM answer ORDER BY 1, 2") == answers
    # So a restore cuts it again.
    assert [entry.what for entry in world.writer._db.ledger.read().entries] == ["words_gone", "cut"]
    assert retention.LINKS not in sweep(world)


async def test_an_open_round_and_comments_that_wait_are_left_alone(world: World) -> None:
    await a_family(world)
    world.writer.one(lambda db, _: db.conn.execute("UPDATE round SET linked = 1"))
    world.clock.forward(days=4000)
    sweep(world)
    for table in ("link", "session", "chat", "comment"):
        assert world.rows(f"SELECT count(*) FROM {table}") == [(1,)], table


async def test_failures_logs_and_staff_secrets_go_in_their_time(world: World) -> None:
    soon = world.clock() + timedelta(minutes=30)
    wanted = accounts.NewAccount("sam@council.example", "Sam", (Role.OFFICER,))
    world.writer.one(lambda db, now: accounts.add(db, now, world.vault, wanted, "test"))
    ((account,),) = world.rows("SELECT id FROM account")
    world.writer.one(lambda db, _: db.conn.execute("DELETE FROM staff_link"))
    kind = staff.LinkKind.SET_UP
    world.writer.one(lambda db, _: staff.add_link(db, "link", str(account), kind, soon))
    world.writer.one(lambda db, now: staff.add_session(db, "session", str(account), now, soon))
    world.writer.one(lambda db, now: deliveries.record_failure(db, "key", "Error", now))
    assert sweep(world) == {}
    world.clock.forward(minutes=30)
    assert set(sweep(world)) == {
        ("staff_link", "staff links that expired"),
        ("staff_session", "staff sessions that expired"),
    }
    world.clock.forward(days=91)
    assert ("failure", "failures") in sweep(world)
    world.clock.forward(days=6 * 365)
    assert ("audit", "lines of the audit log") in sweep(world)
    # What went is itself in the log, by count.
    detail = world.rows("SELECT detail FROM audit WHERE action = 'kept no longer'")
    assert detail[-1][0].startswith("lines of the audit log: ")


async def test_it_removes_in_chunks_so_that_no_parent_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "CHUNK", 2)
    await a_family(world)
    world.clock.forward(days=31)
    commits: list[int] = []

    def commit(work: Work[int]) -> int:
        commits.append(world.writer.one(work))
        return commits[-1]

    found = retention.cutoffs(Settings(), world.clock())
    assert retention.run(commit, found, "test")["delivery", "delivery keys"] == 4
    assert commits[:3] == [2, 2, 0]


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        (datetime(2027, 3, 31, 11, tzinfo=UTC), 1, datetime(2027, 2, 28, 12, tzinfo=UTC)),
        (datetime(2028, 2, 29, 12, tzinfo=UTC), 12, datetime(2027, 2, 28, 12, tzinfo=UTC)),
        (datetime(2027, 1, 15, 12, tzinfo=UTC), 25, datetime(2024, 12, 15, 12, tzinfo=UTC)),
        (datetime(2027, 4, 1, 11, tzinfo=UTC), 3, datetime(2027, 1, 1, 12, tzinfo=UTC)),
    ],
)
def test_months_are_the_calendar_s(now: datetime, months: int, then: datetime) -> None:
    assert retention.months_before(now, months) == then


def test_a_database_kept_aside_goes_after_thirty_days(database_path: Path, now: datetime) -> None:
    folder = database_path.parent
    names = ("sendvoice-before-restore-2027.db", ".sendvoice.db.restoring", "sendvoice-other.db")
    for name in names:
        (folder / name).touch()
        os.utime(folder / name, (now.timestamp(),) * 2)
    assert retention.aside(database_path, now + timedelta(days=30)) == []
    late = {path.name for path in retention.aside(database_path, now + timedelta(days=31))}
    assert late == set(names[:2])

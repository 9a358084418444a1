"""A backup while families answer, a crash, a restore: what was erased, stopped or cut stays so.

`kill -9` shows what a crash of the service does. It does not show a power cut: for that
the database flushes every commit, and the disk must not lie.
"""

import asyncio
import csv
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import aiohttp

from tests.journeys.service import command, refused, running
from tests.journeys.test_command_line import Parent, an_open_round

WORD = "All is well"
ROUND = (
    "round", "create", "Summer", "--survey", "parental_confidence",
    "--opens", "2026-01-01 09:00", "--closes", "2099-03-28 23:59",
)  # fmt: skip


async def another_round(folder: Path) -> str:
    """One link of a second open round."""
    await command(*ROUND, folder=folder)
    await command("round", "open", "Summer", folder=folder)
    await command("round", "invite", "Summer", "--count", "1", "--out", "s.csv", folder=folder)
    with (folder / "s.csv").open(encoding="utf-8-sig") as file:
        return next(csv.DictReader(file))["web_link"]


async def answers_all(parent: Parent) -> None:
    await parent.opens()
    await parent.presses("start")
    while parent.number:
        await parent.presses("answer")
    await parent.presses("submit")
    assert "Thank you" in parent.page


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


def link_of(round_name: str) -> str:
    return (
        "SELECT count(*) FROM link JOIN round ON round.id = link.round_id"
        f" WHERE round.name = '{round_name}'"
    )


async def backed_up_while_they_answer(folder: Path, parents: list[Parent]) -> Path:
    """A backup made in the middle of somebody's answers."""
    answering = asyncio.create_task(answers_all(parents[0]))
    said = await command("backup", "--out", "backups", folder=folder)
    await answering
    assert "Opened and verified" in said
    assert "keys are not in it" in said
    [made] = (folder / "backups").iterdir()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    return made


async def restored(folder: Path, backup: Path) -> None:
    """Restore it; it says what it does again and what is lost, and that is so."""
    said = await command("restore", str(backup), "--yes", folder=folder)
    for line in ("erased: 1", "stopped messages: 1", "cut from their invitations: 1"):
        assert line in said
    assert "LOST, newer than the backup:" in said
    assert "answered between" in said
    present = folder / "sendvoice.db"
    stopped = "SELECT count(*) FROM invitation WHERE stopped_at IS NOT NULL"
    assert rows(present, stopped) == [(1,)]
    assert rows(present, link_of("Summer")) == [(0,)]
    assert rows(present, "SELECT status FROM round WHERE name = 'Summer'") == [("closed",)]


async def test_after_a_crash_and_a_restore_erased_stopped_and_cut_stay_so(tmp_path: Path) -> None:
    links = (await an_open_round(tmp_path))[:4]
    summer = await another_round(tmp_path)
    present = tmp_path / "sendvoice.db"
    async with aiohttp.ClientSession() as http:
        answering, erased, stopped, late = (Parent(http, link) for link in links)
        theirs = Parent(http, summer)
        async with running("serve", folder=tmp_path, ready="Serving") as service:
            for parent in (erased, stopped, theirs):
                await answers_all(parent)
            backup = await backed_up_while_they_answer(tmp_path, [answering])
            assert WORD.encode() in backup.read_bytes()
            # What only the ledger will know: one by the chat, one by staff, one by closing.
            await erased.presses("erase")
            await stopped.presses("stop")
            await command("round", "close", "Summer", "--yes", folder=tmp_path)
            await answers_all(late)
            assert "Stop it first" in await refused("restore", str(backup), folder=tmp_path)
            await service.kill()
        await restored(tmp_path, backup)
        async with running("serve", folder=tmp_path, ready="Serving") as service:
            async with http.get(links[1]) as gone:
                assert gone.status == 404
            await late.opens()  # who answered after the backup may answer again
            await answers_all(late)
            assert await service.stop() == 0
    # The one who was answering meanwhile is there, as far as the backup's moment; so is `late`.
    assert rows(present, link_of("Spring"))[0][0] in (2, 3)
    assert rows(present, "PRAGMA integrity_check") == [("ok",)]


async def test_staff_erase_and_sweep_beside_a_running_service(tmp_path: Path) -> None:
    links = (await an_open_round(tmp_path))[:2]
    async with aiohttp.ClientSession() as http:
        parents = [Parent(http, link) for link in links]
        async with running("serve", folder=tmp_path, ready="Serving") as service:
            for parent in parents:
                await answers_all(parent)
            assert "Erased." in await command("erase", links[0], "--yes", folder=tmp_path)
            assert "delivery keys\t0" in await command(
                "retention", "run", "--dry-run", folder=tmp_path
            )
            await command("retention", "run", folder=tmp_path)
            async with http.get(links[0]) as gone:
                assert gone.status == 404
            assert await service.stop() == 0
    assert rows(tmp_path / "sendvoice.db", "SELECT count(*) FROM response") == [(1,)]
    log = tmp_path / "sendvoice.db-wal"
    assert not log.exists() or log.stat().st_size == 0


async def test_b35_into_an_empty_folder(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    await an_open_round(old)
    await command("backup", "--out", str(new), folder=old)
    for name in ("sendvoice.toml", "sendvoice.ledger"):
        (new / name).write_bytes((old / name).read_bytes())
    (new / "keys").mkdir()
    for key in (old / "keys").iterdir():
        (new / "keys" / key.name).write_bytes(key.read_bytes())
    [backup] = new.glob("sendvoice-*.db")
    assert "LOST, newer than the backup: 0 answers" in await command(
        "restore", backup.name, "--yes", folder=new
    )
    assert "invited 12, started 0" in await command("round", "status", "Spring", folder=new)

"""B37: while the disk is full staff see one clear alert, and none when there is room again."""

import html
import re
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyotp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from bot import accounts, troubles
from bot.front_door import FrontDoor
from bot.intake import Intake
from bot.office import Office
from bot.passwords import Passwords
from bot.ports import NotStored
from bot.settings import Settings
from bot.site import make_app
from bot.staff_chat import StaffChat
from bot.upkeep import Upkeep
from storage import database, outbox
from storage.database import Database
from surveys.inputs import Filled
from surveys.roles import Role
from tests.bot.conftest import World, world
from tests.bot.web.conftest import SETTINGS, Client
from tests.bot.web.fake_rounds import MemoryRounds

__all__ = ["world"]

PASSWORD = "three random words"
FULL = "Nothing can be saved: the disk is full"
FAILED = "The last backup failed"
NOT_ALERTED = "An alert to the staff group on Telegram could not be delivered"


@dataclass
class Team:
    """A safeguarding lead in a browser, on the real service."""

    world: World
    client: Client
    upkeep: Upkeep
    writing: Database
    secret: str

    async def sees(self) -> str:
        """The words of the page where a lead begins."""
        headers = {"Cookie": f"sendvoice_staff={self.secret}"}
        response = await self.client.get("/staff/comments", headers=headers)
        assert response.status == 200
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", await response.text())).split())

    def pages(self, most: int) -> None:
        """From now on the database may have so many pages; 0: those that it has."""
        if not most:
            self.writing.conn.execute("VACUUM")
            most = self.writing.conn.execute("PRAGMA page_count").fetchone()[0]
        self.writing.conn.execute(f"PRAGMA max_page_count = {most}")


@pytest.fixture
async def team(world: World, database_path: Path, tmp_path: Path) -> AsyncIterator[Team]:
    opened: list[Database] = []

    def open_writer() -> Database:
        opened.append(database.open_writer(database_path))
        return opened[0]

    intake = Intake(open_writer, world.clock)
    intake.start()
    world.intake = intake
    world.starts_again()
    settings = Settings(database=database_path, backups=tmp_path / "backups")
    upkeep = Upkeep(intake, world.clock, settings)
    chat = StaffChat(-4001)
    found = partial(troubles.found, intake, upkeep, chat, world.reader, world.clock)
    hasher = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    door = FrontDoor(
        intake, world.reader, world.vault, world.clock, council_name="Anyshire", hasher=hasher
    )
    with ThreadPoolExecutor(1) as worker:
        office = Office(
            intake,
            world.reader,
            worker,
            world.clock,
            vault=world.vault,
            database_path=database_path,
            strategy_path=None,
            troubles=found,
        )
        app = make_app(
            world.service, office, door, MemoryRounds(), settings=SETTINGS, clock=world.clock
        )
        secret = await a_lead(world, door)
        async with TestClient(TestServer(app)) as client:
            yield Team(world, client, upkeep, opened[0], secret)
    await intake.stop()


async def a_lead(world: World, door: FrontDoor) -> str:
    """The session of somebody who has set up an account."""
    wanted = accounts.NewAccount("lead@council.example", "Sam", (Role.SAFEGUARDING_LEAD,))
    link = world.writer.one(lambda db, now: accounts.add(db, now, world.vault, wanted, "test"))
    page = await door.set_up_page(link)
    assert page
    code = pyotp.TOTP(page.key).at(world.clock())
    session = await door.set_up(link, PASSWORD, code)
    assert isinstance(session, str)
    return session


async def test_b37_staff_are_told_of_a_full_disk_until_there_is_room(team: Team) -> None:
    world = team.world
    place = await world.begins(world.invite()[0])
    await team.upkeep.tick()
    assert FULL not in await team.sees()
    team.pages(0)
    world.clock.forward(minutes=5)
    with pytest.raises(NotStored):
        await world.says(place, Filled("o1", ("Nobody rang us back. " * 150,)))
    # That the session is in use cannot be kept either, and keeps nobody from the page.
    world.clock.forward(minutes=10)
    seen = await team.sees()
    assert f"{FULL} This has been so since 1 March 2027 at 10:05am." in seen
    assert seen.count(FULL) == 1
    team.pages(1_000_000)
    await team.upkeep.tick()
    assert FULL not in await team.sees()


async def test_staff_are_told_of_a_backup_that_failed(team: Team, tmp_path: Path) -> None:
    spoil(tmp_path / "backups")
    await team.upkeep.tick()
    seen = await team.sees()
    assert f"{FAILED} Backups have failed since 1 March 2027 at 10am. There is no backup" in seen


async def test_staff_are_told_of_an_alert_that_the_group_refused(team: Team) -> None:
    team.world.writer.one(lambda db, now: outbox.add_alert(db, "telegram", "staff_alert", now))
    assert NOT_ALERTED not in await team.sees()
    [item] = team.world.writer.one(lambda db, now: outbox.claim(db, now, 1))
    team.world.writer.one(lambda db, now: outbox.put_back(db, item.id, now, "kicked"))
    assert f"{NOT_ALERTED} It has waited since 1 March 2027 at 10am." in await team.sees()


def spoil(folder: Path) -> None:
    """No backup can be made there."""
    folder.write_text("not a folder", encoding="utf-8")

"""The real service in this process, with a questionnaire that has every kind of question."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import rounds
from bot.conversation import ConversationService
from bot.intake import Intake, Writer
from bot.library import Library
from bot.site import make_app
from storage import database, questionnaires
from storage import rounds as stored_rounds
from storage.vault import Vault, create_keys
from surveys.records import Round
from surveys.xlsform import read_form
from tests.bot.conftest import MovableClock
from tests.bot.web.conftest import SETTINGS
from tests.bot.web.fake_accounts import MemoryAccounts
from tests.bot.web.fake_rounds import MemoryRounds
from tests.bot.web.fakes import MemoryDesk

OPENS = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
CLOSES = datetime(2027, 3, 28, 22, 59, tzinfo=UTC)
EVERY_KIND = Path(__file__).with_name("every_kind.md")


@dataclass
class House:
    """A service of invented families: where it listens, its clock, and what was asked of it.

    `visited` has each page's method and route, such as ("GET", "/c/{token}/review").
    """

    base: str
    service: ConversationService
    desk: MemoryDesk
    rounds: MemoryRounds
    clock: MovableClock
    writer: Writer
    vault: Vault
    round: Round
    code: str
    visited: set[tuple[str, str]] = field(default_factory=set)

    def invite(self) -> str:
        """A new personal token."""
        issue = partial(rounds.invite, vault=self.vault, a_round=self.round, count=1)
        return self.writer.one(issue)[0].token


@asynccontextmanager
async def open_house(folder: Path) -> AsyncIterator[House]:
    """The service on an open demonstration round, which offers every language."""
    path, clock = folder / "sendvoice.db", MovableClock(OPENS + timedelta(days=9))
    database.create(path)
    create_keys(folder / "keys")
    vault, writing = Vault.from_folder(folder / "keys"), database.open_writer(path)
    writer = Writer(writing, clock)
    form = read_form(EVERY_KIND)
    writer.one(lambda db, now: questionnaires.add(db, form, now))
    plan = rounds.Plan("Spring 2027", form.key, OPENS, CLOSES, demonstration=True)
    writer.one(partial(rounds.create, plan=plan, actor="test"))
    opened = writer.one(partial(rounds.open_round, name=plan.name, actor="test"))
    intake = Intake(partial(database.open_writer, path), clock)
    reader = database.open_reader(path)
    service = ConversationService(
        intake,
        reader,
        vault,
        Library(),
        clock,
        outbox=None,
        after_erasing=lambda: None,
    )
    intake.start()
    desk = MemoryDesk()
    code = stored_rounds.open_code(reader, opened.id)
    house = House("", service, desk, MemoryRounds(), clock, writer, vault, opened, code)
    try:
        async with TestServer(_app(house)) as server:
            house.base = str(server.make_url("/"))
            yield house
    finally:
        await intake.stop()
        reader.conn.close()
        writing.conn.close()


def _app(house: House) -> web.Application:
    app = make_app(
        house.service,
        house.desk,
        MemoryAccounts(),
        house.rounds,
        settings=SETTINGS,
        clock=house.clock,
    )

    async def note(request: web.Request, _: web.StreamResponse) -> None:
        resource = request.match_info.route.resource
        if resource:
            house.visited.add((request.method, resource.canonical))

    app.on_response_prepare.append(note)
    return app

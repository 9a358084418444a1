"""A service with one open round, and a clock that tests move."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import rounds
from bot.conversation import ConversationService
from bot.intake import Intake, Writer
from bot.library import Library
from bot.notice import notices
from bot.notice.edition import Edition
from bot.notice.notices import Notices
from bot.outbox import OutboxSender
from bot.ports import ChatPlace, CodeGiven, Place, Turn, Turned, WebPlace
from storage import database, questionnaires
from storage import rounds as stored_rounds
from storage.database import Database
from storage.vault import Vault
from surveys.catalogue import shipped
from surveys.inputs import Chosen, Input, NoticeAcknowledged, Opened
from surveys.records import Round

OPENS = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
CLOSES = datetime(2027, 3, 28, 22, 59, tzinfo=UTC)


class MovableClock:
    """Says what it is told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class World:
    """Everything a test of the service touches."""

    clock: MovableClock
    writer: Writer
    intake: Intake
    reader: Database
    vault: Vault
    library: Library
    service: ConversationService
    round: Round
    code: str
    said: int = 0

    def invite(self, count: int = 1) -> list[str]:
        """Personal tokens."""
        issued = self.writer.one(
            partial(rounds.invite, vault=self.vault, a_round=self.round, count=count)
        )
        return [one.token for one in issued]

    def starts_again(
        self, *, outbox: OutboxSender | None = None, notice: Notices | None = None
    ) -> None:
        """The service anew on the same database, with this sender and this privacy notice."""
        self.service = ConversationService(
            self.intake,
            self.reader,
            self.vault,
            self.library,
            self.clock,
            outbox=outbox,
            after_erasing=lambda: None,
            notice=notice,
        )

    async def says(
        self, place: Place, said: Input | CodeGiven, key: str = "", run: str | None = None
    ) -> Turned:
        """One turn of a parent, with a delivery key of its own unless one is given."""
        return await self.service.take(self.turn(place, said, key, run))

    def turn(
        self, place: Place, said: Input | CodeGiven, key: str = "", run: str | None = None
    ) -> Turn:
        """The same, not taken yet."""
        self.said += 1
        return Turn(key or f"test:{self.said}", place, said, run=run)

    async def begins(self, token: str) -> WebPlace:
        """A parent opens a personal link and presses Start."""
        place = WebPlace(token)
        await self.says(place, Opened())
        await self.says(place, NoticeAcknowledged())
        return place

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database holds."""
        return [tuple(row) for row in self.reader.conn.execute(sql, values)]


def second() -> Notices:
    """The English notice in a second edition."""
    english = notices.shipped().by_language["en"]
    return Notices({"en": replace(english, edition=Edition(2, date(2027, 3, 2)))})


async def answer_all(world: World, place: Place, codes: dict[str, str]) -> None:
    """Answer questions by code."""
    for key, code in codes.items():
        await world.says(place, Chosen(key, code))


@asynccontextmanager
async def opened_world(database_path: Path, vault: Vault) -> AsyncIterator[World]:
    """An open round of the parental confidence survey."""
    clock = MovableClock(OPENS + timedelta(hours=1))
    writing = database.open_writer(database_path)
    writer = Writer(writing, clock)
    forms = shipped()
    writer.one(lambda db, now: [questionnaires.add(db, form, now) for form in forms])
    plan = rounds.Plan("Spring", "parental_confidence", OPENS, CLOSES)
    made = writer.one(partial(rounds.create, plan=plan, actor="test"))
    opened = writer.one(partial(rounds.open_round, name="Spring", actor="test"))
    intake = Intake(partial(database.open_writer, database_path), clock)
    reader = database.open_reader(database_path)
    library = Library()
    service = ConversationService(
        intake,
        reader,
        vault,
        library,
        clock,
        outbox=None,
        after_erasing=partial(database.truncate_log, database_path),
    )
    intake.start()
    code = stored_rounds.open_code(reader, made.id)
    yield World(clock, writer, intake, reader, vault, library, service, opened, code)
    await intake.stop()
    reader.conn.close()
    writing.conn.close()


@pytest.fixture
async def world(database_path: Path, vault: Vault) -> AsyncIterator[World]:
    """The same, for one test."""
    async with opened_world(database_path, vault) as opened:
        yield opened


TELEGRAM = ChatPlace("telegram", "8812")
__all__ = [
    "CLOSES",
    "OPENS",
    "TELEGRAM",
    "MovableClock",
    "World",
    "answer_all",
    "opened_world",
    "replace",
]

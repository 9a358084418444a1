"""The real service behind a bot, with a stand-in for Telegram in front; it can be killed."""

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot import rounds
from bot.channels.telegram.service import TelegramChannel
from bot.conversation import ConversationService
from bot.intake import Intake
from bot.library import Library
from bot.mailing import Mailing, Route
from bot.outbox import OutboxSender
from bot.pace import Pace
from bot.ports import Conversations, Place, Turn, Turned
from bot.staff_chat import StaffChat
from storage import database, questionnaires
from storage import rounds as stored_rounds
from storage.database import Database
from surveys.model import Questionnaire
from surveys.session import Session
from tests.bot.conftest import CLOSES, OPENS, World
from tests.fake_telegram import FakeTelegram, Parent, Sent

HELP = ("In an emergency call 999.", "Family helpline: 01632 960001")
COUNCIL = "Anytown Council"
URL = "https://survey.example"
LETTERS_PER_SECOND = 200.0
ANSWERS = "SELECT question_key, state, value FROM answer ORDER BY question_key"


class House:
    """One life after another of the service on one database.

    `staff_chat` is the group that the settings name, from the next life on.
    """

    staff_chat: int | None = None

    def __init__(self, world: World, telegram: FakeTelegram, path: Path) -> None:
        self.world = world
        self.telegram = telegram
        self._path = path
        self._tasks: list[asyncio.Task[None]] = []
        self._stop = asyncio.Event()

    async def start(self, conversations: "type[Stuck] | None" = None) -> None:
        """A new life: nothing is remembered but the database."""
        world = self.world
        staff_chat = StaffChat(self.staff_chat)
        self._stop = asyncio.Event()
        self._intake = Intake(self._open_writer, world.clock)
        self._reader: Database = database.open_reader(self._path)
        self.channel = self._channel()
        self.outbox = OutboxSender(
            self._intake,
            self._reader,
            world.vault,
            Library(),
            {"telegram": self.channel},
            world.clock,
            staff_chat=staff_chat,
        )
        self.mailing = Mailing(
            self._intake,
            self._reader,
            world.vault,
            Library(),
            {"telegram": Route(self.channel, Pace(LETTERS_PER_SECOND, time.monotonic))},
            world.clock,
        )
        service = ConversationService(
            self._intake,
            self._reader,
            world.vault,
            Library(),
            world.clock,
            outbox=self.outbox,
            after_erasing=lambda: None,
            staff_chat=staff_chat,
        )
        self._intake.start()
        taken: Conversations = conversations(service) if conversations else service
        self.service = taken
        await self._serve()
        self._tasks = [
            asyncio.create_task(self.outbox.run(self._stop)),
            asyncio.create_task(self.mailing.run(self._stop)),
            asyncio.create_task(self.channel.run(taken, self._stop)),
        ]

    async def stop(self) -> None:
        """Stop in good order."""
        self._stop.set()
        self.mailing.wake()
        await asyncio.gather(*self._tasks)
        await self._close()

    async def kill(self) -> None:
        """Stop without a word: what was under way is lost, nothing more is confirmed."""
        for task in (*self._tasks, *self.mailing._under_way):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._close()

    async def quiet(self) -> None:
        """Every update is confirmed and every due message is sent."""
        await self.telegram.confirmed()
        await self.sent()

    async def sent(self) -> None:
        """Every due message is sent; recording that it was makes no request to wait for."""
        async with asyncio.timeout(5):
            while self._due():
                await asyncio.sleep(0.005)

    @property
    def is_running(self) -> bool:
        """Whether nothing has ended by itself."""
        return not any(task.done() for task in self._tasks)

    def _channel(self) -> TelegramChannel:
        return TelegramChannel(
            self.telegram.token,
            self.telegram.api,
            HELP,
            COUNCIL,
            bot_name="AnytownBot",
            public_url=URL,
        )

    async def _serve(self) -> None:
        """Serve what Telegram or a browser asks for; here nobody does."""

    def _due(self) -> bool:
        now = self.world.clock().isoformat(timespec="milliseconds")
        return bool(
            self.world.rows(
                "SELECT 1 FROM outbox WHERE status = 'claimed'"
                " OR (status = 'queued' AND due_at <= ?)",
                now,
            )
        )

    def _open_writer(self) -> Database:
        self.writing = database.open_writer(self._path)
        return self.writing

    async def _close(self) -> None:
        await self._intake.stop()
        self._reader.conn.close()


class Stuck:
    """A service that dies after it was handed a turn and before it commits."""

    def __init__(self, service: Conversations) -> None:
        self._service = service
        self.handed = asyncio.Event()

    async def take(self, turn: Turn) -> Turned:
        del turn
        self.handed.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def look(self, place: Place) -> Turned:
        return await self._service.look(place)

    async def asides(self, place: Place) -> tuple[str, ...]:
        """Nothing: these tests type only answers."""
        return ()

    async def held(self, place: Place) -> tuple[Session, ...]:
        return await self._service.held(place)

    async def look_open(self, code: str) -> Turned:
        return await self._service.look_open(code)

    async def begin_open(self, code: str, delivery_key: str) -> str | None:
        return await self._service.begin_open(code, delivery_key)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def house(world: World, telegram: FakeTelegram, database_path: Path) -> AsyncIterator[House]:
    made = House(world, telegram, database_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def parent(telegram: FakeTelegram) -> Parent:
    return telegram.parent(8812)


async def begins(parent: Parent, world: World) -> Sent:
    """Opens the round's link and presses Start; the first question."""
    parent.sends(f"/start {world.code}")
    parent.taps(await parent.receives("I have read this – start"), "I have read this – start")
    return await parent.receives("Question 1 of")


async def at_the_ratings(parent: Parent, world: World) -> Sent:
    """Answers about the child; the first rating."""
    parent.taps(await begins(parent, world), "Primary")
    parent.taps(await parent.receives("Question 2 of"), "mainstream school, nursery")
    parent.taps(await parent.receives("Question 3 of"), "An EHC plan")
    return await parent.receives("Question 4 of")


async def at_the_comment(parent: Parent, world: World) -> Sent:
    """Skips to the first open question, the nineteenth of twenty."""
    await begins(parent, world)
    for number in range(2, 20):
        parent.sends("skip")
        question = await parent.receives(f"Question {number} of 20")
    return question


def opened(world: World, form: Questionnaire) -> str:
    """The code of a new open round of this questionnaire."""
    world.writer.one(lambda db, now: questionnaires.add(db, form, now))
    plan = rounds.Plan(f"Round of {form.key}", form.key, OPENS, CLOSES)
    made = world.writer.one(partial(rounds.create, plan=plan, actor="test"))
    world.writer.one(partial(rounds.open_round, name=plan.name, actor="test"))
    return stored_rounds.open_code(world.reader, made.id)

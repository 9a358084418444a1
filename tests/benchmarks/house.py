"""The service without its channels, on a database of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot import clock, rounds
from bot.beginning import prepare
from bot.conversation import ConversationService
from bot.intake import Intake, Writer
from bot.library import Library
from bot.ports import Turn, WebPlace
from bot.settings import Settings
from storage import database, questionnaires
from storage.database import Database
from storage.vault import Vault
from surveys.inputs import Input, NoticeAcknowledged
from surveys.model import Questionnaire, QuestionType

SURVEY = "parental_confidence"


@dataclass
class House:
    """An open round and its invitations' tokens."""

    path: Path
    intake: Intake
    reader: Database
    vault: Vault
    library: Library
    service: ConversationService
    form: Questionnaire
    tokens: list[str]
    keys: int = 0

    async def says(self, token: str, said: Input) -> None:
        """One turn."""
        self.keys += 1
        await self.service.take(Turn(f"bench:{self.keys}", WebPlace(token), said))

    async def begin(self, tokens: list[str]) -> None:
        """These parents press Start, many at once."""
        await asyncio.gather(*(self.says(token, NoticeAcknowledged()) for token in tokens))

    @property
    def ratings(self) -> list[str]:
        """The keys of the questions that a rating answers."""
        questions = self.form.questions
        return [
            each.key
            for each in questions
            if each.type is QuestionType.SELECT_ONE and each.choices[0].score is not None
        ]


@asynccontextmanager
async def house(folder: Path, invited: int) -> AsyncIterator[House]:
    """Everything but the channels, running."""
    folder.mkdir()  # noqa: ASYNC240 - before anything is measured
    path, keys = folder / "sendvoice.db", folder / "keys"
    prepare(Settings(database=path, keys=keys))
    vault, library = Vault.from_folder(keys), Library()
    tokens = _invite(path, vault, invited)
    intake = Intake(partial(database.open_writer, path), clock.now)
    reader = database.open_reader(path)
    service = ConversationService(
        intake,
        reader,
        vault,
        library,
        clock.now,
        outbox=None,
        after_erasing=lambda: None,
    )
    form = questionnaires.latest(reader, SURVEY)
    assert form is not None
    intake.start()
    try:
        yield House(path, intake, reader, vault, library, service, form, tokens)
    finally:
        await intake.stop()
        reader.conn.close()


def _invite(path: Path, vault: Vault, count: int) -> list[str]:
    db = database.open_writer(path)
    try:
        return Writer(db, clock.now).one(partial(_open_round, vault=vault, count=count))
    finally:
        db.conn.close()


def _open_round(db: Database, now: datetime, vault: Vault, count: int) -> list[str]:
    plan = rounds.Plan("Bench", SURVEY, now - timedelta(days=1), now + timedelta(days=1))
    rounds.create(db, now, plan, "bench")
    opened = rounds.open_round(db, now, "Bench", "bench")
    return [one.token for one in rounds.invite(db, now, vault, opened, count)]

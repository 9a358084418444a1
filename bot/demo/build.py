"""Builds the demonstration: settings, figures, a round, and families who answer it."""

import asyncio
import shutil
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path

from bot import accounts, clock, figures, rounds
from bot.beginning import prepare, write_settings
from bot.conversation import ConversationService
from bot.demo.families import FAMILIES, Family, Parent, families
from bot.errors import FileRefused
from bot.intake import Intake, Writer
from bot.library import Library
from bot.ports import Turn, Turned, WebPlace
from bot.settings import SETTINGS_FILE, Settings, load
from storage import database, questionnaires
from storage.database import Database
from storage.vault import Vault
from surveys.inputs import Opened
from surveys.model import Questionnaire
from surveys.records import RoundStatus

__all__ = ["FAMILIES", "build", "links", "remove", "settings_of"]

ROUND = "Demonstration round"
SURVEY = "parental_confidence"
AREA = "E06000003"
COUNCIL = "Demonstration Council"
AT_ONCE = 50
MARK = "DEMONSTRATION.txt"
MARK_TEXT = "Every family and answer in this folder is invented.\n"
FIRST_PORT, LAST_PORT = 8080, 8099

Progress = Callable[[], None]


def build(folder: Path, progress: Progress) -> Settings:
    """Make the demonstration in `folder`; `progress` is called once for every family."""
    path = folder / SETTINGS_FILE
    write_settings(path, COUNCIL, AREA, FIRST_PORT)
    (folder / MARK).write_text(MARK_TEXT, encoding="utf-8")
    settings = load(path)
    prepare(settings)
    tokens = _open_round(settings)
    asyncio.run(_answer(settings, tokens, progress))
    return settings


def free_port() -> int:
    """The first port from 8080 on that nothing listens on."""
    for port in range(FIRST_PORT, LAST_PORT):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    return LAST_PORT


def settings_of(folder: Path) -> Settings:
    """The demonstration's settings, on a port that is free now."""
    settings = load(folder / SETTINGS_FILE)
    port = free_port()
    return settings.model_copy(update={"port": port, "public_url": f"http://127.0.0.1:{port}"})


def remove(folder: Path) -> None:
    """Remove a demonstration, and only a demonstration.

    Raises:
        FileRefused: the folder holds something else.
    """
    if not folder.exists():
        return
    if not (folder / MARK).is_file():
        raise FileRefused(f"{folder} is not a demonstration: it is left alone.")
    shutil.rmtree(folder)


def links(db: Database, now: datetime, settings: Settings) -> list[tuple[str, str]]:
    """The three links to try, by name: a parent's chat, the team's page, the strategy view."""
    demonstration, vault = rounds.find(db, ROUND), Vault.from_folder(settings.keys)
    if demonstration.status is RoundStatus.CLOSED:
        chat = "The round is closed. Begin again with: make run FRESH=1"
    else:
        token = rounds.invite(db, now, vault, demonstration, 1)[0].token
        chat = f"{settings.public_url}/c/{token}"
    accounts.add_demonstration(db, now, vault)
    team, strategy = (
        accounts.sign_in_address(settings.public_url, accounts.sign_in_link(db, now), to)
        for to in ("rounds", "strategy")
    )
    return [
        ("A parent's chat", chat),
        ("The SEND team's page", team),
        ("The strategy view", strategy),
    ]


def _open_round(settings: Settings) -> list[str]:
    vault = Vault.from_folder(settings.keys)
    db = database.open_writer(settings.database)
    writer = Writer(db, clock.now)
    now = clock.now()
    plan = rounds.Plan(
        name=ROUND,
        survey=SURVEY,
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(days=21),
        demonstration=True,
    )
    try:
        for source in sorted(files("bot.demo").joinpath("figures").iterdir(), key=str):
            if source.name.endswith(".csv"):
                report = figures.read(source.read_bytes(), source.name, AREA)
                writer.one(partial(figures.keep, report=report, area=AREA))
        made = writer.one(partial(rounds.create, plan=plan, actor="demonstration"))
        writer.one(partial(rounds.open_round, name=ROUND, actor="demonstration"))
        issued = writer.one(partial(rounds.invite, vault=vault, a_round=made, count=FAMILIES))
        return [one.token for one in issued]
    finally:
        db.conn.close()


async def _answer(settings: Settings, tokens: list[str], progress: Progress) -> None:
    intake = Intake(partial(database.open_writer, settings.database), clock.now)
    reader = database.open_reader(settings.database)
    service = ConversationService(
        intake,
        reader,
        Vault.from_folder(settings.keys),
        Library(),
        clock.now,
        outbox=None,
        after_erasing=lambda: None,
    )
    form = questionnaires.latest(reader, SURVEY)
    assert form is not None  # noqa: S101 - `prepare` added it
    intake.start()
    turn = asyncio.Semaphore(AT_ONCE)
    try:
        await asyncio.gather(
            *(
                _converse(service, token, number, family, form, turn, progress)
                for number, (token, family) in enumerate(zip(tokens, families(), strict=True))
            )
        )
    finally:
        await intake.stop()
        reader.conn.close()


async def _converse(  # noqa: PLR0917 - one family's whole conversation
    service: ConversationService,
    token: str,
    number: int,
    family: Family,
    form: Questionnaire,
    limit: asyncio.Semaphore,
    progress: Progress,
) -> None:
    async with limit:
        parent = Parent(family, number, form)
        said = 0
        turned: Turned = await service.take(Turn(f"demo:{number}:0", WebPlace(token), Opened()))
        while turned.session and (reply := parent.reply(turned.session)):
            said += 1
            turned = await service.take(Turn(f"demo:{number}:{said}", WebPlace(token), reply))
    progress()

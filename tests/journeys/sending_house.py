"""The real service as a process of its own, with families to invite by Telegram."""

import socket
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot import accounts, beginning, clock, inviting, rounds
from bot.intake import Writer
from bot.settings import SETTINGS_FILE, Settings, load
from storage import contacts, database, mailings
from storage import rounds as stored_rounds
from storage.database import Database
from storage.vault import Vault
from surveys.contacts import Contact
from surveys.invitations import Child
from surveys.plans import RoundPlan
from surveys.records import Round
from surveys.roles import Role
from tests.fake_telegram import FakeTelegram
from tests.journeys.service import Running, running

T = TypeVar("T")

FIRST = 5000
"""The chat of the first family; the others follow."""


@dataclass
class Installation:
    """An installation that any change can be made in beside the service, and its Telegram."""

    folder: Path
    telegram: FakeTelegram

    @property
    def settings(self) -> Settings:
        return load(self.folder / SETTINGS_FILE)

    @property
    def vault(self) -> Vault:
        return Vault.from_folder(self.settings.keys)

    @property
    def url(self) -> str:
        """Where the service listens."""
        return f"http://127.0.0.1:{self.settings.port}"

    def write(self, work: Callable[[Database, datetime], T]) -> T:
        """One change of a person's, beside the service."""
        db = database.open_writer(self.settings.database, self.settings.ledger)
        try:
            return Writer(db, clock.now).one(work)
        finally:
            db.conn.close()

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with self._reading() as db:
            return [tuple(row) for row in db.conn.execute(sql)]

    def families(self, numbers: Iterable[int]) -> list[str]:
        """Families who used the bot in an earlier round; their ids."""
        vault = self.vault
        return [self.write(partial(_family, vault=vault, number=FIRST + each)) for each in numbers]

    def staff(self, name: str, *roles: Role) -> str:
        """The set-up link of a new account, as the command line makes it."""
        wanted = accounts.NewAccount(f"{name.lower()}@council.example", name, roles)
        vault = self.vault
        secret = self.write(lambda db, now: accounts.add(db, now, vault, wanted, "command line"))
        return accounts.set_up_address(self.url, secret)

    def reached(self) -> list[int]:
        """Which family each invitation that Telegram took went to, in order."""
        return [
            sent.chat.id - FIRST
            for sent in self.telegram.world.sent
            if "asks parents and carers" in sent.text
        ]

    @contextmanager
    def _reading(self) -> Iterator[Database]:
        db = database.open_reader(self.settings.database)
        try:
            yield db
        finally:
            db.conn.close()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Running]:
        """A life of the service."""
        async with running("serve", folder=self.folder, ready="Serving at") as process:
            yield process


@dataclass
class Sending(Installation):
    """An installation with an open round."""

    round: Round
    code: str

    def came_to(self) -> dict[str, int]:
        """How many invitations have which status."""
        told = "SELECT status, count(*) FROM outbox WHERE kind = 'invitation' GROUP BY status"
        return {str(status): int(str(count)) for status, count in self.rows(told)}

    def unknown(self) -> list[str]:
        """The chats of which nobody knows whether they were reached."""
        with self._reading() as db:
            found = mailings.unknown(db, self.round.id)
        return [self.vault.unseal(each.letter.address) for each in found]

    def invite(self) -> int:
        return self.write(
            partial(inviting.invite, vault=self.vault, a_round=self.round, actor="test")
        )


def install(folder: Path, telegram: FakeTelegram, more: str = "") -> Installation:
    """A new installation on a free port; `more` are lines of settings."""
    path = folder / SETTINGS_FILE
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    beginning.write_settings(path, "Anytown Council", "", port)
    mine = f'telegram_token = "{telegram.token}"\ntelegram_bot_name = "AnytownBot"\n{more}'
    named = [line.partition(" = ")[0] for line in mine.splitlines()]
    shipped = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in shipped if line.partition(" = ")[0] not in named]
    lines = [f'telegram_api = "{telegram.api}"', mine, *kept]
    path.write_text("\n".join(lines), encoding="utf-8")
    made = Installation(folder, telegram)
    beginning.prepare(made.settings)
    return made


def begin(folder: Path, telegram: FakeTelegram, more: str = "") -> Sending:
    """An installation whose round sends at any hour of the day."""
    a_round, code = install(folder, telegram, more).write(_open)
    return Sending(folder, telegram, a_round, code)


def _open(db: Database, now: datetime) -> tuple[Round, str]:
    plan = rounds.Plan(
        "Spring",
        "parental_confidence",
        now - timedelta(days=1),
        now + timedelta(days=20),
        asking=RoundPlan(quiet_from=time(0), quiet_until=time(0)),
    )
    rounds.create(db, now, plan, "test")
    opened = rounds.open_round(db, now, "Spring", "test")
    return opened, stored_rounds.open_code(db, opened.id)


def _family(db: Database, now: datetime, vault: Vault, number: int) -> str:
    sealed = contacts.seal(vault, Contact(reference=f"F{number}", children=(Child("primary"),)))
    made = contacts.add(db, sealed, now)
    address = str(number)
    contacts.link_chat(db, made, "telegram", vault.lookup("telegram", address), vault.seal(address))
    return made

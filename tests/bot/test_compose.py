"""What the service refuses before it starts."""

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from bot import accounts, compose, entering
from bot.errors import NoticeRefused, ServeRefused
from bot.settings import Settings
from storage import accounts as stored_accounts
from storage import erasing
from storage.database import Database
from storage.vault import Vault
from surveys.roles import Role
from tests.bot.conftest import World

SECRET = "0123456789abcdef"


def asked(url: str, *, webhook: bool = True) -> Settings:
    return Settings.model_validate(
        {"public_url": url, "telegram_webhook": webhook, "telegram_webhook_secret": SECRET}
    )


@pytest.mark.parametrize("url", ["http://voice.example.org", "https://voice.example.org:8080"])
def test_a_webhook_that_telegram_would_never_post_to_is_refused(url: str) -> None:
    with pytest.raises(ServeRefused, match="telegram_webhook to false"):
        compose.check_webhook(asked(url))
    compose.check_webhook(asked(url, webhook=False))


@pytest.mark.parametrize(
    "url", ["https://voice.example.org", "https://v.example.org:8443", "http://127.0.0.1:8080"]
)
def test_a_webhook_that_telegram_posts_to_is_taken(url: str) -> None:
    compose.check_webhook(asked(url))


def listening(database: Path, url: str, host: str = "10.0.0.5") -> Settings:
    return Settings.model_validate({"database": database, "public_url": url, "host": host})


def add(db: Database, now: datetime, vault: Vault, *, role: Role, ready: bool = True) -> str:
    wanted = accounts.NewAccount(f"{role}@council.example", "Sam", (role,))
    accounts.add(db, now, vault, wanted, "test")
    made = accounts.find(db, vault, wanted.email)
    if ready:
        stored_accounts.set_credentials(db, made.id, "hash", vault.seal("key"), 1)
    return made.id


def test_other_addresses_wait_for_an_administrator_who_can_sign_in(
    database_path: Path, db: Database, now: datetime, vault: Vault
) -> None:
    settings = listening(database_path, "https://voice.example.org")
    check = partial(compose.check_address, settings)
    with pytest.raises(ServeRefused, match="sendvoice staff add"):
        check()
    add(db, now, vault, role=Role.OFFICER)
    with pytest.raises(ServeRefused, match="administrator"):
        check()
    made = add(db, now, vault, role=Role.ADMINISTRATOR, ready=False)
    with pytest.raises(ServeRefused, match="has set up an account"):
        check()
    stored_accounts.set_credentials(db, made, "hash", vault.seal("key"), 1)
    check()
    compose.check_address(listening(database_path, "http://127.0.0.1:8080"))
    with pytest.raises(ServeRefused, match="https://"):
        compose.check_address(listening(database_path, "http://voice.example.org"))
    stored_accounts.deactivate(db, made)
    with pytest.raises(ServeRefused, match="sendvoice staff add"):
        check()


def test_a_demonstration_is_for_this_machine_alone(
    database_path: Path, db: Database, now: datetime, vault: Vault
) -> None:
    accounts.add_demonstration(db, now, vault)
    add(db, now, vault, role=Role.ADMINISTRATOR)
    assert entering.exchange(db, now, accounts.sign_in_link(db, now))
    with pytest.raises(ServeRefused, match="demonstration"):
        compose.check_address(listening(database_path, "https://voice.example.org"))
    compose.check_address(listening(database_path, "https://voice.example.org", "127.0.0.1"))


async def test_an_erasure_that_a_crash_cut_off_is_finished_before_anybody_is_served(
    world: World, database_path: Path
) -> None:
    await world.begins(world.invite()[0])
    await world.begins(world.invite()[0])
    [(invitation,)] = world.rows("SELECT id FROM invitation LIMIT 1")
    db = world.writer._db
    db.conn.execute("BEGIN IMMEDIATE")
    erasing.erase(db, invitation, world.clock())
    db.conn.execute("ROLLBACK")  # as a crash does: nobody takes the entry back
    compose.repeat_ledger(Settings(database=database_path))
    assert world.rows("SELECT count(*) FROM invitation") == [(1,)]
    deliveries = world.rows("SELECT count(*) FROM delivery")
    compose.repeat_ledger(Settings(database=database_path))
    assert world.rows("SELECT count(*) FROM delivery") == deliveries != [(0,)]


def test_a_notice_that_cannot_be_used_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_text("Version: 1\nDate: soon\n", encoding="utf-8")
    path = tmp_path / "sendvoice.db"
    with pytest.raises(NoticeRefused, match=r"en\.md, line 2: 'soon' is not a date"):
        compose.build(Settings(privacy_notice=tmp_path, database=path))
    assert not path.exists()

"""What the service refuses before it starts."""

from pathlib import Path

import pytest

from bot import compose
from bot.errors import ServeRefused
from bot.settings import Settings
from storage import erasing
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

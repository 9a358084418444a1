"""A new key opens everything, and is the one that seals from then on."""

from functools import partial
from pathlib import Path

import pytest

from bot import rekeying
from bot.ports import CodeGiven
from storage import contacts, resealing
from storage.errors import KeysMissing
from storage.vault import ENCRYPTION_FILE, Vault, create_keys
from surveys.contacts import Contact
from tests.bot.conftest import TELEGRAM, World

FAMILY = Contact("F1", "A Parent", "a@example.com", "+447911123001", "1 High Street", "en")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    folder = tmp_path / "keys of its own"
    create_keys(folder)
    return folder


def test_everything_is_sealed_again_and_opens_with_the_new_key_alone(
    world: World, keys: Path
) -> None:
    old = Vault.from_folder(keys)
    made = world.writer.one(lambda db, now: contacts.add(db, contacts.seal(old, FAMILY), now))
    before = world.rows("SELECT email FROM contact")
    count = world.writer.one(partial(rekeying.rotate, keys=keys, actor="test"))
    assert count == 5
    assert world.rows("SELECT email FROM contact") != before
    path = keys / ENCRYPTION_FILE
    newest, oldest = path.read_text(encoding="utf-8").split()
    path.write_text(newest, encoding="utf-8")
    stored = contacts.by_id(world.reader, Vault.from_folder(keys), made)
    assert stored is not None
    assert stored.contact == FAMILY
    assert oldest not in newest
    assert path.stat().st_mode & 0o777 == 0o600


async def test_what_no_key_here_opens_leaves_all_as_it_was(world: World, keys: Path) -> None:
    await world.says(TELEGRAM, CodeGiven(world.code))  # sealed with the world's own keys
    before = world.rows("SELECT address FROM chat")
    with pytest.raises(KeysMissing):
        world.writer.one(partial(rekeying.rotate, keys=keys, actor="test"))
    assert world.rows("SELECT address FROM chat") == before


def test_every_column_that_is_sealed_is_there(world: World) -> None:
    for table, columns in resealing.SEALED.items():
        known = {row[1] for row in world.rows(f"PRAGMA table_info({table})")}
        assert set(columns) <= known, table

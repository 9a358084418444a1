"""What every test may use."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from storage import database
from storage.database import Database
from storage.vault import Vault, create_keys

# How long an example takes says more about the machine than about the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """A Monday morning in March, in UTC and in England."""
    return NOW


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    """A new, empty database."""
    path = tmp_path / "sendvoice.db"
    database.create(path)
    return path


@pytest.fixture
def db(database_path: Path) -> Iterator[Database]:
    """A writing connection to it."""
    opened = database.open_writer(database_path)
    yield opened
    opened.conn.close()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """New keys."""
    create_keys(tmp_path / "keys")
    return Vault.from_folder(tmp_path / "keys")

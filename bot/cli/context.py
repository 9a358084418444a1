"""What every command needs: the settings, a way to read and a way to write."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot import clock
from bot.settings import SETTINGS_FILE, Settings, load

if TYPE_CHECKING:
    from bot.intake import Writer
    from storage.database import Database

SettingsOption = Annotated[
    Path,
    typer.Option(
        "--settings", envvar="SENDVOICE_SETTINGS", help="The settings file.", show_default=True
    ),
]
DEFAULT_SETTINGS = Path(SETTINGS_FILE)

console = Console(highlight=False, soft_wrap=True)


def show_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal; lines of cells with tabs between them where it is piped."""
    if not console.is_terminal:
        for row in (headings, *rows):
            typer.echo("\t".join(row))
        return
    table = Table(*headings)
    for row in rows:
        table.add_row(*map(escape, row))
    console.print(table)


def expected_errors() -> tuple[type[Exception], ...]:
    """The errors that are a refusal with a reason, not a fault of ours."""
    from analysis.errors import AnalysisError  # noqa: PLC0415 - only when something failed
    from analysis.indicators.errors import PublishedDataError  # noqa: PLC0415
    from bot.errors import BotError  # noqa: PLC0415
    from storage.errors import StorageError  # noqa: PLC0415
    from surveys.errors import SurveyError  # noqa: PLC0415

    return (AnalysisError, PublishedDataError, BotError, StorageError, SurveyError)


def settings_at(path: Path) -> Settings:
    """The settings, or SettingsRefused naming every fault."""
    return load(path)


@contextmanager
def reading(settings: Settings) -> Iterator["Database"]:
    """A read-only connection."""
    from storage import database  # noqa: PLC0415 - storage is slow to import

    db = database.open_reader(settings.database)
    try:
        yield db
    finally:
        db.conn.close()


@contextmanager
def writing(settings: Settings) -> Iterator["Writer"]:
    """The writer, for one command."""
    from bot.intake import Writer  # noqa: PLC0415 - storage is slow to import
    from storage import database  # noqa: PLC0415

    db = database.open_writer(settings.database, settings.ledger)
    try:
        yield Writer(db, clock.now)
    finally:
        db.conn.close()

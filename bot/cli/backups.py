"""`sendvoice backup` and `sendvoice restore`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from bot import clock
from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, console, settings_at
from bot.errors import BackupRefused

if TYPE_CHECKING:
    from collections.abc import Callable


def backup(
    out: Annotated[
        Path | None, typer.Option(help="The folder to put it in. Default: the setting backups.")
    ] = None,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Copy the database, while the service runs, and verify the copy.

    The copy is verified by opening it. The keys are not in it, and without them no
    address in it can be read: keep a copy of them elsewhere.
    """
    from bot import backups  # noqa: PLC0415 - storage is slow to import

    loaded = settings_at(settings)
    folder = out or loaded.backups
    if folder is None:
        raise BackupRefused("Say where to: --out FOLDER, or set backups in the settings file.")
    with Progress(console=console, transient=True) as bar:
        made, sound = backups.make(loaded.database, folder, clock.now(), _steps(bar, "Copying"))
    size = made.path.stat().st_size / 1_000_000
    console.print(f"Backup: {made.path}")
    console.print(
        f"Opened and verified: {sound.total:,} rows in {len(sound.rows)} tables, {size:,.1f} MB."
    )
    console.print(f"The keys are not in it. Keep a safe copy of {loaded.keys} somewhere else.")


def _steps(bar: Progress, words: str) -> "Callable[[int, int], None]":
    task = bar.add_task(words, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)

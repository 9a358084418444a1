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

    from bot.restoring import Prepared
    from storage.restoring import Lost


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


def restore(
    file: Annotated[Path, typer.Argument(help="A file that sendvoice backup made.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    without_ledger: Annotated[
        bool, typer.Option("--without-ledger", help="The ledger is lost for good.")
    ] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Put a backup in the place of the database, which is kept under another name.

    Stop the service first. Whoever was erased or stopped since stays so, and rounds that
    were cut stay cut: the ledger says. You are told what would be lost, and asked.
    """
    from bot import compose, restoring  # noqa: PLC0415 - brings the whole service
    from storage.restoring import discard  # noqa: PLC0415

    loaded = settings_at(settings)
    with compose.only_one(loaded.database):
        with Progress(console=console, transient=True) as bar:
            ready = restoring.prepare(
                loaded, file, clock.now(), _steps(bar, "Copying"), without_ledger=without_ledger
            )
        try:
            _show(ready)
            if not yes:
                typer.confirm("Restore it?", abort=True)
            aside = restoring.put_in_place(loaded, ready, clock.now())
        finally:
            discard(ready.path)
    console.print(f"Restored: {loaded.database}")
    if aside is not None:
        console.print(f"The database before it is kept as {aside}. Delete it when you are sure.")


def _show(ready: "Prepared") -> None:
    sound, repeated = ready.backup, ready.repeated
    console.print(f"The backup is sound: {sound.total:,} rows in {len(sound.rows)} tables.")
    if sound.behind:
        console.print(f"An older version made it: brought up to date by {', '.join(sound.behind)}.")
    console.print("Done again, from the ledger:")
    for what, count in repeated.changed.items():
        console.print(f"  {_REPEATED[what]}: {count:,}")
    if repeated.torn:
        console.print(
            f"  Lines of the ledger that cannot be read: {repeated.torn:,}. A crash leaves one"
            " when it stops an erasure before it was done; more means that the file is damaged."
        )
    console.print(
        f"Invitations and reminders that may have been sent since, so are not sent again:"
        f" {repeated.unknown:,}. Replies that had waited, dropped: {repeated.dropped:,}."
    )
    if repeated.open_rounds:
        console.print(f"Open in it: {', '.join(repeated.open_rounds)}. Staff must sign in again.")
    _show_lost(ready.lost)


def _show_lost(lost: "Lost | None") -> None:
    from bot.local_time import moment_in_words  # noqa: PLC0415

    if lost is None:
        console.print(
            "LOST: the database in use is damaged, so nobody can say what is newer in it."
        )
        return
    console.print(
        f"LOST, newer than the backup: {lost.answers:,} answers of {lost.responses:,} responses,"
        f" {lost.invitations:,} invitations (their links stop working), {lost.rounds:,} rounds."
    )
    if lost.first and lost.last:
        console.print(
            f"  Those families answered between {moment_in_words(lost.first)}"
            f" and {moment_in_words(lost.last)}."
        )


_REPEATED = {
    "erased": "families erased",
    "stopped": "families who stopped messages",
    "started_again": "families who started messages again",
    "cut": "rounds cut from their invitations",
    "opted_out": "families who told staff not to ask again",
    "words_gone": "old rounds without parents' own words",
    "answers_gone": "old rounds without their answers",
    "case_gone": "safeguarding cases closed long ago",
}


def _steps(bar: Progress, words: str) -> "Callable[[int, int], None]":
    task = bar.add_task(words, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)

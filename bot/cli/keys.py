"""`sendvoice keys`: the keys that seal contact details."""

import typer

from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, console, settings_at, writing

app = typer.Typer(help="The keys that seal contact details.", no_args_is_help=True)

ACTOR = "command line"


@app.command("rotate")
def rotate(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Make a new encryption key and seal everything again with it. Stop `serve` first.

    The old key stays in its file, because older backups need it. Copy the file anew.
    """
    from bot import rekeying  # noqa: PLC0415 - storage is slow to import
    from bot.compose import only_one  # noqa: PLC0415

    loaded = settings_at(settings)
    with only_one(loaded.database), writing(loaded) as writer, console.status("Sealing"):
        count = writer.one(lambda db, now: rekeying.rotate(db, now, loaded.keys, ACTOR))
    console.print(f"{count:,} details sealed with a new key. Copy {loaded.keys} to its safe place.")


@app.callback()
def keys() -> None:
    """The keys that seal contact details."""

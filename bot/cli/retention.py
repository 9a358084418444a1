"""`sendvoice retention`."""

from typing import Annotated

import typer

from bot.cli.context import (
    DEFAULT_SETTINGS,
    SettingsOption,
    console,
    reading,
    settings_at,
    show_table,
    writing,
)

app = typer.Typer(help="What is kept no longer than the settings say.", no_args_is_help=True)

ACTOR = "command line"


@app.command("run")
def run(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count what would go; remove nothing.")
    ] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Remove what is kept no longer. A running service does so every day.

    Releases, words that nobody has read and safeguarding cases that are not closed stay.
    """
    from bot import clock, retention  # noqa: PLC0415 - storage is slow to import
    from storage import database  # noqa: PLC0415

    loaded = settings_at(settings)
    now = clock.now()
    cutoffs = retention.cutoffs(loaded, now)
    files = retention.aside(loaded.database, now)
    if dry_run:
        with reading(loaded) as db:
            rows = retention.count(db, cutoffs)
            waits = retention.kept_back(db, cutoffs)
    else:
        with writing(loaded) as writer:
            rows = retention.run(writer.one, cutoffs, ACTOR)
        with reading(loaded) as db:
            waits = retention.kept_back(db, cutoffs)
        for path in files:
            path.unlink()
    show_table(
        ("Table", "What", "Would go" if dry_run else "Went"),
        ((table, what, f"{count:,}") for (table, what), count in rows.items()),
    )
    for (_, what), count in waits.items():
        console.print(
            f"Old enough, and kept: {count:,} {what}. Somebody must read them first, or close"
            " their case, or a round that follows has no release yet."
        )
    console.print(f"Databases kept aside by a restore, older than 30 days: {len(files)}.")
    if not dry_run and not database.truncate_log(loaded.database):
        console.print("Somebody is reading the database: its log is folded away later.")

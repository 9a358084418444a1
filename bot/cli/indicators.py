"""`sendvoice indicators`: published figures."""

from pathlib import Path
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
from bot.cli.import_words import show_preview, show_report

app = typer.Typer(help="Dashboard indicators from published files.", no_args_is_help=True)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A file of figures, as it was published.")],
    area: Annotated[
        str, typer.Option(help="Your area's code, such as E06000003. Default: the setting.")
    ] = "",
    measure: Annotated[str, typer.Option(help="Only one measure, such as M5.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and keep nothing.")
    ] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Read a published file and keep its figures.

    Your area's are kept, with its region's and England's beside them. What was
    understood, what was refused and why, and what changes is shown before.
    """
    from bot import figures  # noqa: PLC0415 - brings pandas
    from bot.files import read_bytes  # noqa: PLC0415

    loaded = settings_at(settings)
    place = area or loaded.area
    report = figures.read(read_bytes(file), file.name, place, measure)
    show_report(report)
    with reading(loaded) as db:
        preview = figures.preview(db, report, place)
    show_preview(preview)
    if dry_run:
        console.print("Nothing was kept.")
        return
    with writing(loaded) as writer:
        added = writer.one(lambda db, now: figures.keep(db, now, report, place))
    console.print(
        f"{len(preview.found):,} figures kept."
        if added
        else "This file was imported for this area before: nothing changed."
    )


@app.command("list")
def list_indicators(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Every import, newest first, and how many figures it gave."""
    from bot.local_time import moment_in_words  # noqa: PLC0415
    from storage import indicators  # noqa: PLC0415 - storage is slow to import

    with reading(settings_at(settings)) as db:
        every = indicators.imports(db)
    show_table(
        ("File", "Title", "Area", "Imported", "Figures"),
        (
            (source.file_name, source.title, area, moment_in_words(imported_at), f"{figures:,}")
            for source, area, imported_at, figures in every
        ),
    )

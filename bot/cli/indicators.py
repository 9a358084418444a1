"""`sendvoice indicators`: published figures."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from analysis.indicators import ImportReport

app = typer.Typer(help="Dashboard indicators from published files.", no_args_is_help=True)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A data file of Explore Education Statistics.")],
    area: Annotated[
        str, typer.Option(help="Your area's code, such as E06000003. Default: the setting.")
    ] = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Read a published file and keep its figures.

    Your area's are kept, with its region's and England's beside them.
    """
    from bot import figures  # noqa: PLC0415 - brings pandas
    from bot.files import read_bytes  # noqa: PLC0415

    loaded = settings_at(settings)
    report = figures.read(read_bytes(file), file.name, area or loaded.area)
    _show(report)
    with writing(loaded) as writer:
        added = writer.one(lambda db, now: figures.keep(db, now, report, area or loaded.area))
    console.print(
        f"{len(report.values)} figures kept."
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


def _show(report: "ImportReport") -> None:
    console.print(f"Read as {report.reader} ({report.why}), {report.encoding}.")
    console.print(f"{report.rows_read:,} rows read, {report.rows_used:,} used.")
    for reason, count in report.ignored.items():
        console.print(f"  ignored: {count:,} {reason}")
    for symbol, count in report.unread_symbols.items():
        console.print(f"  unknown symbol in ignored rows: {symbol!r}, {count:,} times")
    for problem in report.problems:
        console.print(f"  problem: {problem}")

"""`sendvoice strategy`: the strategy view as a file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, console, reading, settings_at

app = typer.Typer(help="The strategy view.", no_args_is_help=True)


class Format(StrEnum):
    """The kinds of file the view is written as."""

    HTML = "html"
    CSV = "csv"
    JSON = "json"


@app.callback()
def group() -> None:
    """Keeps `build` a command of its own while it is the only one."""


@app.command("build")
def build(
    out: Annotated[Path, typer.Option(help="The file to write.")],
    form: Annotated[Format, typer.Option("--format", help="html, csv or json.")] = Format.HTML,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Write the strategy view as one file.

    It holds the ten measures, the actions and what parents say. On the staff pages: every role.
    """
    from bot import reports  # noqa: PLC0415 - storage is slow to import
    from bot.files import write_text  # noqa: PLC0415

    loaded = settings_at(settings)
    with reading(loaded) as db:
        material = reports.gather(db, loaded.strategy)
    write_text(out, reports.build(material, form.value))
    console.print(f"Written: {out}")

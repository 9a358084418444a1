"""`sendvoice export`: files for analysts."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, console, reading, settings_at

app = typer.Typer(help="Files for analysts, from a closed round's release.", no_args_is_help=True)

RoundOption = Annotated[str, typer.Option("--round", help="The round's name.")]
OutOption = Annotated[Path, typer.Option("--out", help="The file to write.")]


class Format(StrEnum):
    """The kinds of file an export is written as."""

    CSV = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help="csv, for Excel and all others.")]


@app.command("metrics")
def metrics(
    round_name: RoundOption,
    out: OutOption,
    form: FormatOption = Format.CSV,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """The release's figures, one a row.

    Each has its base, interval, definition and status.
    """
    _write("metrics", round_name, out, form, settings)


@app.command("responses")
def responses(
    round_name: RoundOption,
    out: OutOption,
    form: FormatOption = Format.CSV,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """One row a response, coded.

    There are no comments, names or times in it, and rare combinations are merged.
    """
    _write("responses", round_name, out, form, settings)


@app.command("codebook")
def codebook(
    round_name: RoundOption,
    out: OutOption,
    form: FormatOption = Format.CSV,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """What the columns and codes mean."""
    _write("codebook", round_name, out, form, settings)


def _write(kind: str, round_name: str, out: Path, form: Format, settings: Path) -> None:
    from bot import exporting  # noqa: PLC0415 - storage is slow to import
    from bot.files import write_text  # noqa: PLC0415

    del form  # one for now
    with reading(settings_at(settings)) as db:
        text = exporting.export(db, kind, round_name)
    write_text(out, text)
    console.print(f"Written: {out}")

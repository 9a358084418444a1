"""`sendvoice export`: files for analysts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import Progress

from analysis.export.formats import Format
from bot.cli.context import (
    DEFAULT_SETTINGS,
    SettingsOption,
    console,
    reading,
    settings_at,
    writing,
)

if TYPE_CHECKING:
    from bot.export_files import Watch
    from bot.exporting import Kind, Leave
    from bot.settings import Settings


class Picture(StrEnum):
    """What a chart is drawn as."""

    SVG = "svg"
    PNG = "png"


app = typer.Typer(
    help="Files for analysts, from a closed round's release. Each has its codebook in it or"
    " beside it.",
    no_args_is_help=True,
)

ACTOR = "command line"

RoundOption = Annotated[
    list[str], typer.Option("--round", help="The round's name. Again for one more round.")
]
OneRound = Annotated[str, typer.Option("--round", help="The round's name.")]
OutOption = Annotated[Path, typer.Option("--out", help="The file to write.")]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="Default: what the file's name ends in, else csv."),
]
ByOption = Annotated[
    str, typer.Option("--by", help="Who takes it: an analyst's e-mail address, or a name.")
]
ReasonOption = Annotated[
    str, typer.Option("--override-reason", help="Why somebody who is no analyst takes it.")
]


@app.command("metrics")
def metrics(
    round_names: RoundOption,
    out: OutOption,
    form: FormatOption = None,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """The release's figures, one a row.

    Each has its base, interval, definition and status. xlsx has charts too.
    """
    _figures("metrics", round_names, out, form, settings)


@app.command("items")
def items(
    round_names: RoundOption,
    out: OutOption,
    form: FormatOption = None,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """How every question was answered, one answer a row, as released."""
    _figures("items", round_names, out, form, settings)


@app.command("codebook")
def codebook(
    round_names: RoundOption,
    out: OutOption,
    form: FormatOption = None,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """What the columns and codes of the responses mean."""
    _figures("codebook", round_names, out, form, settings)


@app.command("responses")
def responses(
    round_names: RoundOption,
    out: OutOption,
    form: FormatOption = None,
    by: ByOption = "",
    override_reason: ReasonOption = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """One row a response, coded. For analysts; who takes it is logged.

    There are no comments, names or times in it, and rare combinations are merged.
    """
    _records("responses", round_names, out, form, settings, (by, override_reason))


@app.command("comments")
def comments(
    round_names: RoundOption,
    out: OutOption,
    form: FormatOption = None,
    by: ByOption = "",
    override_reason: ReasonOption = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Refused until names can be taken out of comments."""
    _records("comments", round_names, out, form, settings, (by, override_reason))


@app.command("all")
def everything(
    round_names: RoundOption,
    out: Annotated[Path, typer.Option("--out", help="A new folder, or a file ending in .zip.")],
    form: FormatOption = None,
    by: ByOption = "",
    override_reason: ReasonOption = "",
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Metrics, items, responses and codebook, in a folder or a .zip file. As for responses."""
    _records("all", round_names, out, form, settings, (by, override_reason))


@app.command("release")
def release(
    round_name: OneRound,
    out: Annotated[Path, typer.Option("--out", help="The file to write, ending in .json.")],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """The release itself, as it was frozen, for a notebook.

    `analysis.read_release` reads it and checks that nobody changed it since.
    """
    from bot import picturing  # noqa: PLC0415 - storage is slow to import

    with reading(settings_at(settings)) as db:
        found = picturing.release(db, round_name)
    picturing.put_release(found, out)
    console.print(f"Written: {escape(str(out))}")


@app.command("charts")
def charts(
    round_name: OneRound,
    out: Annotated[Path, typer.Option("--out", help="A new folder.")],
    form: Annotated[
        Picture, typer.Option("--format", help="svg is sharp at any size.")
    ] = Picture.SVG,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Every chart of the release as a picture, each with its table beside it."""
    from bot import picturing  # noqa: PLC0415 - storage is slow to import

    with reading(settings_at(settings)) as db:
        found = picturing.release(db, round_name)
    with _watching() as watch:
        many = picturing.put_charts(found, form.value, out, watch(out.name))
    console.print(f"Written: {many} charts and their tables in {escape(str(out))}")


def _figures(
    kind: str, round_names: list[str], out: Path, form: Format | None, settings: Path
) -> None:
    from bot.exporting import Kind  # noqa: PLC0415 - storage is slow to import

    _write(Kind(kind), round_names, out, _format(form, out), settings_at(settings), None)


def _records(
    kind: str,
    round_names: list[str],
    out: Path,
    form: Format | None,
    settings: Path,
    who: tuple[str, str],
) -> None:
    from bot import exporting  # noqa: PLC0415 - storage is slow to import
    from bot.errors import ExportingRefused  # noqa: PLC0415
    from storage.vault import Vault  # noqa: PLC0415

    if kind == exporting.Kind.COMMENTS:
        raise ExportingRefused(exporting.NO_COMMENTS)
    loaded = settings_at(settings)
    with reading(loaded) as db:
        leave = exporting.leave(db, Vault.from_folder(loaded.keys), *who, ACTOR)
    _write(exporting.Kind(kind), round_names, out, _format(form, out), loaded, leave)


def _write(
    kind: "Kind",
    round_names: list[str],
    out: Path,
    form: Format,
    loaded: "Settings",
    leave: "Leave | None",
) -> None:
    from bot import export_files, exporting  # noqa: PLC0415 - storage is slow to import

    export_files.check(kind, form, out)
    kinds = exporting.EVERYTHING if kind is exporting.Kind.ALL else (kind,)
    with reading(loaded) as db:
        made = {each: exporting.export(db, each, round_names) for each in kinds}
    if leave is not None:
        with writing(loaded) as writer:
            writer.one(
                lambda db, now: exporting.note(db, now, leave, kind, round_names, form.value)
            )
    with _watching() as watch:
        if kind is exporting.Kind.ALL:
            paths, changes = export_files.put_all(made, form, out, watch)
        else:
            paths, changes = export_files.put(made[kind], form, out, watch)
    for path in paths:
        console.print(f"Written: {escape(str(path))}")
    for change in changes:
        console.print(f"  Changed to fit the format: {escape(change)}")
    if kind is exporting.Kind.ALL:
        console.print(f"  Not in it: {exporting.NO_COMMENTS}")


def _format(form: Format | None, out: Path) -> Format:
    suffix = out.suffix.lower().removeprefix(".")
    return form or (Format(suffix) if suffix in list(Format) else Format.CSV)


@contextmanager
def _watching() -> "Iterator[Watch]":
    """A progress bar for each file, gone again when it is written."""
    with Progress(console=console, transient=True) as bar:

        def watch(name: str) -> Callable[[int, int], None]:
            task = bar.add_task(f"Writing {escape(name)}", total=None)
            return lambda done, total: bar.update(task, completed=done, total=total)

        yield watch

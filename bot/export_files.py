"""An export's files in their place: written beside it first, so that no half file stands there."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from bot.errors import ExportingRefused, FileRefused
from bot.exporting import Kind
from bot.files import folder_beside, replacing

if TYPE_CHECKING:
    from analysis.export import Export, Format

Watch = Callable[[str], Callable[[int, int], None]]
"""Given a file's name, what is told how far its writing is."""


def check(kind: Kind, form: "Format", out: Path) -> None:
    """Nothing, where this kind can be written in this format under this name.

    Raises:
        ExportingRefused: it cannot; the message says what to do.
        FileRefused: "all" would write over a folder.
    """
    from analysis.export import Format  # noqa: PLC0415 - only an export needs them

    suffix = out.suffix.lower().removeprefix(".")
    if kind is Kind.ALL:
        if out.exists() and suffix != "zip":
            raise FileRefused(f"{out} is there already. Name a new folder, or a .zip file.")
        return
    if kind is Kind.CODEBOOK and form in {Format.SAV, Format.PARQUET}:
        raise ExportingRefused(
            f"A codebook is words, so it is not written as {form.value}. Use: --format csv, xlsx"
            " or json"
        )
    if suffix in list(Format) and suffix != form.value:
        raise ExportingRefused(
            f"{out} is named as {suffix}, but the format is {form.value}. Give --format {suffix},"
            f" or a file that ends in .{form.value}."
        )


def put(export: "Export", form: "Format", out: Path, watch: Watch) -> tuple[list[Path], list[str]]:
    """Write one export, its codebook beside it; returns the files and what had to be changed.

    Raises:
        FileRefused: a file cannot be written. None stands there then that did not before.
        ExportRefused: the format cannot hold it; the message says which can.
    """
    from analysis.export import files_of  # noqa: PLC0415 - only an export needs them

    files = list(files_of(export, form, out))
    changes: list[str] = []
    paths = [path for path, _ in files]
    with replacing(paths) as parts:
        for part, (path, write) in zip(parts, files, strict=True):
            changes += [str(change) for change in write(part, watch(path.name))]
    return paths, changes


def put_all(
    exports: Mapping[Kind, "Export"], form: "Format", out: Path, watch: Watch
) -> tuple[list[Path], list[str]]:
    """Write several exports into a new folder, or into a file where `out` ends in .zip.

    A codebook is CSV where the format is not for words.

    Raises:
        FileRefused: it cannot be written.
        ExportRefused: the format cannot hold one of them.
    """
    with folder_beside(out) as folder:
        changes = _fill(folder, exports, form, watch)
        if out.suffix.lower() == ".zip":
            with replacing([out]) as [part]:
                _zip(folder, part)
        else:
            folder.rename(out)
    return [out], changes


def _fill(
    folder: Path, exports: Mapping[Kind, "Export"], form: "Format", watch: Watch
) -> list[str]:
    from analysis.export import Format  # noqa: PLC0415 - only an export needs them

    changes: list[str] = []
    for kind, export in exports.items():
        words = kind is Kind.CODEBOOK and form in {Format.SAV, Format.PARQUET}
        own = Format.CSV if words else form
        changes += put(export, own, folder / f"{kind.value}.{own.value}", watch)[1]
    return changes


def _zip(folder: Path, to: Path) -> None:
    with ZipFile(to, "w", ZIP_DEFLATED) as file:
        for path in sorted(folder.iterdir()):
            file.write(path, path.name)

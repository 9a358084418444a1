"""The files that an export becomes in each format."""

from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.export import as_csv, as_json, as_parquet, as_sav, as_xlsx
from analysis.export.cutting import Change
from analysis.export.formats import Format
from analysis.export.model import Export
from analysis.export.steps import Step, silent

WHOLE = frozenset({Format.XLSX, Format.JSON})
"""Formats whose one file holds the codebook too. Beside the others it is a CSV file."""

Write = Callable[[Path, Step], list[Change]]


def files_of(export: Export, form: Format, path: Path) -> Iterator[tuple[Path, Write]]:
    """Each file of an export that is to stand at `path`, with what writes it elsewhere first.

    The codebook stands beside it: "spring.sav" has "spring.codebook.csv". The file at
    `path` comes last.
    """
    if export.codebook is not None and form not in WHOLE:
        codebook, about = export.codebook, export.about
        beside = path.with_name(f"{path.stem}.codebook.csv")
        yield beside, lambda to, step: as_csv.write(codebook, about, to, step)
    yield path, lambda to, step: write(export, form, to, step)


def write(export: Export, form: Format, path: Path, step: Step = silent) -> list[Change]:
    """Write an export as one file of this format; what had to be changed is returned.

    `step` is told how far a long one is.

    Raises:
        ExportRefused: the format cannot hold it; the message says which can.
        OSError: the file cannot be written.
    """
    match form:
        case Format.CSV:
            return as_csv.write(export.table, export.about, path, step)
        case Format.XLSX:
            return as_xlsx.write(export, path, step)
        case Format.SAV:
            return as_sav.write(export, path, step)
        case Format.PARQUET:
            return as_parquet.write(export, path, step)
        case Format.JSON:
            return as_json.write(export, path, step)

"""Import a file of published figures: find its reader, read it, account for every row."""

import hashlib

from analysis.indicators.encodings import NotText, decode
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.readers import choose, what_each_lacks
from analysis.indicators.reading import File
from analysis.indicators.report import ImportReport

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; the largest published file of this kind is a few megabytes."""


def read_indicators(
    data: bytes, file_name: str, area: str, measures: tuple[str, ...] | None = None
) -> ImportReport:
    """Read the figures of one council, its region and England from a published file.

    `area` is the council's ONS code (E06000003) or its older three digits (807);
    `measures` limits what is read, such as ("M5", "M6"). Raises `IndicatorRefused`
    with every fault found, and then nothing was taken from the file.
    """
    file = File(file_name, data)
    _refuse_if_large(file)
    chosen = choose(file)
    if chosen is None:
        raise IndicatorRefused(file_name, _no_reader(file))
    reader, recognised = chosen
    found = reader.read(file, area.strip(), measures)
    return ImportReport(
        file_name=file_name,
        sha256=hashlib.sha256(data).hexdigest(),
        reader=f"{reader.name}/{found.key}",
        why=f"{recognised[:1].upper()}{recognised[1:]}. {found.why}",
        encoding=found.encoding,
        publisher=found.publisher,
        title=found.title,
        values=found.values,
        problems=found.problems,
        rows_read=found.rows_read,
        rows_used=found.rows_used,
        ignored=found.ignored,
        unread_symbols=found.unread_symbols,
    )


def _refuse_if_large(file: File) -> None:
    if len(file.data) > LARGEST_FILE:
        cause = f"The file is larger than {LARGEST_FILE // 1024**2} MB."
        remedy = "Choose the data file itself, not an archive."
        raise IndicatorRefused(file.name, (CellProblem(file.name, None, "", cause, remedy),))


def _no_reader(file: File) -> tuple[CellProblem, ...]:
    """Why nothing here can read the file: what it is, and what each reader looked for."""
    cause = f"No reader fits the file. {what_each_lacks()}"
    remedy = "Import the file as it was published, unchanged."
    lacking = CellProblem(file.name, None, "", cause, remedy)
    try:
        text = decode(file.data).text
    except NotText as error:
        return (CellProblem(file.name, None, "", error.cause, error.remedy), lacking)
    if text.startswith("col_name,"):
        cause = "The file describes the columns of another file and holds no figures itself."
        remedy = f"Import the data file it belongs to: {file.name.replace('.meta.csv', '.csv')}."
        return (CellProblem(file.name, 1, "", cause, remedy),)
    return (lacking,)

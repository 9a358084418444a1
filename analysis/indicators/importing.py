"""Import a file of published figures: find its reader, read it, account for every row."""

import hashlib

from analysis.indicators.ees import looks_like_ees, read_ees
from analysis.indicators.encodings import Decoded, NotText, decode
from analysis.indicators.errors import CellProblem, IndicatorRefused
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
    decoded = _decode(data, file_name)
    if not looks_like_ees(decoded.text):
        raise IndicatorRefused(file_name, (_no_reader(decoded.text, file_name),))
    found = read_ees(decoded.text, file_name, area.strip(), measures)
    return ImportReport(
        file_name=file_name,
        sha256=hashlib.sha256(data).hexdigest(),
        reader=f"ees/{found.layout.key}",
        why=found.why,
        encoding=decoded.encoding,
        publisher=found.layout.publisher,
        title=found.layout.title,
        values=found.values,
        problems=found.problems,
        rows_read=found.rows_read,
        rows_used=found.rows_used,
        ignored=found.ignored,
        unread_symbols=found.unread_symbols,
    )


def _decode(data: bytes, file_name: str) -> Decoded:
    if len(data) > LARGEST_FILE:
        cause = f"The file is larger than {LARGEST_FILE // 1024**2} MB."
        remedy = "Choose the data file itself, not an archive."
        raise IndicatorRefused(file_name, (CellProblem(file_name, None, "", cause, remedy),))
    try:
        return decode(data)
    except NotText as error:
        problem = CellProblem(file_name, None, "", error.cause, error.remedy)
        raise IndicatorRefused(file_name, (problem,)) from error


def _no_reader(text: str, file_name: str) -> CellProblem:
    if text.startswith("col_name,"):
        cause = "The file describes the columns of another file and holds no figures itself."
        remedy = f"Import the data file it belongs to: {file_name.replace('.meta.csv', '.csv')}."
    else:
        cause = "The first row does not have the headings time_period and time_identifier."
        remedy = "Import a CSV data file from Explore Education Statistics, without title rows."
    return CellProblem(file_name, 1, "", cause, remedy)

"""The rows of a contact list, from CSV or an Excel workbook, as text."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import BadZipFile

from analysis.indicators.encodings import NotText, decode
from bot.errors import ContactsRefused

MAX_BYTES = 20_000_000
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Sheet:
    """A table of text. `rows` has the number that Excel shows beside each row's cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    blank_rows: int


def read_sheet(data: bytes, name: str) -> Sheet:
    """The first sheet of a workbook, or a CSV file; the first row that is not blank heads it.

    Raises:
        ContactsRefused: it cannot be read, has no rows, or has a heading twice.
    """
    if len(data) > MAX_BYTES:
        raise ContactsRefused(f"{name} is over {MAX_BYTES // 1_000_000} MB. Split it in two.")
    kind = PurePath(name).suffix.casefold()
    lines = list(_workbook(data, name) if kind in {".xlsx", ".xlsm"} else _csv(data, name))
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if len(filled) > MOST_ROWS:
        raise ContactsRefused(f"{name} has over {MOST_ROWS:,} rows. Split it in two.")
    if not filled:
        raise ContactsRefused(f"{name} has no rows. Its first row must be headings.")
    (_, headings), *rows = filled
    _check_headings(headings, name)
    return Sheet(headings, tuple(rows), len(lines) - len(filled))


def _csv(data: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        text = decode(data).text
        # Excel in some countries writes semicolons.
        separator = (
            ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
        )
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), start=1
        ):
            yield number, tuple(cell.strip() for cell in row)
    except NotText as error:
        raise ContactsRefused(f"{name}: {error.cause} Save it as .xlsx or as CSV UTF-8.") from error
    except csv.Error as error:
        raise ContactsRefused(
            f"{name} breaks off: {error}. Look for a quotation mark left open."
        ) from error


def _workbook(data: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, and slow to import

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise ContactsRefused(f"{name} is not a readable Excel workbook. Save it again.") from error
    sheet = book.worksheets[0]
    # A sheet's own note of its size can be wrong, and then rows are lost.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield number, tuple(_cell(value) for value in row)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _check_headings(headings: Sequence[str], name: str) -> None:
    named = [heading.casefold() for heading in headings if heading]
    twice = sorted({heading for heading in named if named.count(heading) > 1})
    if twice:
        raise ContactsRefused(
            f"{name} has the heading {twice[0]!r} twice. Rename or remove one of the columns."
        )

"""The rows of a contact list, from CSV or an Excel workbook, as text."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import BadZipFile

from analysis.indicators.encodings import NotText, decode
from bot.contacts.columns import guess
from bot.errors import ContactsRefused

MAX_BYTES = 20_000_000
MOST_ROWS = 100_000
_DIGITS = 6


HEADINGS_WITHIN = 20
"""Among how many rows, blank ones not counted, the headings are looked for."""

Line = tuple[int, tuple[str, ...]]


@dataclass(frozen=True)
class Sheet:
    """A table of text. `rows` has the number that Excel shows beside each row's cells.

    `heading_row` is the number of the row of headings; `above` how many rows with something
    in them stand above it, which are not used.
    """

    headings: tuple[str, ...]
    rows: tuple[Line, ...]
    blank_rows: int
    heading_row: int = 1
    above: int = 0


def read_sheet(data: bytes, name: str) -> Sheet:
    """The first sheet of a workbook, or a CSV file, below its row of headings.

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
    above = _titles(filled)
    (heading_row, headings), *rows = filled[above:]
    _check_headings(headings, name)
    return Sheet(headings, tuple(rows), len(lines) - len(filled), heading_row, above)


def _titles(filled: Sequence[Line]) -> int:
    """How many rows stand above the one with the most headings that are understood."""
    first = [cells for _, cells in filled[:HEADINGS_WITHIN]]
    understood = [len(guess(cells)) if _may_head(cells) else 0 for cells in first]
    best = understood.index(max(understood))
    # One known word in a row may be an answer in a row of a family.
    is_wider = all(_width(cells) < _width(first[best]) for cells in first[:best])
    if understood[best] > 1 or is_wider:
        return best if understood[best] else _first_wide(first)
    return 0


def _first_wide(first: Sequence[tuple[str, ...]]) -> int:
    """The first row of more than one cell: a title stands alone in its row."""
    return next((place for place, cells in enumerate(first) if _width(cells) > 1), 0)


def _width(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _may_head(cells: Sequence[str]) -> bool:
    """Headings hold no address and no number of a family."""
    return not any("@" in cell or sum(map(str.isdigit, cell)) >= _DIGITS for cell in cells)


def _csv(data: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        text = decode(data).text
        separator = _separator(text)
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


def _separator(text: str) -> str:
    """What parts the cells, by the likeliest headings: Excel in some countries writes ";"."""
    lines = [line for line in text.splitlines() if line.strip(' ,;"')][:HEADINGS_WITHIN]

    def understood(separator: str) -> int:
        cells = ([cell.strip(' "') for cell in line.split(separator)] for line in lines)
        return max((len(guess(each)) for each in cells), default=0)

    fits = understood(";") - understood(",")
    head = text.partition("\n")[0]
    return ";" if fits > 0 or (fits == 0 and head.count(";") > head.count(",")) else ","


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

"""CSV text that spreadsheets open as it was meant.

UTF-8 with its mark, CRLF. A text cell that a spreadsheet would run as a formula, or that
begins with an apostrophe, gets an apostrophe in front, and `read_csv` takes exactly one
off again. Numbers are never touched: -1.5 stays a number, 4 stays 4.
"""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

MARK = "\ufeff"
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The header and rows as CSV text; `None` is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([guard(cell) for cell in row])
    return MARK + out.getvalue()


def read_csv(text: str) -> list[list[str]]:
    """Every row that `write_csv` wrote, header first, as the text it was."""
    rows = csv.reader(io.StringIO(text.removeprefix(MARK), newline=""))
    return [[cell.removeprefix("'") for cell in row] for row in rows]


def guard(cell: Cell) -> Cell:
    """The cell with an apostrophe in front where it is text that must not run."""
    if isinstance(cell, str) and cell.startswith(_GUARDED):
        return f"'{cell}"
    return cell

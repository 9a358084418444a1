"""CSV text that spreadsheets open as it was meant.

UTF-8 with its mark, CRLF. A text cell that a spreadsheet would run as a formula or make a
day of ("5-11"), or that begins with an apostrophe, gets an apostrophe in front, and
`read_csv` takes exactly one off again. Numbers are never touched: -1.5 stays a number, 4
stays 4.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

MARK = "\ufeff"
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_A_DAY = re.compile(r"[0-9]{1,2}[-/][0-9]{1,2}")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The header and rows as CSV text; `None` is an empty cell.

    Raises:
        ValueError: a row is longer or shorter than the header, so that its cells would
            stand under other columns' names; or a number is infinite or none at all.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for number, row in enumerate((header, *rows)):
        if len(row) != len(header):
            raise ValueError(f"Row {number} has {len(row)} cells under {len(header)} headings.")
        writer.writerow([guard(cell) for cell in row])
    return MARK + out.getvalue()


def cell_text(cell: Cell) -> str:
    """One cell as it stands in a file, in quotes where it needs them.

    Raises:
        ValueError: it is a number that is infinite or none at all.
    """
    if isinstance(cell, int):
        return str(cell)
    out = io.StringIO(newline="")
    # With a neighbour, for csv writes a row of one empty cell as a pair of quotes; with a
    # line's end, for csv puts quotes round the line ends of a text only if it knows of them.
    csv.writer(out, lineterminator="\r\n").writerow(["", guard(cell)])
    return out.getvalue()[1:-2]


def read_csv(text: str) -> list[list[str]]:
    """Every row that `write_csv` wrote, header first, as the text it was."""
    rows = csv.reader(io.StringIO(text.removeprefix(MARK), newline=""))
    return [[restore(cell) for cell in row] for row in rows]


def restore(cell: str) -> str:
    """The text that `guard` was given: one apostrophe in front, if there is any, comes off.

    Text that began with an apostrophe was given another, so nothing is lost.
    """
    return cell.removeprefix("'")


def guard(cell: Cell) -> Cell:
    """The cell with an apostrophe in front where it is text that must not run or turn."""
    if isinstance(cell, str) and (cell.startswith(_GUARDED) or _A_DAY.fullmatch(cell)):
        return f"'{cell}"
    if isinstance(cell, float) and not math.isfinite(cell):
        raise ValueError(f"{cell} is no number to write. A missing figure is None, with a reason.")
    return cell

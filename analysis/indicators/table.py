"""Text to a frame of text: every cell a string, every row with the number Excel shows.

The standard library's strict reader splits the rows, because pandas fills short rows
with blanks in silence and stops at the first long one; pandas holds the result.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.indicators.errors import CellProblem

if TYPE_CHECKING:
    import pandas as pd

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_MOST_SHAPE_FAULTS = 20


@dataclass(frozen=True)
class Table:
    """A rectangular table of text.

    `frame` has one column per usable heading, spelt as `key()` spells it, all of dtype
    str; its index is the row number in the file, the header being row 1. `headings`
    maps that spelling to the file's own. `repeated` are headings that occur more than
    once: none of their columns is in the frame. `blank_rows` counts rows left out.
    """

    frame: "pd.DataFrame"
    headings: dict[str, str]
    repeated: tuple[str, ...]
    blank_rows: int

    @property
    def rows_read(self) -> int:
        """Rows below the header, blank ones included."""
        return len(self.frame) + self.blank_rows


def key(heading: str) -> str:
    """A heading without the differences publishers make between releases: case and spaces."""
    return heading.strip().casefold()


def read_table(text: str, file: str) -> Table | tuple[CellProblem, ...]:
    """Read comma separated text, or say everything that is wrong with its shape."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        cause = f"The table breaks off: {error}."
        return (CellProblem(file, None, "", cause, "Look for a quotation mark left open."),)
    header = rows[0]
    problems = tuple(_shape_problems(rows, file))
    if problems:
        return problems
    return _frame(header, rows[1:])


def _shape_problems(rows: list[list[str]], file: str) -> Iterator[CellProblem]:
    header = rows[0]
    for separator, name in _OTHER_SEPARATORS.items():
        if len(header) == 1 and separator in header[0]:
            cause = f"The columns are separated by {name}, not commas."
            yield CellProblem(file, 1, "", cause, "Save the table as comma separated CSV.")
            return
    if len(rows) == 1:
        cause = "There are headings and no rows below them."
        yield CellProblem(file, 1, "", cause, "Download the file again from the publisher.")
    uneven = [(n, row) for n, row in enumerate(rows, start=1) if row and len(row) != len(header)]
    for number, row in uneven[:_MOST_SHAPE_FAULTS]:
        cause = f"The row has {len(row)} cells and the header {len(header)}."
        yield CellProblem(file, number, "", cause, "A comma in a name needs quotation marks.")
    if len(uneven) > _MOST_SHAPE_FAULTS:
        cause = f"{len(uneven) - _MOST_SHAPE_FAULTS} more rows have the wrong number of cells."
        yield CellProblem(file, None, "", cause, "Download the file again from the publisher.")


def _frame(header: list[str], rows: list[list[str]]) -> Table:
    import pandas as pd  # noqa: PLC0415 - loaded when a file is read, not when we are imported

    full = [(n, row) for n, row in enumerate(rows, start=2) if any(c.strip() for c in row)]
    keys = [key(heading) for heading in header]
    counts = Counter(keys)
    usable = [i for i, name in enumerate(keys) if name and counts[name] == 1]
    frame = pd.DataFrame(
        {keys[i]: [row[i].strip() for _, row in full] for i in usable},
        index=[number for number, _ in full],
        dtype=str,
    )
    return Table(
        frame=frame,
        headings={keys[i]: header[i].strip() for i in usable},
        repeated=tuple(name for name in counts if name and counts[name] > 1),
        blank_rows=len(rows) - len(full),
    )

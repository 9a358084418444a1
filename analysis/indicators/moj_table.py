"""The Ministry of Justice's tribunal table: where its figures stand, and what each row is.

Titles, a row of years, a row of headings under each year, then regions as headings with
their councils below them, totals for England, sources and notes.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from analysis.indicators.areas import name_key
from analysis.indicators.sheets import Sheet
from analysis.indicators.table import key

_FIRST_HEADING = "appeals registered"
_LOOKED_THROUGH = 30
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:[0-9](?:,[0-9])*)?")
_FOOTNOTES = re.compile(r"(?<=[^\W\d_])([0-9]{1,2}(?:,[0-9]{1,2})*)$")
_CODE_HEADING = "la code"
_NOTE = re.compile(r"([0-9]{1,2})\. (.*)", re.DOTALL)


class Is(StrEnum):
    """What a row of the table is; the words stand in the account of the rows left out."""

    TITLE = "title and heading rows"
    BLANK = "blank rows"
    REGION = "names of regions, without figures"
    AREA = "rows about other areas"
    ENGLAND = "the total for England"
    OTHER_TOTAL = "other totals, which are never added to councils"
    NOTE = "sources and notes below the table"


@dataclass(frozen=True)
class Column:
    """One column of figures: its place, its year, and its heading without footnote digits."""

    index: int
    year: str
    heading: str


@dataclass(frozen=True)
class MojTable:
    """The table of a sheet. `kinds` says what each row is, `notes` holds its footnotes."""

    sheet: Sheet
    columns: tuple[Column, ...]
    code_column: int | None
    kinds: tuple[Is, ...]
    notes: dict[str, str]

    def cell(self, row: int, index: int) -> str:
        """The text of a cell; rows are counted from 0 here, and end at their last cell."""
        cells = self.sheet.rows[row]
        return cells[index] if index < len(cells) else ""

    def name(self, row: int) -> str:
        """The name a row begins with, without footnote digits."""
        return without_footnotes(self.cell(row, 0))[0]

    def rows_of(self, kind: Is) -> tuple[int, ...]:
        """The rows of one kind."""
        return tuple(row for row, found in enumerate(self.kinds) if found is kind)


def without_footnotes(text: str) -> tuple[str, tuple[str, ...]]:
    """A heading or name, and the numbers of the footnotes glued to its last letter."""
    found = _FOOTNOTES.search(text)
    if not found:
        return text, ()
    return text[: found.start()].strip(), tuple(found.group(1).split(","))


def find_table(sheet: Sheet) -> MojTable | None:
    """The table of this layout on the sheet; `None` where there is none."""
    for row in range(min(len(sheet.rows) - 1, _LOOKED_THROUGH)):
        columns = _columns(sheet.rows[row], sheet.rows[row + 1])
        if columns:
            return _table(sheet, row, columns)
    return None


def _columns(years: tuple[str, ...], headings: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns under a row of years; none where this is not that row."""
    found: list[Column] = []
    year = ""
    for index, text in enumerate(headings):
        above = years[index] if index < len(years) else ""
        matched = _YEAR.fullmatch(above)
        # A year stands over its first column and is merged over the others.
        year = matched.group(1) if matched else "" if above else year
        if year and text:
            found.append(Column(index, year, without_footnotes(text)[0]))
    return tuple(found) if any(key(c.heading) == _FIRST_HEADING for c in found) else ()


def _table(sheet: Sheet, years_row: int, columns: tuple[Column, ...]) -> MojTable:
    codes = [i for i, text in enumerate(sheet.rows[years_row]) if key(text) == _CODE_HEADING]
    figures = range(columns[0].index, columns[-1].index + 1)
    kinds: list[Is] = []
    ended = False
    for number, row in enumerate(sheet.rows):
        first = row[0].casefold() if row else ""
        ended = ended or (number > years_row and first.startswith(("source", "note")))
        if not row:
            kinds.append(Is.BLANK)
        elif number <= years_row + 1:
            kinds.append(Is.TITLE)
        else:
            kinds.append(Is.NOTE if ended else _kind(row, figures))
    notes = [_NOTE.fullmatch(row[0]) for row in sheet.rows if row]
    return MojTable(
        sheet=sheet,
        columns=columns,
        code_column=codes[0] if codes else None,
        kinds=tuple(kinds),
        notes={one.group(1): " ".join(one.group(2).split()) for one in notes if one},
    )


def _kind(row: tuple[str, ...], figures: range) -> Is:
    if not any(row[index] for index in figures if index < len(row)):
        return Is.REGION
    name = name_key(without_footnotes(row[0])[0])
    if name in {"england", "england total"}:
        return Is.ENGLAND
    return Is.OTHER_TOTAL if "total" in name.split() else Is.AREA

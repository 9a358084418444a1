"""Sheets of text: what a CSV file and a spreadsheet have in common once they are opened."""

import csv
import io
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A sheet as text: row 1 is the first, blank rows included; `name` is "" for a CSV file.

    Cells are stripped. Rows end at their last cell that is not blank.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]


def csv_sheet(text: str) -> Sheet:
    """The rows of comma separated text, title rows and all. Raises `csv.Error` where it breaks."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return Sheet("", tuple(trimmed(row) for row in rows))


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """The cells without spaces around them and without the blank ones at the end."""
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return tuple(stripped)

"""Cells of a workbook that pyxform passes over without a word.

It leaves out a cell under no heading, a formula saved without its result, and
everything beyond sixty blank rows or twenty blank columns. Here each is a problem.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from surveys.xlsform_sheets import CHOICES, SETTINGS, SURVEY, Place, Report
from surveys.xlsform_workbook import Workbook

_SHEETS = frozenset({SURVEY.name, CHOICES.name, SETTINGS.name})


def check_nothing_lost(data: bytes, workbook: Workbook, report: Report) -> None:
    """Report every filled cell of the three sheets that is not in `workbook`."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, and slow to import

    book = load_workbook(BytesIO(data), read_only=True)
    for title in book.sheetnames:
        name = title.lower()
        if name in _SHEETS:
            for place, text in _lost(name, book[title], workbook[name] or ()):
                _report(place, text, report)
    book.close()


def _lost(name: str, sheet: Any, read: Sequence[Mapping[str, str]]) -> Iterator[tuple[Place, str]]:
    headings: list[str] = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        row = ["" if value is None else str(value).strip() for value in values]
        if number == 1:
            headings = [re.sub(" +", " ", text) for text in row]  # as pyxform does
            continue
        arrived = read[number - 2] if number - 2 < len(read) else {}
        for index, text in enumerate(row):
            heading = headings[index] if index < len(headings) else ""
            if text and heading not in arrived:
                yield Place(name, number, heading or None), text


def _report(place: Place, text: str, report: Report) -> None:
    if place.column is None:
        report.add(
            "cell_without_heading",
            place,
            f"“{text[:40]}” stands under no heading.",
            "Give its column a heading, or clear the cell.",
        )
    elif text.startswith("="):
        report.add(
            "formula_without_value",
            place,
            "The cell holds a formula without its result.",
            "Type the text itself, or open and save the file in Excel.",
        )
    else:
        report.add(
            "row_too_far",
            place,
            f"“{text[:40]}” stands beyond sixty blank rows or twenty blank columns.",
            "Remove the blank ones; reading stops there.",
        )

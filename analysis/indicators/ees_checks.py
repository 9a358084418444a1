"""What an EES file must be before a figure is taken from it."""

from typing import TYPE_CHECKING

from analysis.indicators.definitions import Layout, ees_layouts
from analysis.indicators.errors import CellProblem, IndicatorRefused
from analysis.indicators.periods import parse_period
from analysis.indicators.table import Table, key

if TYPE_CHECKING:
    import pandas as pd

SPINE = {
    "National": ("country_code", "country_name"),
    "Regional": ("region_code", "region_name"),
    "Local authority": ("new_la_code", "la_name"),
}
"""The columns that hold an area's code and name, by geographic level."""

SPINE_COLUMNS = (
    "time_period",
    "time_identifier",
    "geographic_level",
    *(column for pair in SPINE.values() for column in pair),
    "old_la_code",
)
_MOST_ROWS_NAMED = 5


def check_spine(table: Table, file: str) -> tuple[CellProblem, ...]:
    """Faults of the columns and times that every EES file must have."""
    problems = []
    for column in SPINE_COLUMNS:
        if column in table.repeated:
            cause = "The heading occurs more than once, so it cannot be told which is meant."
            problems.append(CellProblem(file, 1, column, cause, "Download the file again."))
        elif column not in table.headings:
            cause = "The column is missing."
            remedy = "Choose a file with figures for local authorities."
            problems.append(CellProblem(file, 1, column, cause, remedy))
    if "time_identifier" in table.headings:
        problems += _mixed_identifiers(table.frame, file)
    return (*problems, *_identical_rows(table.frame, file))


def choose_layout(table: Table, file: str) -> tuple[Layout, str]:
    """The layout whose columns the file has, and words saying so.

    Raises `IndicatorRefused` naming the nearest layout and the columns it lacks.
    """
    for layout in ees_layouts():
        if not _lacking(layout, table):
            columns = ", ".join(layout.required_columns)
            return layout, f'It has the columns of "{layout.key}": {columns}.'
    nearest = max(ees_layouts(), key=lambda one: _share_present(one, table))
    if not _share_present(nearest, table):
        known = ", ".join(layout.key for layout in ees_layouts())
        cause = "It is an EES file, but none of its figures is one this service knows."
        remedy = f"Import a file of one of these kinds: {known}."
        raise IndicatorRefused(file, (CellProblem(file, 1, "", cause, remedy),))
    cause = f'It looks like "{nearest.key}" ({nearest.title}), but the column is not usable.'
    problems = tuple(
        CellProblem(file, 1, column, _why_lacking(column, table, cause), "Download the file again.")
        for column in _lacking(nearest, table)
    )
    raise IndicatorRefused(file, problems)


def check_rows(rows: "pd.DataFrame", layout: Layout, file: str) -> tuple[CellProblem, ...]:
    """Faults of the rows that figures are to be taken from: repeats, times, damaged text."""
    problems = []
    places = ["time_period", "geographic_level", "country_code", "region_code", "new_la_code"]
    for number in rows.index[rows.duplicated(places, keep="first")]:
        cause = "The row repeats the area and period of one above it."
        problems.append(CellProblem(file, number, "", cause, "Download the file again."))
    for number, native, kind in zip(
        rows.index, rows["time_period"], rows["time_identifier"], strict=True
    ):
        problems += _period_problems(native, kind, layout, number, file)
    for column in ("country_name", "region_name", "la_name"):
        for number in rows.index[rows[column].str.contains("\ufffd")]:
            cause = "The name was damaged by an earlier change of encoding."
            problems.append(CellProblem(file, number, column, cause, "Download the file again."))
    return tuple(problems)


def _period_problems(
    native: str, kind: str, layout: Layout, number: int, file: str
) -> list[CellProblem]:
    if kind != layout.time_identifier:
        cause = f'"{kind}" stands where this file has "{layout.time_identifier}".'
        return [CellProblem(file, number, "time_identifier", cause, "Download the file again.")]
    try:
        parse_period(native, kind)
    except ValueError as error:
        return [CellProblem(file, number, "time_period", str(error), "Correct the period.")]
    return []


def _mixed_identifiers(frame: "pd.DataFrame", file: str) -> list[CellProblem]:
    groups = frame.groupby("time_identifier")
    first = {str(kind): int(rows.index[0]) for kind, rows in groups}
    if len(first) <= 1:
        return []
    found = ", ".join(f'"{kind}" (first in row {row})' for kind, row in first.items())
    cause = f"Kinds of period are mixed: {found}."
    remedy = "Choose a file with one kind of period."
    return [CellProblem(file, None, "time_identifier", cause, remedy)]


def _identical_rows(frame: "pd.DataFrame", file: str) -> list[CellProblem]:
    numbers = list(frame.index[frame.duplicated(keep="first")])
    if not numbers:
        return []
    named = ", ".join(str(number) for number in numbers[:_MOST_ROWS_NAMED])
    more = f" and {len(numbers) - _MOST_ROWS_NAMED} more" if len(numbers) > _MOST_ROWS_NAMED else ""
    cause = f"Rows repeat earlier ones exactly: row {named}{more}."
    return [CellProblem(file, numbers[0], "", cause, "Download the file again.")]


def _lacking(layout: Layout, table: Table) -> list[str]:
    return [column for column in layout.required_columns if key(column) not in table.headings]


def _share_present(layout: Layout, table: Table) -> float:
    """The share of the layout's own columns, its breakdown aside, that the file has."""
    own = [c for c in layout.required_columns if c not in layout.breakdown]
    return sum(key(column) in table.headings for column in own) / len(own)


def _why_lacking(column: str, table: Table, cause: str) -> str:
    if key(column) in table.repeated:
        return f"{cause} Its heading occurs more than once."
    return cause

"""Which rows of an EES file are wanted: a council's own totals, its region's, England's."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.indicators.definitions import Layout
from analysis.indicators.errors import CellProblem
from analysis.indicators.table import Table

if TYPE_CHECKING:
    import pandas as pd

OTHER_AREAS = "rows about other areas"
BREAKDOWNS = "breakdown rows (only the row of totals is read)"
OTHER_LEVELS = "rows of other levels (schools, constituencies and the like)"
BLANK_ROWS = "blank rows"


@dataclass(frozen=True)
class Chosen:
    """The rows to read, faults that refuse the file, lesser problems, and rows left by reason."""

    rows: "pd.DataFrame"
    faults: tuple[CellProblem, ...]
    problems: tuple[CellProblem, ...]
    ignored: dict[str, int]


def choose_rows(table: Table, layout: Layout, area: str, file: str) -> Chosen:
    """Choose the total rows of `area`, of the region its own rows name, and of England.

    `area` is an ONS code such as E06000003 or the three digits of the older code.
    """
    frame = table.frame
    level = frame["geographic_level"]
    known = level.isin(("National", "Regional", "Local authority"))
    total = known.copy()
    for column, only in layout.breakdown.items():
        total &= frame[column.casefold()] == only
    own = known & (level == "Local authority") & _is_area(frame, area)
    regions = set(frame.loc[own, "region_code"])
    region = (level == "Regional") & frame["region_code"].isin(regions)
    here = own | region | (level == "National")
    rows = frame[here & total]
    faults = _area_faults(frame, own, own & total, area, file)
    problems = () if faults else _absent_comparators(rows, file)
    ignored = {
        OTHER_LEVELS: int((~known).sum()),
        OTHER_AREAS: int((known & ~here).sum()),
        BREAKDOWNS: int((here & ~total).sum()),
        BLANK_ROWS: table.blank_rows,
    }
    return Chosen(rows, faults, problems, {why: n for why, n in ignored.items() if n})


def _is_area(frame: "pd.DataFrame", area: str) -> "pd.Series[bool]":
    column = "old_la_code" if re.fullmatch("[0-9]{3}", area) else "new_la_code"
    return frame[column] == area


def _area_faults(
    frame: "pd.DataFrame", own: "pd.Series[bool]", totals: "pd.Series[bool]", area: str, file: str
) -> tuple[CellProblem, ...]:
    if not re.fullmatch("E[0-9]{8}|[0-9]{3}", area):
        cause = f'"{area}" is not the code of a council.'
        remedy = "Use its code, such as E06000003 or 807."
        return (CellProblem(file, None, "", cause, remedy),)
    if not own.any():
        councils = frame.loc[frame["geographic_level"] == "Local authority", "new_la_code"]
        cause = f"No row is about a council with the code {area}; {councils.nunique()} others are."
        remedy = "Check the code, or choose a file that holds this council."
        return (CellProblem(file, None, "new_la_code", cause, remedy),)
    if not totals.any():
        cause = f"There are rows about {area}, but none is the row of totals."
        remedy = "Download the whole file, with every breakdown."
        return (CellProblem(file, None, "breakdown", cause, remedy),)
    return _conflicts(frame[own], file)


def _conflicts(rows: "pd.DataFrame", file: str) -> tuple[CellProblem, ...]:
    """One council has one code, old code, name and region throughout a file."""
    problems = []
    for column in ("new_la_code", "old_la_code", "la_name", "region_code"):
        first = {str(value): int(group.index[0]) for value, group in rows.groupby(column)}
        if len(first) > 1 or "" in first:
            found = ", ".join(f'"{value}" (row {row})' for value, row in first.items())
            cause = f"The council should have one {column} throughout, and has {found}."
            row = max(first.values())
            problems.append(CellProblem(file, row, column, cause, "Correct the row, or ask."))
    return tuple(problems)


def _absent_comparators(rows: "pd.DataFrame", file: str) -> tuple[CellProblem, ...]:
    present = set(rows["geographic_level"])
    remedy = "The council's own figures were read."
    return tuple(
        CellProblem(file, None, "geographic_level", f"There is no {level} row.", remedy)
        for level in ("Regional", "National")
        if level not in present
    )

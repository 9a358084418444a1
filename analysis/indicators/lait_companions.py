"""The files published beside LAIT's long table: its dictionary, its neighbours, its areas."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.indicators.errors import CellProblem
from analysis.indicators.lait_definitions import LaitSeries
from analysis.indicators.lait_parquet import PARQUET
from analysis.indicators.lait_sheets import find_header, first_rows
from analysis.indicators.reading import File, decoded_text

_IMPORT = "Import the long table, such as bds_long_0.parquet."


@dataclass(frozen=True)
class Companion:
    """A file that holds no figures: `what` it is, and why it is refused."""

    what: str
    headings: tuple[str, ...]
    cause: str
    remedy: str = _IMPORT


COMPANIONS = (
    Companion(
        "LAIT's dictionary",
        ("Measure_short", "Polarity", "Year_Type"),
        "This is LAIT's dictionary: it says what its figures mean and holds none.",
    ),
    Companion(
        "LAIT's statistical neighbours",
        ("LA num", "LA Name", "SN1", "SN10"),
        "This is LAIT's list of statistical neighbours: it holds no figures.",
    ),
    Companion(
        "LAIT's list of councils",
        ("LA Number", "LA Name", "Region", "Type"),
        "This is LAIT's list of councils: it holds no figures.",
    ),
)


@dataclass(frozen=True)
class Entry:
    """What the dictionary says of a label: "High", "Low", "-" or "" is good; what a year is."""

    polarity: str
    year_type: str


def companion_of(file: File) -> Companion | None:
    """Which of the files beside the long table this is, if it is one."""
    if file.data.startswith(PARQUET):
        return None
    rows = first_rows(file)
    found = (one for one in COMPANIONS if find_header(rows, one.headings) is not None)
    return next(found, None)


def read_dictionary(file: File) -> Mapping[str, Entry]:
    """The dictionary's entries by label. Raises `IndicatorRefused` where it is not text."""
    lines = csv.DictReader(io.StringIO(decoded_text(file).text, newline=""))
    return {
        (line["Measure_short"] or "").strip(): Entry(
            (line["Polarity"] or "").strip(), (line["Year_Type"] or "").strip()
        )
        for line in lines
    }


def disagreements(
    dictionary: File, series: Iterable[LaitSeries], file: str
) -> tuple[CellProblem, ...]:
    """Where the dictionary no longer says what our definitions were written from."""
    entries = read_dictionary(dictionary)
    problems = []
    for one in series:
        entry = entries.get(one.short_desc)
        if entry is None:
            problems.append(_problem(file, one, "has no entry for it", ""))
        elif entry.year_type != one.year_type:
            problems.append(_problem(file, one, f'says "{entry.year_type}"', one.year_type))
        elif not one.less_from and entry.polarity != one.polarity:
            problems.append(_problem(file, one, f'says "{entry.polarity}"', one.polarity))
    return tuple(problems)


def _problem(file: str, one: LaitSeries, says: str, ours: str) -> CellProblem:
    known = f', where our definition has "{ours}"' if ours else ""
    cause = f"Of {one.short_desc} LAIT's dictionary {says}{known}."
    remedy = "Check whether the publisher has changed what it means before it is used."
    return CellProblem(file, None, one.short_desc, cause, remedy)

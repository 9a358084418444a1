"""Importing published figures: read whole, checked whole, then kept in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import FileRefused
from storage import indicators, staff
from storage.database import Database

if TYPE_CHECKING:
    from analysis.indicators import ImportReport
    from analysis.indicators.changes import Change

MEASURES = tuple(f"M{number}" for number in range(1, 11))
"""The ten measures of a strategy."""


@dataclass(frozen=True)
class Preview:
    """What keeping a file's figures would change.

    `found` compares each figure that was not kept from this very file before;
    `kept_before` counts the others, which change nothing.
    """

    found: tuple["Change", ...]
    kept_before: int


def read(data: bytes, file_name: str, area: str, measure: str = "") -> "ImportReport":
    """What the file says about this area, its region and England; one measure, or all of them.

    Raises:
        FileRefused: no area is named, or no such measure is.
        IndicatorRefused: the file is not what it says; every fault is named.
    """
    from analysis.indicators import read_indicators  # noqa: PLC0415 - brings pandas

    if not area:
        raise FileRefused("Say which area: --area E06000003, or set area in the settings file.")
    measure = measure.strip().upper()
    if measure and measure not in MEASURES:
        raise FileRefused(f"There is no measure {measure}. Say one of {', '.join(MEASURES)}.")
    return read_indicators(data, file_name, area, (measure,) if measure else None)


def preview(db: Database, report: "ImportReport", area: str) -> Preview:
    """What keeping the report would change; nothing is kept."""
    from analysis.indicators.changes import changes, figure_key, in_order  # noqa: PLC0415

    same_file = indicators.kept_from(db, report.source.sha256, area)
    before = {figure_key(one) for one in same_file}
    left = [one for one in report.values if figure_key(one) not in before]
    found = changes(left, (one.value for one in indicators.current(db)))
    return Preview(tuple(in_order(found)), len(report.values) - len(left))


def keep(db: Database, now: datetime, report: "ImportReport", area: str) -> bool:
    """Keep the figures of a report; `False` where the same file gave them before."""
    added = indicators.add_import(db, report.source, area, report.values, now)
    if added:
        staff.log(db, now, "command line", "indicators imported", report.source.file_name)
    return added

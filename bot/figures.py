"""Importing published figures: read whole, checked whole, then kept in one transaction."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.errors import FileRefused
from storage import indicators, staff
from storage.database import Database

if TYPE_CHECKING:
    from analysis.indicators import ImportReport


def read(data: bytes, file_name: str, area: str) -> "ImportReport":
    """What the file says about this area, its region and England.

    Raises:
        FileRefused: no area is named.
        IndicatorRefused: the file is not what it says; every fault is named.
    """
    from analysis.indicators import read_indicators  # noqa: PLC0415 - brings pandas

    if not area:
        raise FileRefused("Say which area: --area E06000003, or set area in the settings file.")
    return read_indicators(data, file_name, area)


def keep(db: Database, now: datetime, report: "ImportReport", area: str) -> bool:
    """Keep the figures of a report; `False` where the same file gave them before."""
    added = indicators.add_import(db, report.source, area, report.values, now)
    if added:
        staff.log(db, now, "command line", "indicators imported", report.source.file_name)
    return added

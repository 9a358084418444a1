"""Imported indicator figures. A later import wins; earlier ones stay."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from storage.database import Database
from storage.times import from_text, to_text
from surveys.records import IndicatorSource, IndicatorValue, Missing, StoredIndicator

_COLUMNS = (
    "series",
    "measure",
    "area_code",
    "area_name",
    "area_level",
    "period",
    "period_kind",
    "unit",
    "value",
    "missing",
    "numerator",
    "denominator",
    "note",
)


def add_import(
    db: Database,
    source: IndicatorSource,
    area: str,
    values: Sequence[IndicatorValue],
    now: datetime,
) -> bool:
    """Keep the figures of one file for one area; `False` where all were kept from it before.

    A file of which some measures were taken earlier gives only the others.
    """
    before = {_key(one) for one in kept_from(db, source.sha256, area)}
    left = [one for one in values if _key(one) not in before]
    if before and not left:
        return False
    number = _import_number(db, source, area, now)
    slots = ", ".join("?" for _ in range(len(_COLUMNS) + 1))
    db.conn.executemany(
        f"INSERT INTO indicator (import_id, {', '.join(_COLUMNS)}) VALUES ({slots})",  # noqa: S608 - our own column names
        [(number, *(getattr(value, name) for name in _COLUMNS)) for value in left],
    )
    return True


def kept_from(db: Database, sha256: str, area: str) -> list[IndicatorValue]:
    """The figures kept from this very file for this area; none where it was never imported."""
    rows = db.conn.execute(
        "SELECT indicator.* FROM indicator JOIN indicator_import"
        " ON indicator_import.id = indicator.import_id WHERE sha256 = ? AND area = ?",
        (sha256, area),
    )
    return [_value(row) for row in rows]


def current(db: Database) -> list[StoredIndicator]:
    """For every series, area and period the figure that was imported last."""
    rows = db.conn.execute(
        "SELECT indicator.*, indicator_import.* FROM indicator"
        " JOIN indicator_import ON indicator_import.id = indicator.import_id"
        " WHERE indicator.import_id = (SELECT max(other.import_id) FROM indicator AS other"
        " WHERE other.series = indicator.series AND other.area_code = indicator.area_code"
        " AND other.period_kind = indicator.period_kind AND other.period = indicator.period)"
        " ORDER BY series, area_code, period_kind, period"
    )
    return [_stored(row) for row in rows]


def imports(db: Database) -> list[tuple[IndicatorSource, str, datetime, int]]:
    """Every import: its source, area, time and number of figures; newest first."""
    rows = db.conn.execute(
        "SELECT indicator_import.*, (SELECT count(*) FROM indicator"
        " WHERE import_id = indicator_import.id) AS figures"
        " FROM indicator_import ORDER BY id DESC"
    )
    return [
        (_source(row), row["area"], from_text(row["imported_at"]), row["figures"]) for row in rows
    ]


def _import_number(db: Database, source: IndicatorSource, area: str, now: datetime) -> int:
    """The row of this file for this area, made where there is none."""
    db.conn.execute(
        "INSERT INTO indicator_import (file_name, sha256, area, reader, encoding, publisher,"
        " title, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            source.file_name,
            source.sha256,
            area,
            source.reader,
            source.encoding,
            source.publisher,
            source.title,
            to_text(now),
        ),
    )
    found = db.conn.execute(
        "SELECT id FROM indicator_import WHERE sha256 = ? AND area = ?", (source.sha256, area)
    )
    return int(found.fetchone()["id"])


def _key(value: IndicatorValue) -> tuple[str, str, str, str]:
    return value.series, value.area_code, value.period_kind, value.period


def _stored(row: sqlite3.Row) -> StoredIndicator:
    return StoredIndicator(_value(row), _source(row), from_text(row["imported_at"]))


def _value(row: sqlite3.Row) -> IndicatorValue:
    fields = {name: row[name] for name in _COLUMNS}
    fields["missing"] = row["missing"] and Missing(row["missing"])
    return IndicatorValue(**fields)


def _source(row: sqlite3.Row) -> IndicatorSource:
    return IndicatorSource(
        file_name=row["file_name"],
        sha256=row["sha256"],
        reader=row["reader"],
        encoding=row["encoding"],
        publisher=row["publisher"],
        title=row["title"],
    )

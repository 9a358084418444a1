"""Imported figures come back as they went in; a later import wins and loses nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage import indicators
from storage.database import Database
from surveys.records import IndicatorSource, IndicatorValue, Missing

SOURCE = IndicatorSource("requests.csv", "a" * 64, "EES", "utf-8", "DfE", "Plans")
VALUE = IndicatorValue(
    series="M5.requests",
    measure="M5",
    area_code="E06000003",
    area_name="Redcar and Cleveland",
    area_level="Local authority",
    period="2024",
    period_kind="Calendar year",
    unit="count",
    value=237.0,
    missing=None,
)
HIDDEN = replace(VALUE, period="2023", value=None, missing=Missing.SUPPRESSED, note="c")


def test_a_value_and_a_missing_one_come_back_equal(db: Database, now: datetime) -> None:
    assert indicators.add_import(db, SOURCE, "E06000003", [VALUE, HIDDEN], now)
    stored = indicators.current(db)
    assert [item.value for item in stored] == [HIDDEN, VALUE]
    assert {item.source for item in stored} == {SOURCE}
    assert {item.imported_at for item in stored} == {now}


def test_the_same_file_again_changes_nothing(db: Database, now: datetime) -> None:
    indicators.add_import(db, SOURCE, "E06000003", [VALUE], now)
    assert not indicators.add_import(db, SOURCE, "E06000003", [VALUE], now)
    assert [row[3] for row in indicators.imports(db)] == [1]


def test_a_revised_figure_replaces_the_earlier_one_and_both_are_kept(
    db: Database, now: datetime
) -> None:
    revised = replace(SOURCE, sha256="b" * 64)
    indicators.add_import(db, SOURCE, "E06000003", [VALUE, HIDDEN], now)
    later = now + timedelta(days=1)
    indicators.add_import(db, revised, "E06000003", [replace(VALUE, value=240.0)], later)
    assert [item.value.value for item in indicators.current(db)] == [None, 240.0]
    assert db.conn.execute("SELECT count(*) FROM indicator").fetchone()[0] == 3


@pytest.mark.parametrize(("value", "missing"), [(None, None), (1.0, Missing.BLANK)])
def test_a_figure_is_a_number_or_says_why_not(
    db: Database, now: datetime, value: float | None, missing: Missing | None
) -> None:
    wrong = replace(VALUE, value=value, missing=missing)
    with pytest.raises(Exception, match="CHECK"):
        indicators.add_import(db, SOURCE, "E06000003", [wrong], now)


def test_a_file_of_which_one_measure_was_kept_gives_the_others_later(
    db: Database, now: datetime
) -> None:
    other = replace(VALUE, series="M6.issued_20_weeks", measure="M6")
    indicators.add_import(db, SOURCE, "E06000003", [VALUE], now)
    assert indicators.add_import(db, SOURCE, "E06000003", [replace(VALUE, value=1.0), other], now)
    assert [item.value for item in indicators.current(db)] == [VALUE, other]
    assert indicators.kept_from(db, SOURCE.sha256, "E06000003") == [VALUE, other]
    assert len(indicators.imports(db)) == 1


def test_only_this_file_for_this_area_was_kept_before(db: Database, now: datetime) -> None:
    indicators.add_import(db, SOURCE, "E06000003", [VALUE], now)
    assert indicators.kept_from(db, SOURCE.sha256, "E06000001") == []
    assert indicators.kept_from(db, "b" * 64, "E06000003") == []

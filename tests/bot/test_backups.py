"""Backups are named by their time, made when they are due, and kept as long as is said."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import backups
from bot.errors import BackupRefused

NIGHT = datetime(2027, 7, 1, 1, 0, tzinfo=UTC)
WINTER_NIGHT = datetime(2027, 10, 31, 2, 0, tzinfo=UTC)
"""Two o'clock in an English summer."""


def test_a_backup_is_named_by_its_time_in_utc(database_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "backups"
    made, sound = backups.make(database_path, folder, NIGHT)
    assert made.path.name == "sendvoice-2027-07-01T010000Z.db"
    assert backups.kept(folder) == [made]
    assert sound.total
    assert folder.stat().st_mode & 0o777 == 0o700
    with pytest.raises(BackupRefused, match="already"):
        backups.make(database_path, folder, NIGHT)


def test_the_newest_are_kept_and_other_files_left_alone(tmp_path: Path) -> None:
    for day in (3, 1, 2):
        (tmp_path / f"sendvoice-2027-03-0{day}T020000Z.db").touch()
    mine = tmp_path / "sendvoice-before-I-moved-house.db"
    mine.touch()
    gone = backups.forget_old(tmp_path, 2)
    assert [path.name for path in gone] == ["sendvoice-2027-03-01T020000Z.db"]
    assert [one.made_at.day for one in backups.kept(tmp_path)] == [2, 3]
    assert mine.exists()
    assert backups.forget_old(tmp_path, 2) == []


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (NIGHT, NIGHT),
        (NIGHT - timedelta(seconds=1), NIGHT - timedelta(days=1)),
        (NIGHT + timedelta(hours=23, minutes=59), NIGHT),
        # The clocks went back that night, between two in summer time and two in winter time.
        (WINTER_NIGHT, WINTER_NIGHT),
        (WINTER_NIGHT - timedelta(seconds=1), WINTER_NIGHT - timedelta(hours=25)),
    ],
)
def test_it_is_due_once_a_day_by_england_s_clock(now: datetime, due: datetime) -> None:
    assert backups.last_due(2, now) == due


def test_the_newest_backup_says_when_it_was_made(tmp_path: Path) -> None:
    assert backups.last_made(tmp_path) is None
    for day in (1, 3, 2):
        (tmp_path / f"sendvoice-2027-03-0{day}T020000Z.db").touch()
    assert backups.last_made(tmp_path) == datetime(2027, 3, 3, 2, tzinfo=UTC)


def test_what_a_crash_left_half_written_goes(database_path: Path, tmp_path: Path) -> None:
    old, young = tmp_path / ".sendvoice-a.db.part", tmp_path / ".sendvoice-b.db.part"
    for path, age in ((old, timedelta(days=2)), (young, timedelta(minutes=1))):
        path.touch()
        os.utime(path, ((NIGHT - age).timestamp(),) * 2)
    backups.make(database_path, tmp_path, NIGHT)
    assert not old.exists()
    assert young.exists()

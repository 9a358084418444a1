"""A backup is one whole moment of the database, tried before it has its name."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from storage import backup, database
from storage.database import Database
from storage.errors import BackupUnsound, DatabaseFull

ROWS = 3000


def fill(db: Database, count: int, first: int = 0) -> None:
    with database.immediate(db):
        db.conn.executemany(
            "INSERT INTO delivery VALUES (?, 'now')",
            [(f"{number:0200d}",) for number in range(first, first + count)],
        )


def test_b35_the_newest_commits_are_in_it(
    database_path: Path, db: Database, tmp_path: Path
) -> None:
    fill(db, 50)
    plain = tmp_path / "plain.db"
    shutil.copy(database_path, plain)
    found = backup.copy(database_path, tmp_path / "backup.db")
    assert found.rows["delivery"] == 50
    # Why the file is never just copied:
    assert backup.check(plain).rows["delivery"] == 0


def test_b35_writing_goes_on_and_the_copy_is_one_moment(
    database_path: Path, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_A_STEP", 8)
    fill(db, ROWS)
    steps: list[tuple[int, int]] = []

    def write_meanwhile(done: int, total: int) -> None:
        fill(db, 1, first=ROWS + len(steps))
        steps.append((done, total))

    found = backup.copy(database_path, tmp_path / "backup.db", write_meanwhile)
    assert found.rows["delivery"] == ROWS
    assert len(steps) > 5
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


def test_a_backup_is_one_file_for_its_owner_alone(
    database_path: Path, db: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    fill(db, 5)
    backup.copy(database_path, folder / "backup.db")
    assert [path.name for path in folder.iterdir()] == ["backup.db"]
    assert (folder / "backup.db").stat().st_mode & 0o777 == 0o600


def test_b35_a_copy_that_fails_never_bears_the_name(
    database_path: Path, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PAGES_A_STEP", 8)
    folder = tmp_path / "backups"
    folder.mkdir()
    fill(db, ROWS)
    seen: set[str] = set()

    def stumble(done: int, total: int) -> None:
        seen.update(path.name for path in folder.iterdir())
        if done > total / 2:
            raise OSError(28, "No space left on device")

    with pytest.raises(DatabaseFull, match="No space left"):
        backup.copy(database_path, folder / "backup.db", stumble)
    assert ".backup.db.part" in seen
    assert "backup.db" not in seen
    assert list(folder.iterdir()) == []


def test_a_damaged_backup_is_found_out(database_path: Path, db: Database, tmp_path: Path) -> None:
    fill(db, ROWS)
    path = tmp_path / "backup.db"
    backup.copy(database_path, path)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 8192)
    with pytest.raises(BackupUnsound, match="Use another"):
        backup.check(path)


def test_rows_that_belong_to_nothing_are_found_out(
    database_path: Path, db: Database, tmp_path: Path
) -> None:
    db.conn.execute("PRAGMA foreign_keys = OFF")
    db.conn.execute("INSERT INTO answer VALUES ('nobody', 'q1', 'skipped', NULL)")
    with pytest.raises(BackupUnsound, match="1 rows that belong to nothing, in answer"):
        backup.copy(database_path, tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()


@pytest.mark.parametrize("content", [None, b"", b"not a database at all, however long it is"])
def test_what_is_no_database_of_ours_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "file.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BackupUnsound):
        backup.check(path)


def test_older_is_told_and_newer_is_refused(
    database_path: Path, db: Database, now: datetime
) -> None:
    assert backup.check(database_path).behind == ()
    db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'comments_are_read'")
    assert backup.check(database_path).behind == ("comments_are_read",)
    db.conn.execute("UPDATE _sqlite_migrations SET name = 'of_tomorrow' WHERE id = 1")
    with pytest.raises(BackupUnsound, match="newer version"):
        backup.check(database_path)

"""What is kept no longer goes: every day by the clock, or when somebody asks."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.intake import Work
from bot.local_time import LONDON
from bot.settings import Settings
from storage import retention, staff
from storage.database import Database
from storage.retention import Cutoffs

LINKS = ("link", "links of linked rounds, which are cut")
ASIDE_LIFE = timedelta(days=30)
"""How long a database that a restore replaced is kept."""


Commit = Callable[[Work[int]], int]
"""Commits one piece of work and returns what it returned."""


def cutoffs(settings: Settings, now: datetime) -> Cutoffs:
    """The moments before which things go, by the settings' periods."""
    return Cutoffs(
        now=now,
        deliveries=now - timedelta(days=settings.delivery_days),
        messages=now - timedelta(days=settings.message_days),
        failures=now - timedelta(days=settings.failure_days),
        contacts=months_before(now, settings.contact_months),
        links=months_before(now, settings.linked_months),
        read_comments=months_before(now, settings.read_comment_months),
        audit=months_before(now, settings.audit_months),
    )


def count(db: Database, found: Cutoffs) -> dict[tuple[str, str], int]:
    """How many rows would go, by table and what they are."""
    links = sum(retention.linked_to_cut(db, found).values())
    rules = retention.rules(found)
    return {LINKS: links} | {(rule.table, rule.what): retention.count(db, rule) for rule in rules}


def run(commit: Commit, found: Cutoffs, actor: str) -> dict[tuple[str, str], int]:
    """Remove what is kept no longer, in short transactions; returns how many rows went.

    Fold the log away afterwards (`storage.database.truncate_log`).
    """
    gone: dict[tuple[str, str], int] = {LINKS: commit(lambda db, now: _cut(db, now, found))}
    for rule in retention.rules(found):
        gone[rule.table, rule.what] = sum(_chunks(commit, rule))
    went = ", ".join(f"{what}: {rows}" for (_, what), rows in gone.items() if rows)
    if went:
        commit(lambda db, now: _log(db, now, actor, went))
    return gone


def months_before(now: datetime, months: int) -> datetime:
    """The same day and time in England so many months ago, or that month's last day."""
    there = now.astimezone(LONDON)
    year, month = divmod(there.year * 12 + there.month - 1 - months, 12)
    for day in range(there.day, 0, -1):
        try:
            return there.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError  # every month has a first day


def aside(database: Path, now: datetime) -> list[Path]:
    """Databases that a restore replaced, and copies that one left behind, which are too old."""
    kept = now - ASIDE_LIFE
    names = (f"{database.stem}-before-restore-*", f".*{database.name}.restoring*")
    found = [path for name in names for path in database.parent.glob(name)]
    return [path for path in found if path.stat().st_mtime < kept.timestamp()]


def _chunks(commit: Commit, rule: retention.Rule) -> Iterator[int]:
    rows = retention.CHUNK
    while rows == retention.CHUNK:
        rows = commit(lambda db, _: retention.remove_some(db, rule))
        yield rows


def _cut(db: Database, now: datetime, found: Cutoffs) -> int:
    old = retention.linked_to_cut(db, found)
    retention.cut(db, tuple(old), now)
    return sum(old.values())


def _log(db: Database, now: datetime, actor: str, went: str) -> int:
    staff.log(db, now, actor, "kept no longer", "", went)
    return 0

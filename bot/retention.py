"""What is kept no longer goes: every day by the clock, or when somebody asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.intake import Work
from bot.local_time import LONDON
from bot.settings import Settings
from storage import retention, staff
from storage.ageing import AGEING, Ageing
from storage.database import Database
from storage.retention import Cutoffs, Rule

LINKS = ("link", "links of linked rounds, which are cut")
CASES = ("safeguarding_case", "safeguarding cases closed long ago")
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
        words=months_before(now, settings.comment_months),
        answers=months_before(now, settings.answer_months),
        cases=months_before(now, settings.case_months),
    )


def count(db: Database, found: Cutoffs) -> dict[tuple[str, str], int]:
    """How many rows would go, by table and what they are."""
    counted = {LINKS: sum(retention.linked_to_cut(db, found).values())}
    for rule in retention.rules(found):
        counted[rule.table, rule.what] = retention.count(db, rule)
    for kind in AGEING:
        counted[kind.table, kind.words], _ = retention.count_old(db, kind, found)
    return counted | {CASES: retention.count_cases(db, found)}


def kept_back(db: Database, found: Cutoffs) -> dict[tuple[str, str], int]:
    """How many rows are old enough and stay, for somebody to read or a case to be closed.

    Answers stay also until the round that follows theirs has its release.
    """
    counted = {(kind.table, kind.words): retention.count_old(db, kind, found)[1] for kind in AGEING}
    return {what: rows for what, rows in counted.items() if rows}


def run(commit: Commit, found: Cutoffs, actor: str) -> dict[tuple[str, str], int]:
    """Remove what is kept no longer, in short transactions; returns how many rows went.

    Fold the log away afterwards (`storage.database.truncate_log`).
    """
    gone: dict[tuple[str, str], int] = {LINKS: 0}
    for rule in retention.rules(found):
        gone[rule.table, rule.what] = _chunks(commit, partial(_remove, rule=rule))
    # After the rules, or what goes with a cut would be counted nowhere.
    gone[LINKS] = commit(lambda db, now: _cut(db, now, found))
    for kind in AGEING:
        gone[kind.table, kind.words] = _chunks(commit, partial(_age, kind=kind, found=found))
    gone[CASES] = _chunks(commit, lambda db, _: retention.forget_some_cases(db, found))
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


def _chunks(commit: Commit, work: Work[int]) -> int:
    """Commit chunk after chunk until one is empty; returns how many rows that were."""
    return sum(iter(partial(commit, work), 0))


def _remove(db: Database, _: datetime, rule: Rule) -> int:
    return retention.remove_some(db, rule)


def _age(db: Database, _: datetime, kind: Ageing, found: Cutoffs) -> int:
    return retention.age_some(db, kind, found)


def _cut(db: Database, now: datetime, found: Cutoffs) -> int:
    old = retention.linked_to_cut(db, found)
    retention.cut(db, tuple(old), now)
    return sum(old.values())


def _log(db: Database, now: datetime, actor: str, went: str) -> int:
    staff.log(db, now, actor, "kept no longer", "", went)
    return 0

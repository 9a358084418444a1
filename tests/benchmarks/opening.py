"""A round opened for many families: `python -m tests.benchmarks.opening FOLDER FAMILIES`.

Prints the seconds it took, and how much memory the process held at most, before it and in all.
"""

import json
import multiprocessing
import re
import sys
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot import clock, inviting, rounds
from bot.beginning import prepare
from bot.intake import Writer
from bot.settings import Settings
from storage import contacts, database
from storage.database import Database
from storage.vault import Vault
from tests.benchmarks import families

SURVEY = "parental_confidence"
NAME = "Bench"
KILOBYTES = 1024


def main(folder: Path, count: int) -> None:
    """Measure in a process that has not brought the families in itself."""
    folder.mkdir()
    settings = Settings(database=folder / "sendvoice.db", keys=folder / "keys")
    filling = multiprocessing.get_context("spawn").Process(target=_fill, args=(settings, count))
    filling.start()
    filling.join()
    vault = Vault.from_folder(settings.keys)
    writer = Writer(database.open_writer(settings.database), clock.now)
    before, began = _peak(), time.perf_counter()
    writer.one(partial(_open, vault=vault))
    seconds = time.perf_counter() - began
    sys.stdout.write(json.dumps({"seconds": seconds, "before": before, "peak": _peak()}))


def _fill(settings: Settings, count: int) -> None:
    prepare(settings)
    vault = Vault.from_folder(settings.keys)
    writer = Writer(database.open_writer(settings.database), clock.now)
    writer.one(partial(families.with_email, vault=vault, count=count))
    writer.one(_draft)


def _draft(db: Database, now: datetime) -> None:
    plan = rounds.Plan(NAME, SURVEY, now - timedelta(days=1), now + timedelta(days=1))
    rounds.create(db, now, plan, "bench")


def _open(db: Database, now: datetime, vault: Vault) -> None:
    opened = rounds.open_round(db, now, NAME, "bench")
    invited = inviting.invite(db, now, vault, opened, "bench")
    assert invited == contacts.count(db)


def _peak() -> float:
    # A process begins with the peak of its parent in getrusage; this one is its own.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(kilobytes) / KILOBYTES


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""Answers kept with sqlite-utils: one upsert, one transaction."""

from pathlib import Path

from sqlite_utils import Database


def opened(path: Path) -> Database:
    """A database as durable as ours: write-ahead log, every commit flushed."""
    db = Database(path)
    db.enable_wal()
    db.execute("PRAGMA synchronous = FULL")
    db.table("answer").create(
        {"parent": str, "question": str, "state": str, "value": str}, pk=("parent", "question")
    )
    return db


def put(db: Database, parent: str, question: str, value: str) -> None:
    """Keep one answer."""
    row = {"parent": parent, "question": question, "state": "answered", "value": value}
    db.table("answer").upsert(row, pk=("parent", "question"))

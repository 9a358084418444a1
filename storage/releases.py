"""Releases: a round's results, frozen. Earlier ones are kept."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.database import Database
from storage.times import to_text


def add(db: Database, round_id: str, release: Mapping[str, Any], reason: str, now: datetime) -> int:
    """Keep a release as the round's next one; returns its number."""
    row = db.conn.execute(
        "SELECT coalesce(max(number), 0) + 1 AS number FROM release WHERE round_id = ?",
        (round_id,),
    ).fetchone()
    db.conn.execute(
        "INSERT INTO release VALUES (?, ?, ?, ?, ?, ?)",
        (
            round_id,
            row["number"],
            release["hash"],
            json.dumps(release, ensure_ascii=False, sort_keys=True),
            reason,
            to_text(now),
        ),
    )
    return int(row["number"])


def current(db: Database, round_id: str) -> dict[str, Any] | None:
    """The round's newest release, or `None`."""
    row = db.conn.execute(
        "SELECT body FROM release WHERE round_id = ? ORDER BY number DESC LIMIT 1", (round_id,)
    ).fetchone()
    return None if row is None else dict(json.loads(row["body"]))


def all_current(db: Database) -> list[dict[str, Any]]:
    """The newest release of every round, newest round first."""
    rows = db.conn.execute(
        "SELECT release.body FROM release JOIN round ON round.id = release.round_id"
        " WHERE release.number = (SELECT max(number) FROM release AS other"
        " WHERE other.round_id = release.round_id) ORDER BY round.closes_at DESC"
    )
    return [dict(json.loads(row["body"])) for row in rows]


def history(db: Database, round_id: str) -> list[tuple[int, str, str, dict[str, Any]]]:
    """Every release of the round, oldest first: number, when it was made, why, and itself."""
    rows = db.conn.execute(
        "SELECT number, made_at, reason, body FROM release WHERE round_id = ? ORDER BY number",
        (round_id,),
    )
    return [
        (int(row["number"]), row["made_at"], row["reason"], dict(json.loads(row["body"])))
        for row in rows
    ]

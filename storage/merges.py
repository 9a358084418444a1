"""Mail merges: which letters went out together, so that the same can be made again."""

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.times import from_text, to_text


@dataclass(frozen=True)
class Merge:
    """A mail merge of a round: when it was made, and of how many letters."""

    id: int
    round_id: str
    made_at: datetime
    letters: int


def add(db: Database, round_id: str, now: datetime, letters: dict[int, int]) -> int:
    """Note a merge of these outbox rows, each with its number in the list; returns its id."""
    made = db.conn.execute(
        "INSERT INTO mail_merge (round_id, made_at, letters) VALUES (?, ?, ?) RETURNING id",
        (round_id, to_text(now), len(letters)),
    ).fetchone()
    db.conn.executemany(
        "UPDATE outbox SET merge_id = ?, merge_number = ? WHERE id = ?",
        ((made["id"], number, message_id) for message_id, number in letters.items()),
    )
    return int(made["id"])


def of_round(db: Database, round_id: str) -> list[Merge]:
    """The round's merges, the newest first."""
    rows = db.conn.execute(
        "SELECT * FROM mail_merge WHERE round_id = ? ORDER BY id DESC", (round_id,)
    )
    return [
        Merge(row["id"], row["round_id"], from_text(row["made_at"]), row["letters"]) for row in rows
    ]

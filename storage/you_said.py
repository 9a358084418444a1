"""What families said in a round and what is done about it, with an owner and a date."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Database
from storage.times import to_text


@dataclass(frozen=True)
class YouSaid:
    """One entry: what families said, what is done, who sees to it and by when."""

    id: str
    round_id: str
    said: str
    done: str
    owner: str
    due_on: date


def add(db: Database, entry: YouSaid, now: datetime) -> None:
    """Keep a new entry."""
    db.conn.execute(
        "INSERT INTO you_said VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            entry.round_id,
            entry.said,
            entry.done,
            entry.owner,
            entry.due_on.isoformat(),
            to_text(now),
        ),
    )


def of_round(db: Database, round_id: str) -> list[YouSaid]:
    """A round's entries, first made first."""
    rows = db.conn.execute(
        "SELECT id, round_id, said, done, owner, due_on FROM you_said"
        " WHERE round_id = ? ORDER BY made_at, id",
        (round_id,),
    )
    return [
        YouSaid(
            row["id"],
            row["round_id"],
            row["said"],
            row["done"],
            row["owner"],
            date.fromisoformat(row["due_on"]),
        )
        for row in rows
    ]

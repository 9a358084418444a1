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


def change(db: Database, entry: YouSaid) -> None:
    """The entry with this id says this from now on."""
    db.conn.execute(
        "UPDATE you_said SET said = ?, done = ?, owner = ?, due_on = ? WHERE id = ?",
        (entry.said, entry.done, entry.owner, entry.due_on.isoformat(), entry.id),
    )


def remove(db: Database, entry_id: str) -> None:
    """Take an entry away."""
    db.conn.execute("DELETE FROM you_said WHERE id = ?", (entry_id,))


def opened_since(db: Database, entry_id: str) -> str | None:
    """The first round that waited for such an entry and opened after it was written.

    Those that follow another and demonstrations wait for none.
    """
    row = db.conn.execute(
        "SELECT later.name FROM you_said JOIN round ON round.id = you_said.round_id"
        " JOIN questionnaire ON questionnaire.hash = round.questionnaire_hash"
        " JOIN questionnaire AS same ON same.key = questionnaire.key"
        " JOIN round AS later ON later.questionnaire_hash = same.hash"
        " LEFT JOIN round_plan ON round_plan.round_id = later.id"
        " WHERE you_said.id = ? AND later.id <> round.id AND later.opened_at >= you_said.made_at"
        " AND NOT later.demonstration AND round_plan.body ->> '$.follows' IS NULL"
        " ORDER BY later.opened_at LIMIT 1",
        (entry_id,),
    ).fetchone()
    return None if row is None else str(row["name"])

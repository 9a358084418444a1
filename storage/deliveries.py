"""Which deliveries have been taken, so that a second one changes nothing."""

from datetime import datetime

from storage.database import Database
from storage.times import to_text


def take(db: Database, key: str, now: datetime) -> bool:
    """Whether this delivery is new; from now on it is not."""
    taken = db.conn.execute(
        "INSERT INTO delivery VALUES (?, ?) ON CONFLICT DO NOTHING", (key, to_text(now))
    )
    return taken.rowcount == 1


def record_failure(db: Database, key: str | None, error: str, now: datetime) -> None:
    """Keep that a delivery failed: the kind of error, and nothing that was said."""
    db.conn.execute(
        "INSERT INTO failure (delivery_key, error, failed_at) VALUES (?, ?, ?)",
        (key, error, to_text(now)),
    )

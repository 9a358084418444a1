"""Questionnaire versions, by content hash. A version is never changed or removed."""

from datetime import datetime

from storage.database import Database
from storage.times import to_text
from surveys.model import Questionnaire, in_language


def add(db: Database, questionnaire: Questionnaire, now: datetime) -> bool:
    """Keep this version; `False` where it was there already."""
    title = in_language(
        questionnaire.titles, questionnaire.default_language, questionnaire.default_language
    )
    added = db.conn.execute(
        "INSERT INTO questionnaire VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            questionnaire.hash,
            questionnaire.key,
            questionnaire.version,
            title,
            questionnaire.to_json(),
            to_text(now),
        ),
    )
    return added.rowcount == 1


def keep_source(db: Database, content_hash: str, kind: str, data: bytes) -> None:
    """Keep the file of a version, the first one that was added."""
    db.conn.execute(
        "INSERT OR IGNORE INTO questionnaire_source VALUES (?, ?, ?)", (content_hash, kind, data)
    )


def source(db: Database, content_hash: str) -> tuple[str, bytes] | None:
    """The kind and the bytes of the file of a version, or `None` where none was kept."""
    row = db.conn.execute(
        "SELECT kind, data FROM questionnaire_source WHERE hash = ?", (content_hash,)
    ).fetchone()
    return None if row is None else (row["kind"], row["data"])


def by_hash(db: Database, content_hash: str) -> Questionnaire | None:
    """The version with this content hash."""
    row = db.conn.execute(
        "SELECT body FROM questionnaire WHERE hash = ?", (content_hash,)
    ).fetchone()
    return None if row is None else Questionnaire.from_json(row["body"])


def latest(db: Database, key: str) -> Questionnaire | None:
    """The version of this key that was added last."""
    row = db.conn.execute(
        "SELECT body FROM questionnaire WHERE key = ? ORDER BY added_at DESC, rowid DESC", (key,)
    ).fetchone()
    return None if row is None else Questionnaire.from_json(row["body"])


def everything(db: Database) -> list[Questionnaire]:
    """Every version, by key and then in the order they were added."""
    rows = db.conn.execute("SELECT body FROM questionnaire ORDER BY key, added_at, rowid")
    return [Questionnaire.from_json(row["body"]) for row in rows]

"""Which editions of the privacy notice a family was told of, and which one it acknowledged.

Beside the invitation and never with a response; gone when a round is cut or a family erased.
"""

from dataclasses import dataclass

from storage.database import Database


@dataclass(frozen=True)
class NoticeRead:
    """Editions as `bot.notice.edition` writes them, such as "2-2026-12-01".

    `told` is the newest that the family was shown or told of; `acknowledged` the one it
    said it had read, or "".
    """

    told: str = ""
    acknowledged: str = ""


NOTHING_READ = NoticeRead()


def keep(db: Database, invitation_id: str, what: NoticeRead) -> None:
    """From now on the family was told this."""
    db.conn.execute(
        "INSERT INTO notice_read (invitation_id, told, acknowledged) VALUES (?, ?, ?)"
        " ON CONFLICT (invitation_id)"
        " DO UPDATE SET told = excluded.told, acknowledged = excluded.acknowledged",
        (invitation_id, what.told, what.acknowledged),
    )

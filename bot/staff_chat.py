"""Tells a group chat of staff that something urgent waits to be read, and never what.

An alert is never given up: what the group refuses is tried again each hour, and the staff
pages say so meanwhile. What a crash left claimed is sent again.
"""

from datetime import datetime, timedelta

from bot.ports import STAFF_ALERT, DeliveryFailed
from storage import outbox, staff_chat
from storage.database import Database
from storage.outbox import Claimed

CHANNEL = "telegram"
MOST_MOVES = 6
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=1)
REFUSED_WAIT = timedelta(hours=1)
LATE = timedelta(minutes=10)
"""Staff are told of an alert that has waited for so long, although nobody refused it."""


class StaffChat:
    """The group that the settings name, or `None` for no alerts."""

    def __init__(self, named: int | None = None) -> None:
        self._named = None if named is None else str(named)

    def alert(self, db: Database, now: datetime) -> None:
        """Something urgent is queued in the transaction under way: so is an alert."""
        if self._named is not None:
            outbox.add_alert(db, CHANNEL, STAFF_ALERT, now)

    def begin(self, db: Database, now: datetime) -> None:
        """A new life, perhaps with another setting: try again, or forget what nobody wants."""
        if self._named is None:
            outbox.drop_alerts(db)
        else:
            outbox.hasten_alerts(db, now)

    def address(self, db: Database) -> str:
        """The chat's id as it is by now; "" without a chat."""
        return "" if self._named is None else staff_chat.now_at(db, self._named)

    def undelivered_since(self, db: Database, now: datetime) -> datetime | None:
        """Since when an alert could not be delivered, or `None`."""
        waits = None if self._named is None else outbox.waiting_alert(db)
        if waits is None:
            return None
        since, reason = waits
        return since if reason or now - since > LATE else None

    def keep_failure(
        self, db: Database, now: datetime, item: Claimed, failure: DeliveryFailed
    ) -> None:
        """An alert was not delivered: when and where it is tried again."""
        if failure.moved_to and self._named is not None and item.attempts < MOST_MOVES:
            staff_chat.moved(db, self._named, failure.moved_to)
            outbox.put_back(db, item.id, now)
        elif failure.permanent or failure.refused:
            outbox.put_back(db, item.id, now + REFUSED_WAIT, failure.reason)
        elif failure.retry_after is not None:
            outbox.put_back(db, item.id, now + timedelta(seconds=failure.retry_after))
        else:
            wait = FIRST_WAIT * 2 ** min(item.attempts - 1, 10)
            outbox.put_back(db, item.id, now + min(wait, LONGEST_WAIT))

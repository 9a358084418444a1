"""Urgent words of one turn: the case they open, and the alert that they wait to be read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.staff_chat import StaffChat
from storage import comments, staff
from storage.database import Database
from surveys.concern import Concern


@dataclass(frozen=True)
class Cases:
    """Works in the transaction of a turn. `sealed_contact` seals how to reach the parent."""

    db: Database
    now: datetime
    sealed_contact: Callable[[], str]
    staff_chat: StaffChat

    def open(self, words_id: str, question_key: str, found: Concern) -> bool:
        """Open a case; `False` where these words have one. `words_id`: see `comments.open_case`."""
        case = comments.open_case(
            self.db, words_id, question_key, found, self.sealed_contact(), self.now
        )
        if case is not None:
            staff.log(self.db, self.now, "service", "case opened", case)
        return case is not None

    def alert(self) -> None:
        """Something urgent waits that did not before."""
        self.staff_chat.alert(self.db, self.now)

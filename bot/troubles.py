"""What keeps the service from keeping or telling what it should, for staff to see."""

from datetime import datetime

from bot.intake import Clock, Intake
from bot.ports import Trouble, TroubleKind
from bot.staff_chat import StaffChat
from bot.upkeep import Upkeep
from storage.database import Database


def found(
    intake: Intake, upkeep: Upkeep, staff_chat: StaffChat, reader: Database, clock: Clock
) -> tuple[Trouble, ...]:
    """Every trouble there is now, the most pressing first. Cheap: every staff page asks."""
    backup = upkeep.trouble()
    every = (
        _since(TroubleKind.DISK_FULL, intake.full_since),
        _since(TroubleKind.NOT_ALERTED, staff_chat.undelivered_since(reader, clock())),
        backup,
    )
    return tuple(trouble for trouble in every if trouble is not None)


def _since(kind: TroubleKind, since: datetime | None) -> Trouble | None:
    return None if since is None else Trouble(kind, since)

"""A family that told staff it is not to be asked again."""

from datetime import datetime

from bot.contacts.finding import find
from storage import erasing, staff
from storage.database import Database
from storage.vault import Vault


def opt_out(db: Database, now: datetime, vault: Vault, address: str, actor: str) -> None:
    """Ask the family with this email, mobile or reference no more, also after a restore.

    Raises:
        ContactsRefused: none, or more than one family is known by it.
    """
    found = find(db, vault, address)
    erasing.opt_out(db, found, now)
    staff.log(db, now, actor, "family opted out", found)

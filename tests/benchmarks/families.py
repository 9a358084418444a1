"""Families to invite, in a house of their own."""

from datetime import datetime, time

from storage import contacts, plans
from storage.database import Database
from storage.vault import Vault
from surveys.contacts import Contact
from surveys.invitations import Child
from surveys.plans import RoundPlan

FIRST = 100_000
"""The chat of the first family; the others follow."""

AT_ANY_HOUR = RoundPlan(quiet_from=time(0), quiet_until=time(0))


def with_chats(db: Database, now: datetime, vault: Vault, count: int) -> None:
    """Families who used the bot in an earlier round."""
    for number in range(FIRST, FIRST + count):
        sealed = contacts.seal(vault, Contact(reference=f"F{number}", children=(Child("primary"),)))
        made, chat = contacts.add(db, sealed, now), str(number)
        contacts.link_chat(db, made, "telegram", vault.lookup("telegram", chat), vault.seal(chat))


def with_email(db: Database, now: datetime, vault: Vault, count: int) -> None:
    """Families as a council lists them."""
    for number in range(count):
        contact = Contact(
            reference=f"F{number}",
            name=f"Parent {number}",
            email=f"parent{number}@example.com",
            phone=f"+4477009{number:05}",
            address=f"{number} High Street, Anytown",
            children=(Child("primary", "mainstream", "support"),),
        )
        contacts.add(db, contacts.seal(vault, contact), now)


def send_at_any_hour(db: Database, round_id: str) -> None:
    """The time of day says nothing about how fast we are."""
    plans.put(db, round_id, AT_ANY_HOUR)

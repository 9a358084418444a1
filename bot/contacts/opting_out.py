"""A family that told staff it is not to be asked again."""

from datetime import datetime

import phonenumbers

from bot.errors import ContactsRefused
from storage import contacts, erasing, staff
from storage.database import Database
from storage.vault import Vault
from surveys.contacts import Contact


def opt_out(db: Database, now: datetime, vault: Vault, address: str, actor: str) -> None:
    """Ask the family with this email, mobile or reference no more, also after a restore.

    Raises:
        ContactsRefused: none, or more than one family is known by it.
    """
    given = address.strip()
    known = Contact(reference=given, email=given.casefold(), phone=_phone(given))
    found = contacts.matches(db, vault, known)
    if len(found) != 1:
        raise ContactsRefused(
            "No family in the contacts has this email, mobile or reference."
            if not found
            else "More than one family is known by this: use the email or the mobile."
        )
    erasing.opt_out(db, found[0], now)
    staff.log(db, now, actor, "family opted out", found[0])


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

"""One family, found by what the council's list has of it."""

import phonenumbers

from bot.errors import ContactsRefused
from storage import contacts
from storage.database import Database
from storage.vault import Vault
from surveys.contacts import Contact


def find(db: Database, vault: Vault, address: str) -> str:
    """The id of the contact with this email, mobile or reference.

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
    return found[0]


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

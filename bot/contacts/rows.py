"""One row of a list as a contact, or the reasons why it is not one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from bot.contacts.columns import Field, Mapped
from surveys.contacts import Contact
from surveys.invitations import Channel, Child
from surveys.phases import (
    PHASE_NAMES,
    PROVISION_NAMES,
    SETTING_NAMES,
    Phase,
    Provision,
    Setting,
)

_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_LONGEST_EMAIL = 254
_LONGEST = 500
_CHANNELS: Mapping[str, Channel] = {
    "email": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "text": Channel.TEXT,
    "text message": Channel.TEXT,
    "sms": Channel.TEXT,
    "letter": Channel.LETTER,
    "post": Channel.LETTER,
}


@dataclass(frozen=True)
class Fault:
    """Why a row, or a cell of it, is not used, and what to do. It quotes no contact detail."""

    row: int
    column: str
    cause: str

    def __str__(self) -> str:
        """For a person with the file open."""
        where = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.cause}"


@dataclass(frozen=True)
class Row:
    """What one row says: one family with at most one child. `notes` are of cells left out."""

    number: int
    contact: Contact
    notes: tuple[Fault, ...] = ()


def read_row(
    number: int, cells: Sequence[str], columns: Mapped, headings: Sequence[str]
) -> Row | tuple[Fault, ...]:
    """The row as a contact, or everything that is wrong with it."""
    reading = _Reading(number, cells, columns, headings)
    contact = Contact(
        reference=reading.text(Field.REFERENCE),
        name=reading.text(Field.NAME),
        email=reading.email(),
        phone=reading.phone(),
        address=reading.text(Field.ADDRESS),
        language=reading.text(Field.LANGUAGE),
        prefers=reading.channel(),
        children=reading.children(),
    )
    reading.settle(reachable=bool(contact.email or contact.phone or contact.address))
    if reading.faults:
        return tuple(reading.faults)
    return Row(number, contact, tuple(reading.notes))


class _Reading:
    """Reads the cells of one row, and gathers what is wrong with them."""

    def __init__(
        self, number: int, cells: Sequence[str], columns: Mapped, headings: Sequence[str]
    ) -> None:
        self._number = number
        self._cells = cells
        self._columns = columns
        self._headings = headings
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self._dropped: list[Fault] = []

    def settle(self, *, reachable: bool) -> None:
        """A cell that was dropped is a note where another reaches the family, else a fault."""
        if reachable and not self.faults:
            self.notes += [
                Fault(each.row, each.column, f"{each.cause} Left out; the family is kept.")
                for each in self._dropped
            ]
            return
        self.faults += self._dropped
        if not reachable and not self.faults:
            ways = [_WAYS[field] for field in _WAYS if field in self._columns]
            *first, last = ways or list(_WAYS.values())
            named = f"{', '.join(first)} or {last}" if first else last
            self.refuse(None, f"There is no way to reach this family. Fill in {named}.")

    def refuse(self, field: Field | None, cause: str) -> None:
        self.faults.append(Fault(self._number, self._heading(field), cause))

    def text(self, field: Field) -> str:
        position = self._columns.get(field)
        if position is None or position >= len(self._cells):
            return ""
        text = self._cells[position]
        if len(text) > _LONGEST:
            self.refuse(field, f"It is over {_LONGEST} characters. Shorten it.")
        return text

    def email(self) -> str:
        email = self.text(Field.EMAIL).casefold().removeprefix("mailto:")
        if email and (len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email)):
            self.refuse(Field.EMAIL, "It is not an email address. Mend it or leave it empty.")
            return ""
        return email

    def phone(self) -> str:
        text = self.text(Field.PHONE)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "GB")
        except phonenumbers.NumberParseException:
            number = None
        if number is not None and _is_invented(number):
            cause = "It is a number kept for invented people: it reaches nobody. Kept all the same."
            self.notes.append(Fault(self._number, self._heading(Field.PHONE), cause))
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if number is None or not phonenumbers.is_valid_number(number):
            cause = "It is not a phone number of the UK, nor one that begins with +."
            self._dropped.append(Fault(self._number, self._heading(Field.PHONE), cause))
            return ""
        if phonenumbers.number_type(number) not in _TAKES_TEXTS:
            cause = "It is not a mobile number, so no text message could reach it. Left out."
            self.notes.append(Fault(self._number, self._heading(Field.PHONE), cause))
            return ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def channel(self) -> Channel | None:
        text = self.text(Field.PREFERS).casefold()
        if text and text not in _CHANNELS:
            self.refuse(Field.PREFERS, "It must be email, text or letter, or empty.")
        return _CHANNELS.get(text)

    def children(self) -> tuple[Child, ...]:
        child = Child(
            self._code(Field.PHASE, PHASE_NAMES),
            self._code(Field.SETTING, SETTING_NAMES),
            self._code(Field.PROVISION, PROVISION_NAMES),
        )
        return () if child == Child() else (child,)

    def _code(
        self,
        field: Field,
        names: Mapping[Phase, str] | Mapping[Setting, str] | Mapping[Provision, str],
    ) -> str:
        text = self.text(field)
        for code, name in names.items():
            if _spelt(text) in {_spelt(code), _spelt(name)}:
                return str(code)
        if text:
            self.refuse(field, f"It must be one of: {', '.join(names.values())}; or empty.")
        return ""

    def _heading(self, field: Field | None) -> str:
        return "" if field is None else self._headings[self._columns[field]]


def _is_invented(number: phonenumbers.PhoneNumber) -> bool:
    """Whether it is of those that Ofcom keeps for drama: 07700 900000 to 07700 900999."""
    return number.country_code == _UK and number.national_number in _INVENTED


_UK = 44
_INVENTED = range(7700900000, 7700901000)
_WAYS: Mapping[Field, str] = {
    Field.EMAIL: "email",
    Field.PHONE: "phone",
    Field.ADDRESS: "address",
}
_TAKES_TEXTS = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
)


def _spelt(text: str | StrEnum) -> str:
    return re.sub(r"[\s_-]+", " ", text).strip().casefold()

"""Which column of a list holds what: guessed from its heading, or said by a person."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.errors import ColumnsUnclear, ContactsRefused


class Field(StrEnum):
    """What a column can hold. A row is one child; rows of one family are joined."""

    REFERENCE = "reference"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    LANGUAGE = "language"
    PREFERS = "prefers"
    PHASE = "phase"
    SETTING = "setting"
    PROVISION = "provision"


FIELD_NAMES: Mapping[Field, str] = {
    Field.REFERENCE: "Your reference for the family",
    Field.NAME: "Parent or carer's name",
    Field.EMAIL: "Email",
    Field.PHONE: "Mobile phone",
    Field.ADDRESS: "Postal address",
    Field.LANGUAGE: "Language",
    Field.PREFERS: "How they like to be asked",
    Field.PHASE: "Child's phase",
    Field.SETTING: "Child's kind of setting",
    Field.PROVISION: "Child's kind of SEN help",
}

_HEADINGS: Mapping[Field, tuple[str, ...]] = {
    Field.REFERENCE: ("reference", "ref", "family reference", "family id", "id", "contact id"),
    Field.NAME: ("name", "parent", "parent name", "carer", "parent or carer", "full name",
                 "contact name", "parent/carer", "parent carer name"),
    Field.EMAIL: ("email", "e-mail", "email address", "e-mail address", "parent email"),
    Field.PHONE: ("phone", "mobile", "telephone", "phone number", "mobile number", "mobile phone",
                  "tel", "parent mobile", "contact number"),
    Field.ADDRESS: ("address", "postal address", "home address"),
    Field.LANGUAGE: ("language", "home language", "preferred language"),
    Field.PREFERS: ("prefers", "preferred contact", "contact preference", "contact by",
                    "preferred channel"),
    Field.PHASE: ("phase", "phase of education", "education phase", "child phase"),
    Field.SETTING: ("setting", "setting type", "kind of setting", "placement", "school type"),
    Field.PROVISION: ("provision", "sen provision", "sen status", "sen help", "sen"),
}  # fmt: skip

_STEMS: Mapping[Field, str] = {
    Field.REFERENCE: r"\bfamily\b.*\b(ref|reference|id|no)\b",
    Field.NAME: r"\b(parents?|carers?|guardian|contact)\b.*\bname\b",
    Field.EMAIL: r"\be ?mail\b",
    Field.PHONE: r"\b(mob|mobile|phone|tel|telephone)\b",
    # One line of several would make half an address of it.
    Field.ADDRESS: r"^(?!.*(mail|\bline\b|\d)).*\baddr(ess)?\b",
    Field.LANGUAGE: r"\blang(uage)?\b",
    Field.PHASE: r"\bphase\b",
}
"""What a heading that is not known has in it, in words parted by single spaces."""

_NOT_THEIRS = re.compile(
    r"\b(child|children|childs|pupil|student|young|person|schools?|setting|nursery|college|senco"
    r"|teacher|tutor|worker|caseworker|social|gp|doctor|emergency|kin|staff|officer|office"
    r"|professional|work|second|secondary|other|alternative|alt|previous|old|former|first|last"
    r"|forename|surname|consent|opt|sent|date|preferred|preference|permission|[2-9])\b"
)
"""Words of a heading that may be of somebody else, or no address: it is never guessed at."""

Mapped = Mapping[Field, int]
"""By field, the position of its column."""


def guess(headings: Sequence[str]) -> dict[Field, int]:
    """The columns whose headings are understood; each field takes the likeliest, then its first."""
    found: dict[Field, int] = {}
    for field in Field:
        likely = [_likely(field, heading) for heading in headings]
        if any(likely):
            found[field] = likely.index(max(likely))
    return found


def _likely(field: Field, heading: str) -> int:
    """How sure it is that this heading is of this field: 0 is not at all."""
    spelt = " ".join(heading.casefold().replace("_", " ").split())
    words = " ".join(re.findall(r"[a-z]+|[0-9]+", spelt))
    sure = 3 if field is Field.PHONE and re.search(r"\bmob", words) else 1
    if spelt in _HEADINGS[field]:
        return sure + 1
    if any(spelt in known for known in _HEADINGS.values()) or _NOT_THEIRS.search(words):
        return 0
    return sure if field in _STEMS and re.search(_STEMS[field], words) else 0


def mapped(headings: Sequence[str], chosen: Mapping[Field, str]) -> dict[Field, int]:
    """The columns as `choose` has them, where they reach somebody.

    Raises:
        ContactsRefused: a chosen heading is not there.
        ColumnsUnclear: nothing would reach anybody.
    """
    columns = choose(headings, chosen)
    if not {Field.EMAIL, Field.PHONE, Field.ADDRESS} & columns.keys():
        raise ColumnsUnclear(
            "No column is known as email, phone or address, so nobody could be reached."
            f" The columns are: {', '.join(filter(None, headings))}."
            " Say which column holds one of these."
        )
    return columns


def choose(headings: Sequence[str], chosen: Mapping[Field, str]) -> dict[Field, int]:
    """The guess with a person's own choice over it; "" leaves a field out.

    Raises:
        ContactsRefused: a chosen heading is not there.
    """
    columns = guess(headings)
    positions = {heading.casefold(): position for position, heading in enumerate(headings)}
    for field, heading in chosen.items():
        columns.pop(field, None)
        if not heading:
            continue
        if heading.casefold() not in positions:
            raise ContactsRefused(
                f"There is no column {heading!r}. The columns are:"
                f" {', '.join(filter(None, headings))}."
            )
        columns[field] = positions[heading.casefold()]
    return columns

"""The rows of one family, joined: each row of a list is one child."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.contacts.columns import FIELD_NAMES, Field
from bot.contacts.rows import Fault, Row
from surveys.contacts import Contact

_KEYS = ("reference", "email", "phone")
_ONE_ONLY = (Field.EMAIL, Field.PHONE)
_FIRST_HOLDS = (Field.REFERENCE, Field.NAME, Field.ADDRESS, Field.LANGUAGE, Field.PREFERS)


@dataclass(frozen=True)
class Joined:
    """Families in the order of their first rows, and what was made of rows that met another."""

    families: tuple[tuple[int, Contact], ...]
    duplicates: tuple[Fault, ...]
    refused: tuple[Fault, ...]
    notes: tuple[Fault, ...]


@dataclass
class _Joining:
    families: dict[int, Contact] = field(default_factory=dict)
    first_rows: dict[tuple[str, str], int] = field(default_factory=dict)
    seen: dict[Contact, int] = field(default_factory=dict)
    duplicates: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def join(rows: Iterable[Row]) -> Joined:
    """Rows with the same reference, e-mail or phone are one family.

    A row that repeats another is counted once. Rows of one family that disagree on its
    e-mail or phone are refused: a message would reach a stranger.
    """
    work = _Joining()
    for row in rows:
        _place(work, row)
    return Joined(
        tuple(work.families.items()),
        tuple(work.duplicates),
        tuple(work.refused),
        tuple(work.notes),
    )


def _place(work: _Joining, row: Row) -> None:
    earlier = work.seen.setdefault(row.contact, row.number)
    if earlier != row.number:
        work.duplicates.append(Fault(row.number, "", f"The same as row {earlier}: counted once."))
        return
    met = {work.first_rows[key] for key in _keys(row.contact) if key in work.first_rows}
    if len(met) > 1:
        first, second = sorted(met)[:2]
        cause = f"It joins two families, of rows {first} and {second}. Make the three rows agree."
        work.refused.append(Fault(row.number, "", cause))
        return
    first = met.pop() if met else row.number
    _join(work, first, row)


def _join(work: _Joining, first: int, row: Row) -> None:
    known = work.families.get(first, row.contact)
    differing = [each for each in _ONE_ONLY if _differ(known, row.contact, each)]
    if differing:
        names = " and ".join(FIELD_NAMES[each].casefold() for each in differing)
        cause = f"It is of the family of row {first}, but its {names} is another. Make them agree."
        work.refused.append(Fault(row.number, "", cause))
        return
    for each in _FIRST_HOLDS:
        if _differ(known, row.contact, each):
            cause = f"{FIELD_NAMES[each]} is not that of row {first}, which is used."
            work.notes.append(Fault(row.number, "", cause))
    joined = _filled(known, row.contact)
    if known is not row.contact:
        joined = replace(joined, children=known.children + row.contact.children)
    work.families[first] = joined
    work.notes.extend(row.notes)
    for key in _keys(joined):
        work.first_rows.setdefault(key, first)


def _filled(known: Contact, more: Contact) -> Contact:
    """The known contact, with what it lacks."""
    lacking = {
        each.value: getattr(more, each.value)
        for each in (*_ONE_ONLY, *_FIRST_HOLDS)
        if not getattr(known, each.value)
    }
    return replace(known, **lacking)


def updated(known: Contact, given: Contact) -> Contact:
    """What a list says over what is held: an empty cell takes nothing away."""
    there = _filled(given, known)
    return replace(there, children=given.children or known.children)


def _differ(one: Contact, other: Contact, which: Field) -> bool:
    first, second = getattr(one, which.value), getattr(other, which.value)
    return bool(first and second and first != second)


def _keys(contact: Contact) -> list[tuple[str, str]]:
    return [(name, getattr(contact, name)) for name in _KEYS if getattr(contact, name)]

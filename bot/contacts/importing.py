"""A list of families: looked at first, and then kept as it was seen."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.contacts.columns import Field, mapped
from bot.contacts.families import join, updated
from bot.contacts.rows import Fault, Row, read_row
from bot.contacts.sheets import Sheet
from bot.errors import ContactsRefused
from storage import contacts, staff
from storage.contacts import Sealed
from storage.database import Database
from storage.vault import Vault
from surveys.contacts import Contact
from surveys.phases import PHASE_NAMES


@dataclass(frozen=True)
class Change:
    """A contact to keep: a new one where `contact_id` is `None`."""

    contact_id: str | None
    version: str
    sealed: Sealed


@dataclass(frozen=True)
class Preview:
    """What a list would change, row for row accounted for.

    `columns` are the headings used, by field; `ignored` the headings that are not.
    `heading_row` is the row they stand in, under `above` rows that are not used.
    Every row is in a family, a duplicate, refused or blank.
    """

    columns: Mapping[Field, str]
    ignored: tuple[str, ...]
    rows: int
    blank_rows: int
    new: int
    changed: int
    unchanged: int
    phases: Mapping[str, int]
    duplicates: tuple[Fault, ...]
    refused: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    changes: tuple[Change, ...]
    heading_row: int = 1
    above: int = 0

    @property
    def refused_rows(self) -> int:
        """How many rows are refused; one may have several faults."""
        return len({fault.row for fault in self.refused})


def preview(
    db: Database, vault: Vault, sheet: Sheet, chosen: Mapping[Field, str] | None = None
) -> Preview:
    """What keeping this list would do. Changes nothing. Seconds for thousands of rows.

    Raises:
        ContactsRefused: a column is not there, or none holds an address.
    """
    columns = mapped(sheet.headings, chosen or {})
    read = [read_row(number, cells, columns, sheet.headings) for number, cells in sheet.rows]
    joined = join(row for row in read if isinstance(row, Row))
    faults = [fault for row in read if not isinstance(row, Row) for fault in row]
    compared = _Compared()
    for row, contact in joined.families:
        _compare(db, vault, compared, row, contact)
    used = {field: sheet.headings[position] for field, position in columns.items()}
    children = (child for _, contact in joined.families for child in contact.children)
    return Preview(
        columns=used,
        ignored=tuple(each for each in sheet.headings if each and each not in used.values()),
        rows=len(sheet.rows),
        blank_rows=sheet.blank_rows,
        new=compared.new,
        changed=len(compared.changes) - compared.new,
        unchanged=compared.unchanged,
        phases=Counter(child.phase for child in children),
        duplicates=joined.duplicates,
        refused=_in_order(*faults, *joined.refused, *compared.refused),
        notes=_in_order(*joined.notes, *compared.notes),
        changes=tuple(compared.changes),
        heading_row=sheet.heading_row,
        above=sheet.above,
    )


def keep(db: Database, now: datetime, seen: Preview, actor: str) -> None:
    """Keep what was seen, all of it or nothing.

    Raises:
        ContactsRefused: the contacts changed since they were looked at.
    """
    try:
        kept = [_keep(db, now, change) for change in seen.changes]
    except sqlite3.IntegrityError:
        kept = [False]
    if not all(kept):
        raise ContactsRefused("The contacts changed meanwhile. Nothing was kept: look again.")
    if seen.changes:
        counted = f"{seen.new} new, {seen.changed} changed"
        staff.log(db, now, actor, "contacts imported", "contacts", counted)


class _Compared:
    """What a list changes, family by family."""

    def __init__(self) -> None:
        self.new = 0
        self.unchanged = 0
        self.changes: list[Change] = []
        self.refused: list[Fault] = []
        self.notes: list[Fault] = []


def _compare(db: Database, vault: Vault, to: _Compared, row: int, contact: Contact) -> None:
    held = contacts.matches(db, vault, contact)
    if len(held) > 1:
        cause = "Its email, phone and reference belong to different families that are held already."
        to.refused.append(Fault(row, "", f"{cause} Mend the list, or remove one of them."))
        return
    stored = contacts.by_id(db, vault, held[0]) if held else None
    if stored is None:
        to.new += 1
        to.changes.append(Change(None, "", contacts.seal(vault, contact)))
        return
    if stored.opted_out and stored.is_scrubbed:
        to.unchanged += 1
        to.notes.append(Fault(row, "", "This family had itself erased: it is not kept again."))
        return
    after = updated(stored.contact, contact)
    if after == stored.contact:
        to.unchanged += 1
        return
    to.changes.append(Change(stored.id, stored.version, contacts.seal(vault, after)))


def _keep(db: Database, now: datetime, change: Change) -> bool:
    if change.contact_id is None:
        contacts.add(db, change.sealed, now)
        return True
    return contacts.change(db, change.contact_id, change.version, change.sealed)


def _in_order(*faults: Fault) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.row))


def phase_counts(seen: Preview) -> list[tuple[str, int]]:
    """How many children of each phase, in the order of the school years."""
    known = [(name, seen.phases.get(phase, 0)) for phase, name in PHASE_NAMES.items()]
    missing = seen.phases.get("", 0)
    return [*known, ("Phase not given", missing)] if missing else known

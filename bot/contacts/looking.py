"""A list that a page looks at, and looks at again with other columns, before it is kept."""

from collections.abc import Mapping

from bot.contacts import columns, importing, sheets
from bot.contacts.columns import FIELD_NAMES, Field
from bot.contacts.importing import Preview, phase_counts
from bot.contacts.shelf import ListWaiting
from bot.errors import ColumnsUnclear
from bot.round_ports import ContactsSeen
from storage.database import Database
from storage.vault import Vault


def look(
    db: Database, vault: Vault, data: bytes, name: str, chosen: Mapping[Field, str]
) -> tuple[ContactsSeen, ListWaiting]:
    """What keeping the list would do, in words, and the list as it waits. Changes nothing.

    Raises:
        ContactsRefused: it cannot be read, or a chosen column is not there.
    """
    sheet = sheets.read_sheet(data, name)
    sealed = vault.seal_bytes(data)
    try:
        preview = importing.preview(db, vault, sheet, chosen)
    except ColumnsUnclear as unclear:
        return _unclear(name, sheet, chosen, str(unclear)), ListWaiting(name, sealed, None)
    return _in_words(name, sheet, preview), ListWaiting(name, sealed, preview)


def _in_words(name: str, sheet: sheets.Sheet, seen: Preview) -> ContactsSeen:
    return ContactsSeen(
        name=name,
        unclear="",
        columns=_columns(seen.columns),
        headings=tuple(filter(None, sheet.headings)),
        ignored=seen.ignored,
        rows=seen.rows,
        blank_rows=seen.blank_rows,
        new=seen.new,
        changed=seen.changed,
        unchanged=seen.unchanged,
        phases=tuple(phase_counts(seen)),
        refused=tuple(map(str, seen.refused)),
        duplicates=tuple(map(str, seen.duplicates)),
        notes=tuple(map(str, seen.notes)),
        heading_row=seen.heading_row,
        above=seen.above,
        refused_rows=seen.refused_rows,
    )


def _unclear(
    name: str, sheet: sheets.Sheet, chosen: Mapping[Field, str], cause: str
) -> ContactsSeen:
    positions = columns.choose(sheet.headings, chosen)
    used = {field: sheet.headings[position] for field, position in positions.items()}
    headings = tuple(filter(None, sheet.headings))
    return ContactsSeen(
        name=name,
        unclear=cause,
        columns=_columns(used),
        headings=headings,
        ignored=tuple(each for each in headings if each not in used.values()),
        rows=len(sheet.rows),
        blank_rows=sheet.blank_rows,
        new=0,
        changed=0,
        unchanged=0,
        phases=(),
        refused=(),
        duplicates=(),
        notes=(),
        heading_row=sheet.heading_row,
        above=sheet.above,
    )


def _columns(used: Mapping[Field, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple((field.value, title, used.get(field, "")) for field, title in FIELD_NAMES.items())

"""`sendvoice contacts`: the council's list of families."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import (
    DEFAULT_SETTINGS,
    SettingsOption,
    console,
    reading,
    settings_at,
    show_table,
    writing,
)
from bot.errors import ColumnsUnclear, ContactsRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.contacts.columns import Field
    from bot.contacts.importing import Preview
    from bot.contacts.rows import Fault

app = typer.Typer(help="Families and how to reach them.", no_args_is_help=True)

ACTOR = "command line"
SHOWN = 50


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="A .csv or .xlsx file; a row is one child.")],
    column: Annotated[
        list[str] | None,
        typer.Option(help='Which column holds what, such as email="Parent email".'),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep it. Without this it only looks.")] = (
        False
    ),
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Look at a list of families, and keep it with --keep. The same list again changes nothing."""
    from bot.contacts import importing, sheets  # noqa: PLC0415 - storage is slow to import
    from bot.files import read_bytes  # noqa: PLC0415
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    chosen = _chosen(column or [])
    sheet = sheets.read_sheet(read_bytes(file), file.name)
    vault = Vault.from_folder(loaded.keys)
    with reading(loaded) as db, console.status("Reading the list"):
        try:
            seen = importing.preview(db, vault, sheet, chosen)
        except ColumnsUnclear as unclear:
            raise ContactsRefused(f"{unclear} Such as: --column email=HEADING") from unclear
    _show(seen)
    if not keep:
        console.print("Nothing is kept yet. Keep it with: sendvoice contacts import FILE --keep")
        return
    with writing(loaded) as writer:
        writer.one(lambda db, now: importing.keep(db, now, seen, ACTOR))
    console.print(f"Kept: {seen.new:,} new and {seen.changed:,} changed.")


@app.command("opt-out")
def opt_out(
    address: Annotated[str, typer.Argument(help="The family's email, mobile or reference.")],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Never ask this family again, even after a restore or when it is on the next list."""
    from bot.contacts import opting_out  # noqa: PLC0415 - storage is slow to import
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault = Vault.from_folder(loaded.keys)
    with writing(loaded) as writer:
        writer.one(lambda db, now: opting_out.opt_out(db, now, vault, address, ACTOR))
    console.print("This family is not asked again.")


@app.command("count")
def count(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """How many families there are."""
    from storage import contacts  # noqa: PLC0415 - storage is slow to import

    with reading(settings_at(settings)) as db:
        console.print(f"{contacts.count(db):,} families")


def _chosen(given: "Sequence[str]") -> "Mapping[Field, str]":
    from bot.contacts.columns import Field  # noqa: PLC0415

    chosen = {}
    for each in given:
        name, equals, heading = each.partition("=")
        if not equals or name not in list(Field):
            raise ContactsRefused(
                f"--column {each}: write FIELD=HEADING. The fields are: {', '.join(Field)}."
            )
        chosen[Field(name)] = heading
    return chosen


def _show(seen: "Preview") -> None:
    from bot.contacts.columns import FIELD_NAMES  # noqa: PLC0415
    from bot.contacts.importing import phase_counts  # noqa: PLC0415

    if seen.above:
        rows = "row above it is" if seen.above == 1 else f"{seen.above} rows above it are"
        console.print(f"The headings are in row {seen.heading_row}; the {rows} not used.")
    show_table(
        ("Holds", "Column"), ((FIELD_NAMES[field], used) for field, used in seen.columns.items())
    )
    if seen.ignored:
        console.print(f"Not used: {', '.join(seen.ignored)}", markup=False)
    blank = f" and {seen.blank_rows:,} blank" if seen.blank_rows else ""
    console.print(
        f"{seen.rows:,} rows{blank}: {seen.new:,} new families, {seen.changed:,} changed,"
        f" {seen.unchanged:,} as they were, {len(seen.duplicates):,} rows repeated,"
        f" {_faults(seen)}"
    )
    show_table(("Phase", "Children"), ((name, f"{count:,}") for name, count in phase_counts(seen)))
    for title, faults in (
        ("Refused", seen.refused),
        ("Repeated", seen.duplicates),
        ("Note", seen.notes),
    ):
        _list(title, faults)


def _faults(seen: "Preview") -> str:
    """Such as "9 faults in 7 rows, which are refused"."""
    faults, rows = len(seen.refused), seen.refused_rows
    if not faults:
        return "no faults"
    return (
        f"{faults:,} {'fault' if faults == 1 else 'faults'} in {rows:,}"
        f" {'row, which is' if rows == 1 else 'rows, which are'} refused"
    )


def _list(title: str, faults: "Sequence[Fault]") -> None:
    for fault in faults[:SHOWN]:
        console.print(f"{title}: {fault}", markup=False)
    if len(faults) > SHOWN:
        console.print(f"{title}: {len(faults) - SHOWN:,} more like these")

"""`sendvoice cases`: the safeguarding cases that are open, and working one."""

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

if TYPE_CHECKING:
    from bot.case_ports import CaseSeen
    from bot.settings import Settings
    from storage.vault import Vault

app = typer.Typer(
    help="Safeguarding cases, which urgent words open. On the staff pages: safeguarding lead.",
    no_args_is_help=True,
)

ACTOR = "command line"
# A case's id is random, and one in 64 begins with a dash.
ANY_ID = {"ignore_unknown_options": True}
CaseId = Annotated[str, typer.Argument(metavar="ID", help="The case's id.")]


@app.command("waiting")
def waiting(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """The cases that are not closed, the oldest first, and how many were closed of late.

    On the staff pages: safeguarding lead.
    """
    from bot import casework, clock  # noqa: PLC0415 - storage is slow to import

    loaded = settings_at(settings)
    vault = _vault(loaded)
    with reading(loaded) as db:
        found = casework.waiting(db, vault)
        closed = casework.closed(db, vault, clock.now())
    if found:
        show_table(("Id", "Round", "Opened", "Take on by", "State", "Rules"), map(_row, found))
    else:
        console.print("No cases are open.")
    if closed:
        console.print(f"Closed in the last {casework.CLOSED_DAYS} days:")
        show_table(("Id", "Round", "Closed", "By"), map(_closed_row, closed))


@app.command("show", context_settings=ANY_ID)
def show(
    case_id: CaseId,
    contact: Annotated[
        bool,
        typer.Option("--contact", help="How to reach the family too. The audit log says so."),
    ] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """One case: its words while they are kept, and what was done about it.

    On the staff pages: safeguarding lead.
    """
    from bot import casework  # noqa: PLC0415 - storage is slow to import

    loaded = settings_at(settings)
    vault = _vault(loaded)
    ways = None
    if contact:
        with writing(loaded) as writer:
            ways = writer.one(lambda db, now: casework.reach(db, now, vault, case_id, ACTOR))
    with reading(loaded) as db:
        _show(casework.one(db, vault, case_id))
    for each in ways or ():
        _say(f"{each.way}: {each.address}")
    if ways == ():
        console.print("Nothing that is kept says how to reach this family.")


@app.command("acknowledge", context_settings=ANY_ID)
def acknowledge(case_id: CaseId, settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Say that somebody has taken a case on. It is written in the audit log.

    On the staff pages: safeguarding lead.
    """
    from bot import casework  # noqa: PLC0415 - storage is slow to import

    with writing(settings_at(settings)) as writer:
        writer.one(lambda db, now: casework.acknowledge(db, now, case_id, ACTOR))
    console.print("Taken on.")


@app.command("close", context_settings=ANY_ID)
def close(
    case_id: CaseId,
    note: Annotated[str, typer.Option("--note", help="What was done, such as who was told.")],
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Close a case with a note of what was done. It cannot be opened again.

    On the staff pages: safeguarding lead.
    """
    from bot import casework  # noqa: PLC0415 - storage is slow to import

    loaded = settings_at(settings)
    vault = _vault(loaded)
    with writing(loaded) as writer:
        writer.one(lambda db, now: casework.close(db, now, vault, case_id, note, ACTOR))
    console.print("Closed.")


def _vault(settings: "Settings") -> "Vault":
    from storage.vault import Vault  # noqa: PLC0415 - storage is slow to import

    return Vault.from_folder(settings.keys)


def _row(seen: "CaseSeen") -> tuple[str, ...]:
    from bot import clock  # noqa: PLC0415
    from bot.local_time import date_in_words, moment_in_words  # noqa: PLC0415
    from surveys.position import date_in_england  # noqa: PLC0415

    case = seen.case
    state = f"taken on by {seen.acknowledged_by}"
    if case.acknowledged_at is None:
        late = seen.due_on < date_in_england(clock.now())
        state = "nobody has taken this on" + (", overdue" if late else "")
    opened = moment_in_words(case.opened_at)
    due = date_in_words(seen.due_on)
    return (case.id, case.round, opened, due, state, ", ".join(case.rules))


def _closed_row(seen: "CaseSeen") -> tuple[str, ...]:
    from bot.local_time import moment_in_words  # noqa: PLC0415

    case = seen.case
    closed = moment_in_words(case.closed_at) if case.closed_at else ""
    return (case.id, case.round, closed, seen.closed_by)


def _show(seen: "CaseSeen") -> None:
    from bot.case_ports import ERASED  # noqa: PLC0415
    from bot.local_time import date_in_words, moment_in_words  # noqa: PLC0415

    case = seen.case
    _say(f"Round: {case.round or 'not known any more'}")
    _say(f"Opened: {moment_in_words(case.opened_at)}")
    _say(f"Take on by the end of: {date_in_words(seen.due_on)}")
    _say(f"The rules saw: {', '.join(case.rules)}")
    _say(f"Question: {seen.question}")
    _say(f"Words as they stand now: {case.words}" if case.words else ERASED)
    if seen.note:
        _say(f"Note: {seen.note}")
    for step in seen.steps:
        _say(f"{moment_in_words(step.at)}: {step.what} ({step.who})")


def _say(line: str) -> None:
    """No control character of a parent's words reaches the terminal."""
    shown = "".join(letter if letter.isprintable() else " " for letter in line)
    console.print(shown, markup=False)

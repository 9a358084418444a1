"""`sendvoice erase`."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import (
    DEFAULT_SETTINGS,
    SettingsOption,
    console,
    settings_at,
    show_table,
    writing,
)

if TYPE_CHECKING:
    from bot.forgetting import Held

ACTOR = "command line"


def erase(
    code: Annotated[str, typer.Argument(help="The family's own code, or their whole link.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Erase one family's answers and everything held with them, for good.

    Shows what goes and what cannot go, and asks first. The service may run meanwhile.
    """
    from bot import forgetting  # noqa: PLC0415 - storage is slow to import
    from storage import database  # noqa: PLC0415

    loaded = settings_at(settings)
    has_bot = bool(loaded.telegram_token.get_secret_value())
    with writing(loaded) as writer:
        held = writer.one(lambda db, _: forgetting.find(db, code, has_bot=has_bot))
        _show(held)
        if not yes:
            typer.confirm("Erase it for good?", abort=True)
        writer.one(lambda db, now: forgetting.erase(db, now, held.invitation, held.round, ACTOR))
    console.print("Erased.")
    if not database.truncate_log(loaded.database):
        console.print(
            "Somebody is reading the database just now. A running service overwrites the last"
            " traces within minutes; else repeat: sendvoice retention run"
        )


def _show(held: "Held") -> None:
    console.print(f"From the round {held.round.name} this goes:", markup=False)
    show_table(("What", "How many"), ((name, f"{count:,}") for name, count in held.goes.items()))
    for name in held.also:
        console.print(
            f"  From the round {name}: the link to it, which they have not used.", markup=False
        )
    console.print("This stays:")
    for name in held.stays:
        console.print(
            f"  From the round {name}: their link, and what was answered by it. Erase it by that"
            " link.",
            markup=False,
        )
    if held.is_cut:
        console.print(
            "  The answers: this round was cut when it closed, so nobody can say which are theirs."
        )
    if held.is_released:
        console.print("  Figures that were released: they counted the answers, and stand.")
    if held.cases:
        console.print(f"  Notes that a child may be in danger: {held.cases:,}.")
    console.print(
        "  Backups and exported files made before now. A restore erases it again; delete the"
        " files yourself."
    )

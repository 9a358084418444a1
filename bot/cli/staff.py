"""`sendvoice staff`: a way in to the staff pages."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.context import DEFAULT_SETTINGS, SettingsOption, console, settings_at, writing

app = typer.Typer(help="The staff pages.", no_args_is_help=True)


class Destination(StrEnum):
    """Where a staff link leads."""

    ROUNDS = "rounds"
    STRATEGY = "strategy"


@app.callback()
def group() -> None:
    """Keeps `link` a command of its own while it is the only one."""


@app.command("link")
def link(
    to: Annotated[Destination, typer.Option(help="The page it leads to.")] = Destination.ROUNDS,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Print a link to the staff pages. It works once, within half an hour."""
    from bot import staff  # noqa: PLC0415 - storage is slow to import

    loaded = settings_at(settings)
    with writing(loaded) as writer:
        secret = writer.one(staff.make_link)
    console.print(staff.link_address(loaded.public_url, secret, to.value))

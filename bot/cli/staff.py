"""`sendvoice staff`: accounts for the staff pages."""

from enum import StrEnum
from typing import Annotated

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
from bot.settings import Settings
from surveys.roles import Role, in_order, in_words

app = typer.Typer(
    help="Accounts for the staff pages. Commands have this machine's own authority: on the"
    " staff pages only an administrator may do the same.",
    no_args_is_help=True,
)

ACTOR = "command line"
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The account's e-mail address.")]
Roles = Annotated[list[Role], typer.Option("--role", help="What they do here; may be given again.")]


class Destination(StrEnum):
    """Where a sign-in link leads."""

    ROUNDS = "rounds"
    STRATEGY = "strategy"


@app.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Roles,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """Add an account and print the link that sets it up, once, within three days.

    The first administrator is made like this. On the staff pages: administrator.
    """
    from bot import accounts  # noqa: PLC0415 - storage is slow to import
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault, wanted = Vault.from_folder(loaded.keys), accounts.NewAccount(email, name, tuple(role))
    with writing(loaded) as writer:
        secret = writer.one(lambda db, now: accounts.add(db, now, vault, wanted, ACTOR))
    _print_link(loaded, email, secret)


@app.command("list")
def list_accounts(settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Every account, its roles, and whether it is set up. On the staff pages: administrator."""
    from bot import accounts  # noqa: PLC0415 - storage is slow to import
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault = Vault.from_folder(loaded.keys)
    with reading(loaded) as db:
        rows = accounts.everybody(db, vault)
    if not rows:
        console.print("There are no accounts. Add one with: sendvoice staff add --help")
        return
    show_table(
        ("Name", "E-mail address", "Roles", "State"),
        ((row.name, row.email, in_words(row.roles), row.state.value) for row in rows),
    )


@app.command("role")
def role_(email: Email, role: Roles, settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Give an account these roles and no others. It is signed out everywhere.

    On the staff pages: administrator.
    """
    from bot import accounts  # noqa: PLC0415 - storage is slow to import
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault = Vault.from_folder(loaded.keys)
    with writing(loaded) as writer:
        account_id = writer.one(lambda db, _: accounts.find(db, vault, email).id)
        writer.one(lambda db, now: accounts.change_roles(db, now, account_id, tuple(role), ACTOR))
    console.print(f"{email} is now: {in_words(in_order(role))}.")


@app.command("deactivate")
def deactivate(email: Email, settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Close an account. It is signed out everywhere. On the staff pages: administrator."""
    from bot import accounts  # noqa: PLC0415 - storage is slow to import
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault = Vault.from_folder(loaded.keys)
    with writing(loaded) as writer:
        account_id = writer.one(lambda db, _: accounts.find(db, vault, email).id)
        writer.one(lambda db, now: accounts.deactivate(db, now, account_id, ACTOR))
    console.print(f"{email} is deactivated.")


@app.command("reset")
def reset(email: Email, settings: SettingsOption = DEFAULT_SETTINGS) -> None:
    """Print a new set-up link, for a lost password, phone or link, or a deactivated account.

    On the staff pages: administrator.
    """
    from bot import accounts  # noqa: PLC0415 - storage is slow to import
    from storage.vault import Vault  # noqa: PLC0415

    loaded = settings_at(settings)
    vault = Vault.from_folder(loaded.keys)
    with writing(loaded) as writer:
        account_id = writer.one(lambda db, _: accounts.find(db, vault, email).id)
        secret = writer.one(lambda db, now: accounts.send_link(db, now, vault, account_id, ACTOR))
    _print_link(loaded, email, secret)


@app.command("link")
def link(
    to: Annotated[Destination, typer.Option(help="The page it leads to.")] = Destination.ROUNDS,
    settings: SettingsOption = DEFAULT_SETTINGS,
) -> None:
    """For a demonstration only: print a link to its staff pages.

    It works once, within half an hour.
    """
    from bot import accounts  # noqa: PLC0415 - storage is slow to import

    loaded = settings_at(settings)
    with writing(loaded) as writer:
        secret = writer.one(accounts.sign_in_link)
    console.print(accounts.sign_in_address(loaded.public_url, secret, to.value))


def _print_link(settings: Settings, email: str, secret: str) -> None:
    from bot import accounts  # noqa: PLC0415 - storage is slow to import

    console.print(f"Send this link to {email}. It is shown this once, works once, for three days:")
    console.print(f"  {accounts.set_up_address(settings.public_url, secret)}")

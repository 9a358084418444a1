"""Staff accounts from adding to deactivating, on the pages and on the command line alike."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import second_factor
from bot.errors import AccountRefused
from bot.staff_ports import AccountRow, AccountState
from storage import accounts, staff
from storage.accounts import Account
from storage.database import Database
from storage.staff import LinkKind
from storage.vault import Vault, new_id
from surveys.roles import Role, in_order

SET_UP_LIFE = timedelta(days=3)
SIGN_IN_LIFE = timedelta(minutes=30)
LONGEST_NAME, LONGEST_EMAIL = 100, 254

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_CHANNEL = "staff e-mail"


@dataclass(frozen=True)
class NewAccount:
    """Who is to be added."""

    email: str
    name: str
    roles: tuple[Role, ...]


def add(db: Database, now: datetime, vault: Vault, wanted: NewAccount, actor: str) -> str:
    """Add an account; returns the secret of its set-up link, which is told this once.

    Raises:
        AccountRefused: the address is no e-mail address or has an account, the name is
            empty, or no role is given.
    """
    email, name = wanted.email.strip(), " ".join(wanted.name.split())
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL:
        raise AccountRefused(
            "Enter an e-mail address in the right form, such as name@example.gov.uk.", "email"
        )
    if not name or len(name) > LONGEST_NAME:
        raise AccountRefused(f"Enter a name of 1 to {LONGEST_NAME} characters.", "name")
    if accounts.by_lookup(db, _lookup(vault, email)):
        raise AccountRefused(
            f"{email} has an account already. Change its roles, or send it a new set-up link.",
            "email",
        )
    made = _keep(db, now, vault, NewAccount(email, name, _some(wanted.roles)))
    staff.log(db, now, actor, "account added", made.id, _told(made.roles))
    return _set_up_link(db, now, vault, made.id)


def find(db: Database, vault: Vault, email: str) -> Account:
    """The account with this e-mail address.

    Raises:
        AccountRefused: there is none.
    """
    found = with_email(db, vault, email)
    if found is None:
        raise AccountRefused(
            f"There is no account for {email}. The accounts are listed by: sendvoice staff list"
        )
    return found


def with_email(db: Database, vault: Vault, email: str) -> Account | None:
    """The account with this e-mail address, whatever the case of its letters."""
    return accounts.by_lookup(db, _lookup(vault, email))


def change_roles(
    db: Database, now: datetime, account_id: str, roles: tuple[Role, ...], actor: str
) -> None:
    """Give an account these roles and no others; its sessions end.

    Raises:
        AccountRefused: there is no such account, no role is given, or nobody would be
            left who can change roles.
    """
    found, wanted = _known(db, account_id), _some(roles)
    if wanted == found.roles:
        return
    if Role.ADMINISTRATOR not in wanted:
        _must_not_be_last(db, found)
    accounts.set_roles(db, account_id, wanted)
    staff.end_sessions(db, account_id)
    detail = f"from {_told(found.roles)} to {_told(wanted)}"
    staff.log(db, now, actor, "roles changed", account_id, detail)


def deactivate(db: Database, now: datetime, account_id: str, actor: str) -> None:
    """Close an account: its sessions, links, password and authenticator end.

    Raises:
        AccountRefused: there is no such account, or nobody would be left who can change roles.
    """
    found = _known(db, account_id)
    if not found.active:
        return
    _must_not_be_last(db, found)
    accounts.deactivate(db, account_id)
    staff.end_sessions(db, account_id)
    staff.end_links(db, account_id)
    staff.log(db, now, actor, "account deactivated", account_id)


def send_link(db: Database, now: datetime, vault: Vault, account_id: str, actor: str) -> str:
    """The secret of a new set-up link; earlier ones end. A deactivated account opens again.

    The password stays good until the link is used. Whoever must not sign in any more is
    deactivated instead.

    Raises:
        AccountRefused: there is no such account.
    """
    found = _known(db, account_id)
    if not found.active:
        accounts.activate(db, account_id)
        staff.log(db, now, actor, "account activated", account_id)
    staff.log(db, now, actor, "set-up link made", account_id)
    return _set_up_link(db, now, vault, account_id)


def everybody(db: Database, vault: Vault) -> tuple[AccountRow, ...]:
    """Every account, by name."""
    return tuple(
        AccountRow(each.id, each.name, vault.unseal(each.email), each.roles, _state(each))
        for each in accounts.everybody(db)
    )


def administrators(db: Database) -> tuple[Account, ...]:
    """Those who can sign in and change roles."""
    return tuple(
        each
        for each in accounts.everybody(db)
        if each.can_sign_in and Role.ADMINISTRATOR in each.roles
    )


def demonstration(db: Database) -> Account | None:
    """The demonstration's account: what has one is a demonstration's database."""
    found = [each for each in accounts.everybody(db) if each.demonstration]
    return found[0] if found else None


def add_demonstration(db: Database, now: datetime, vault: Vault) -> None:
    """Make sure of the account of all roles that a demonstration is opened with, by link."""
    found = demonstration(db)
    if found is None:
        wanted = NewAccount("team@demonstration.invalid", "Demonstration team", tuple(Role))
        _keep(db, now, vault, wanted, demonstration=True)
    elif not found.active:
        accounts.activate(db, found.id)


def sign_in_link(db: Database, now: datetime) -> str:
    """The secret of a link that signs in to a demonstration once, within half an hour.

    Raises:
        AccountRefused: the database is not a demonstration's.
    """
    found = demonstration(db)
    if found is None or not found.active:
        raise AccountRefused(
            "Only a demonstration is opened by a link alone. Add an account and open the link"
            " it prints: sendvoice staff add EMAIL --name NAME --role administrator."
            " If it has lost its password or authenticator: sendvoice staff reset EMAIL"
        )
    secret = secrets.token_urlsafe(24)
    staff.add_link(db, secret, found.id, LinkKind.SIGN_IN, now + SIGN_IN_LIFE)
    staff.log(db, now, "command line", "sign-in link made", found.id)
    return secret


def set_up_address(public_url: str, secret: str) -> str:
    """The address of a set-up link."""
    return f"{public_url}/staff/set-up/{secret}"


def sign_in_address(public_url: str, secret: str, to: str) -> str:
    """The address of a demonstration's sign-in link; `to` is "rounds" or "strategy"."""
    return f"{public_url}/staff/enter/{secret}?to={to}"


def _keep(
    db: Database, now: datetime, vault: Vault, wanted: NewAccount, *, demonstration: bool = False
) -> Account:
    sealed = vault.seal(wanted.email)
    made = Account(
        new_id(), wanted.name, sealed, wanted.roles, created_at=now, demonstration=demonstration
    )
    accounts.add(db, made, _lookup(vault, wanted.email))
    return made


def _set_up_link(db: Database, now: datetime, vault: Vault, account_id: str) -> str:
    staff.end_links(db, account_id)
    secret = secrets.token_urlsafe(24)
    key = vault.seal(second_factor.new_key())
    staff.add_link(db, secret, account_id, LinkKind.SET_UP, now + SET_UP_LIFE, key)
    return secret


def _lookup(vault: Vault, email: str) -> str:
    return vault.lookup(_CHANNEL, unicodedata.normalize("NFKC", email).strip().casefold())


def _known(db: Database, account_id: str) -> Account:
    found = accounts.by_id(db, account_id)
    if found is None:
        raise AccountRefused("There is no such account. Open the list of accounts again.")
    return found


def _some(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    if not roles:
        raise AccountRefused("Choose at least one role.", "roles")
    return in_order(roles)


def _must_not_be_last(db: Database, found: Account) -> None:
    if [each.id for each in administrators(db)] == [found.id]:
        raise AccountRefused(
            f"{found.name} is the only administrator who can sign in. Make somebody else an"
            " administrator first, and let them set up their account.",
            "roles",
        )


def _state(account: Account) -> AccountState:
    if not account.active:
        return AccountState.DEACTIVATED
    return AccountState.READY if account.can_sign_in else AccountState.WAITING


def _told(roles: tuple[Role, ...]) -> str:
    return ", ".join(role.value for role in roles)

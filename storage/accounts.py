"""Staff accounts. An e-mail address and an authenticator's key are sealed; a password is a hash."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.times import from_optional, from_text, to_text
from surveys.roles import Role, in_order


@dataclass(frozen=True)
class Account:
    """One member of staff.

    `email` and `code_key` (the authenticator's) are sealed. `password` is an argon2 hash; it
    and `code_key` are absent until the account is set up. `last_step` is the 30 second step,
    counted from 1970, of the last code used. A `demonstration` account signs in by link.
    """

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    created_at: datetime
    password: str | None = None
    code_key: str | None = None
    last_step: int = 0
    failures: int = 0
    locked_until: datetime | None = None
    active: bool = True
    demonstration: bool = False

    @property
    def can_sign_in(self) -> bool:
        """Whether there is a way in for this account."""
        return self.active and (self.password is not None or self.demonstration)


def add(db: Database, account: Account, email_lookup: str) -> None:
    """Keep a new account that is not set up yet."""
    db.conn.execute(
        "INSERT INTO account (id, name, email, email_lookup, roles, demonstration, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            account.id,
            account.name,
            account.email,
            email_lookup,
            _roles_text(account.roles),
            account.demonstration,
            to_text(account.created_at),
        ),
    )


def by_id(db: Database, account_id: str) -> Account | None:
    """The account with this id."""
    row = db.conn.execute("SELECT * FROM account WHERE id = ?", (account_id,)).fetchone()
    return None if row is None else account_of(row)


def by_lookup(db: Database, email_lookup: str) -> Account | None:
    """The account whose e-mail address has this keyed hash."""
    row = db.conn.execute(
        "SELECT * FROM account WHERE email_lookup = ?", (email_lookup,)
    ).fetchone()
    return None if row is None else account_of(row)


def everybody(db: Database) -> tuple[Account, ...]:
    """Every account, by name."""
    rows = db.conn.execute("SELECT * FROM account ORDER BY name COLLATE NOCASE, id")
    return tuple(map(account_of, rows))


def set_credentials(
    db: Database, account_id: str, password: str, code_key: str, last_step: int
) -> None:
    """Keep a password's hash and an authenticator's sealed key; failures are forgotten."""
    db.conn.execute(
        "UPDATE account SET password = ?, code_key = ?, last_step = ?, failures = 0,"
        " locked_until = NULL WHERE id = ?",
        (password, code_key, last_step, account_id),
    )


def set_password(db: Database, account_id: str, password: str) -> None:
    """Keep another password's hash; failures are forgotten."""
    db.conn.execute(
        "UPDATE account SET password = ?, failures = 0, locked_until = NULL WHERE id = ?",
        (password, account_id),
    )


def set_failures(
    db: Database, account_id: str, failures: int, locked_until: datetime | None
) -> None:
    """Keep how often in a row the account was tried wrongly, and until when it is locked."""
    until = None if locked_until is None else to_text(locked_until)
    db.conn.execute(
        "UPDATE account SET failures = ?, locked_until = ? WHERE id = ?",
        (failures, until, account_id),
    )


def set_last_step(db: Database, account_id: str, step: int) -> None:
    """Use up a code: neither it nor an earlier one is taken again. Failures are forgotten."""
    db.conn.execute(
        "UPDATE account SET last_step = ?, failures = 0, locked_until = NULL WHERE id = ?",
        (step, account_id),
    )


def set_roles(db: Database, account_id: str, roles: Iterable[Role]) -> None:
    """Give the account these roles and no others."""
    db.conn.execute("UPDATE account SET roles = ? WHERE id = ?", (_roles_text(roles), account_id))


def deactivate(db: Database, account_id: str) -> None:
    """Close the account; its password and authenticator are forgotten."""
    db.conn.execute(
        "UPDATE account SET active = 0, password = NULL, code_key = NULL WHERE id = ?",
        (account_id,),
    )


def activate(db: Database, account_id: str) -> None:
    """Open the account again. Until it is set up, nobody can sign in to it."""
    db.conn.execute("UPDATE account SET active = 1 WHERE id = ?", (account_id,))


def account_of(row: sqlite3.Row) -> Account:
    """A row of `account` as a value."""
    return Account(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        roles=in_order(Role(role) for role in json.loads(row["roles"])),
        created_at=from_text(row["created_at"]),
        password=row["password"],
        code_key=row["code_key"],
        last_step=row["last_step"],
        failures=row["failures"],
        locked_until=from_optional(row["locked_until"]),
        active=bool(row["active"]),
        demonstration=bool(row["demonstration"]),
    )


def _roles_text(roles: Iterable[Role]) -> str:
    return json.dumps([role.value for role in in_order(roles)])

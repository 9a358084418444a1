"""Signing in: what the writer does once a password has been checked elsewhere.

Every reason not to let somebody in looks the same from outside, so that nobody learns who
has an account. The audit log tells them apart.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import second_factor
from bot.brake import doubling
from bot.staff_ports import Staff, actor_of
from storage import accounts, staff
from storage.accounts import Account
from storage.database import Database
from storage.staff import LinkKind
from storage.vault import Vault

SESSION_LIFE = timedelta(hours=8)
IDLE_LIFE = timedelta(minutes=30)
SEEN_EVERY = timedelta(minutes=1)

FREE_TRIES = 5
FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Checked:
    """A password that was checked: against which account and hash, and whether it was right."""

    account_id: str
    password_hash: str | None
    right: bool


def sign_in(
    db: Database, now: datetime, vault: Vault, checked: Checked | None, code: str
) -> str | None:
    """The secret of a new session, or `None` where somebody is not let in."""
    account = _still(db, checked)
    if checked is None or account is None:
        staff.log(db, now, "unknown", "sign-in failed", "staff", "no such account")
        return None
    if is_locked(account, now):
        staff.log(db, now, actor_of(account.id), "sign-in failed", account.id, "locked")
        return None
    step = _step(vault, account, code, now) if checked.right else None
    if step is None:
        count_failure(db, now, account, "code" if checked.right else "password")
        return None
    accounts.set_last_step(db, account.id, step)
    return begin_session(db, now, account.id, "signed in")


def begin_session(db: Database, now: datetime, account_id: str, action: str) -> str:
    """The secret of a new session of this account."""
    staff.forget_expired(db, now, now - IDLE_LIFE)
    secret = secrets.token_urlsafe(24)
    staff.add_session(db, secret, account_id, now, now + SESSION_LIFE)
    staff.log(db, now, actor_of(account_id), action, account_id)
    return secret


def exchange(db: Database, now: datetime, link_secret: str) -> str | None:
    """Spend a demonstration's sign-in link; `None` where it is not good."""
    link = staff.link(db, link_secret, LinkKind.SIGN_IN, now)
    if link is None:
        return None
    staff.spend_link(db, link_secret)
    return begin_session(db, now, link.account.id, "signed in by link")


def set_up(
    db: Database, now: datetime, vault: Vault, link_secret: str, password_hash: str, code: str
) -> str | None:
    """Spend a set-up link: keep its password and authenticator, and begin a session.

    `None` where the link is not good, or the code is not its authenticator's.
    """
    link = staff.link(db, link_secret, LinkKind.SET_UP, now)
    if link is None:
        return None
    step = second_factor.step_of(vault.unseal(link.code_key), code, now)
    if step is None:
        return None
    account_id = link.account.id
    accounts.set_credentials(db, account_id, password_hash, link.code_key, step)
    staff.end_links(db, account_id)
    staff.end_sessions(db, account_id)
    return begin_session(db, now, account_id, "account set up")


def change_password(db: Database, now: datetime, checked: Checked, new_hash: str) -> str | None:
    """Keep a new password: every session ends and a new one begins.

    `None` where the current password was wrong, or the account is locked.
    """
    account = _still(db, checked)
    if account is None or is_locked(account, now):
        return None
    if not checked.right:
        count_failure(db, now, account, "current password")
        return None
    accounts.set_password(db, account.id, new_hash)
    staff.end_sessions(db, account.id)
    return begin_session(db, now, account.id, "password changed")


def who(db: Database, now: datetime, session_secret: str) -> tuple[Staff, bool] | None:
    """Whose session this is, and whether that it is in use should be kept anew."""
    found = staff.session(db, session_secret, now, now - IDLE_LIFE)
    if found is None:
        return None
    account = found.account
    return Staff(account.id, account.name, account.roles), now - found.seen_at >= SEEN_EVERY


def is_locked(account: Account, now: datetime) -> bool:
    """Whether the account waits after too many failures."""
    return account.locked_until is not None and now < account.locked_until


def count_failure(db: Database, now: datetime, account: Account, what: str) -> None:
    """Count a failure; from the fifth on each locks the account, for twice as long."""
    actor, failures = actor_of(account.id), account.failures + 1
    wait = doubling(failures, FREE_TRIES, FIRST_LOCK, LONGEST_LOCK)
    accounts.set_failures(db, account.id, failures, now + wait if wait else None)
    staff.log(db, now, actor, "sign-in failed", account.id, f"wrong {what}")
    if wait:
        minutes = f"{wait.total_seconds() / 60:g} minutes"
        staff.log(db, now, actor, "account locked", account.id, minutes)


def _still(db: Database, checked: Checked | None) -> Account | None:
    """The account, as it is now, if the hash that was checked is still the one it has."""
    account = checked and accounts.by_id(db, checked.account_id)
    if not account or not checked or account.password is None or not account.active:
        return None
    return account if account.password == checked.password_hash else None


def _step(vault: Vault, account: Account, code: str, now: datetime) -> int | None:
    key = vault.unseal(account.code_key or "")
    return second_factor.step_of(key, code, now, account.last_step)

"""Accounts as the staff pages see them: passwords in threads, changes through the writer."""

import sqlite3
from datetime import datetime
from typing import TypeVar

import structlog

from bot import accounts, entering, passwords, second_factor
from bot.brake import Brake
from bot.entering import Checked
from bot.errors import AccountRefused
from bot.intake import Clock, Intake, Work
from bot.logs import fault
from bot.passwords import Passwords
from bot.staff_ports import AccountRow, Faults, SetUpPage, SignInAttempt, SignInRefusal, Staff
from storage import accounts as stored_accounts
from storage import staff as stored_staff
from storage.accounts import Account
from storage.database import Database
from storage.errors import StorageError
from storage.staff import Link, LinkKind
from storage.vault import Vault
from surveys.roles import Role

T = TypeVar("T")

log = structlog.get_logger()

WRONG_CODE = (
    "Enter the six-digit code that your authenticator app shows now. If it was, check that the"
    " time on your phone is set automatically."
)
WRONG_NOW = (
    "Your current password is wrong, or was tried wrongly too often. Wait a minute, then try again."
)


class FrontDoor:
    """Who is there, and who may come in."""

    def __init__(
        self,
        intake: Intake,
        reader: Database,
        vault: Vault,
        clock: Clock,
        *,
        council_name: str,
        hasher: Passwords | None = None,
    ) -> None:
        self._intake = intake
        self._reader = reader
        self._vault = vault
        self._clock = clock
        self._council_name = council_name
        self._passwords = hasher or Passwords()
        self._brake = Brake()

    async def who(self, session_secret: str, *, active: bool) -> Staff | None:
        """Whose session this is; `None` where it has ended. `active`: a person did this."""
        found = entering.who(self._reader, self._clock(), session_secret)
        if found is None:
            return None
        staff, is_due = found
        if active and is_due:
            await self._touch(session_secret)
        return staff

    async def _touch(self, session_secret: str) -> None:
        try:
            await self._intake.run(
                lambda db, now: stored_staff.touch_session(db, session_secret, now)
            )
        except (StorageError, sqlite3.OperationalError) as error:
            # On a full disk staff must see the page that tells them of it.
            log.warning("session_not_kept_alive", **fault(error))

    async def sign_in(self, attempt: SignInAttempt) -> str | SignInRefusal:
        """A new session, where e-mail address, password and code are right."""
        if self._brake.holds(attempt.address, self._clock()):
            return SignInRefusal.TOO_MANY
        account = accounts.with_email(self._reader, self._vault, attempt.email)
        checked = await self._check(account, attempt.password)
        secret = await self._intake.run(
            lambda db, now: entering.sign_in(db, now, self._vault, checked, attempt.code)
        )
        if secret is None:
            self._brake.failed(attempt.address, self._clock())
        return secret or SignInRefusal.WRONG

    async def sign_out(self, session_secret: str) -> None:
        """End this session; from now on its secret opens nothing."""
        await self._intake.run(lambda db, _: stored_staff.end_session(db, session_secret))

    async def has_sign_in_link(self, secret: str) -> bool:
        """Whether this demonstration link is still good. Spends nothing."""
        return self._link(secret, LinkKind.SIGN_IN) is not None

    async def exchange(self, secret: str) -> str | None:
        """Spend a demonstration's sign-in link for a session; `None` where it is not good."""
        return await self._intake.run(lambda db, now: entering.exchange(db, now, secret))

    async def set_up_page(self, secret: str) -> SetUpPage | None:
        """What a set-up link shows; `None` where it is not good. Spends nothing."""
        link = self._link(secret, LinkKind.SET_UP)
        if link is None:
            return None
        email, key = self._vault.unseal(link.account.email), self._vault.unseal(link.code_key)
        address = second_factor.address(key, email, self._council_name)
        return SetUpPage(link.account.name, email, key, address, second_factor.qr(address))

    async def set_up(self, secret: str, password: str, code: str) -> str | Faults | None:
        """Spend a set-up link for a session; `None` where it is not good."""
        link = self._link(secret, LinkKind.SET_UP)
        if link is None:
            return None
        faults = {"password": self._fault(password, link.account)}
        key = self._vault.unseal(link.code_key)
        if second_factor.step_of(key, code, self._clock()) is None:
            faults["code"] = WRONG_CODE
        if any(faults.values()):
            return Faults({field: fault for field, fault in faults.items() if fault})
        made = await self._passwords.hash(password)
        return await self._intake.run(
            lambda db, now: entering.set_up(db, now, self._vault, secret, made, code)
        )

    async def change_password(self, staff: Staff, current: str, new: str) -> str | Faults:
        """Change one's own password; every session ends, and a new one begins here."""
        account = stored_accounts.by_id(self._reader, staff.account_id)
        # The new one is judged first: its fault must not tell whether the current one is right.
        if account is not None and (fault := self._fault(new, account)):
            return Faults({"new": fault})
        checked = await self._check(account, current)
        if checked is None:
            return Faults({"current": "This account is opened by a link: it has no password."})
        made = await self._passwords.hash(new)
        secret = await self._intake.run(
            lambda db, now: entering.change_password(db, now, checked, made)
        )
        return secret or Faults({"current": WRONG_NOW})

    async def everybody(self) -> tuple[AccountRow, ...]:
        """Every account, by name."""
        return accounts.everybody(self._reader, self._vault)

    async def administrators(self) -> tuple[str, ...]:
        """The names of those who can change roles."""
        return tuple(each.name for each in accounts.administrators(self._reader))

    async def add(self, staff: Staff, email: str, name: str, roles: tuple[Role, ...]) -> str:
        """Add an account; returns its set-up link."""
        wanted = accounts.NewAccount(email, name, roles)
        return await self._change(
            lambda db, now: accounts.add(db, now, self._vault, wanted, staff.actor)
        )

    async def change_roles(self, staff: Staff, account_id: str, roles: tuple[Role, ...]) -> None:
        """Give an account these roles and no others; its sessions end."""
        await self._change(
            lambda db, now: accounts.change_roles(db, now, account_id, roles, staff.actor)
        )

    async def deactivate(self, staff: Staff, account_id: str) -> None:
        """Close an account; its sessions and links end."""
        await self._change(lambda db, now: accounts.deactivate(db, now, account_id, staff.actor))

    async def send_link(self, staff: Staff, account_id: str) -> str:
        """Make a new set-up link; earlier ones end, and a closed account opens again."""
        return await self._change(
            lambda db, now: accounts.send_link(db, now, self._vault, account_id, staff.actor)
        )

    async def _change(self, work: Work[T]) -> T:
        """Commit a change that somebody asked for; a refusal is an answer, not a failure."""

        def answered(db: Database, now: datetime) -> T | AccountRefused:
            try:
                return work(db, now)
            except AccountRefused as refusal:
                return refusal

        outcome = await self._intake.run(answered)
        if isinstance(outcome, AccountRefused):
            raise outcome
        return outcome

    async def _check(self, account: Account | None, password: str) -> Checked | None:
        """Check a password. It takes as long where there is no account."""
        kept = account.password if account else None
        right = await self._passwords.matches(kept, password)
        return Checked(account.id, kept, right) if account and kept else None

    def _link(self, secret: str, kind: LinkKind) -> Link | None:
        return stored_staff.link(self._reader, secret, kind, self._clock())

    def _fault(self, password: str, account: Account) -> str:
        email = self._vault.unseal(account.email)
        return passwords.fault(password, email, account.name, self._council_name)

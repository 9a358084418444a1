"""What the staff pages ask of accounts: who is there, who may do what.

The desk and the pages know these names; `bot.front_door` stands behind them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from surveys.roles import Role


@dataclass(frozen=True)
class Staff:
    """Who acts: the account that this browser is signed in to."""

    account_id: str
    name: str
    roles: tuple[Role, ...]

    @property
    def actor(self) -> str:
        """The account as the audit log names it."""
        return actor_of(self.account_id)

    def may(self, roles: Iterable[Role]) -> bool:
        """Whether the account has one of these roles."""
        return not set(roles).isdisjoint(self.roles)


def actor_of(account_id: str) -> str:
    """An account as the audit log names it: by its id, never by name."""
    return f"account {account_id}"


def account_of_actor(actor: str) -> str:
    """The id of the account that the audit log names so; "" where it is none."""
    kind, _, account_id = actor.partition(" ")
    return account_id if kind == "account" else ""


class AccountState(StrEnum):
    """What an account can do now."""

    READY = "ready"
    WAITING = "not set up yet"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True)
class AccountRow:
    """An account as an administrator sees it."""

    id: str
    name: str
    email: str
    roles: tuple[Role, ...]
    state: AccountState


@dataclass(frozen=True)
class SignInAttempt:
    """What was typed into the sign-in form, and the network address it came from."""

    email: str
    password: str
    code: str
    address: str


class SignInRefusal(StrEnum):
    """Why somebody was not let in. WRONG covers every reason that is about an account."""

    WRONG = "wrong"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class SetUpPage:
    """What a set-up link shows: whose account it is, and the new authenticator's key.

    `key` is base32 without spaces, `key_address` the `otpauth:` address of its QR code, and
    `qr` that code as an inline SVG.
    """

    name: str
    email: str
    key: str
    key_address: str
    qr: str


@dataclass(frozen=True)
class Faults:
    """Why a new password was not taken: what is wrong, by field of the form."""

    by_field: Mapping[str, str]


class Accounts(Protocol):
    """Signing in and staff accounts, as the staff pages see them.

    A `str` that is returned is the secret of a new session, or of a new single-use link.
    Changes asked for by somebody raise `bot.errors.AccountRefused`, which says what to do.
    """

    async def who(self, session_secret: str, *, active: bool) -> Staff | None:
        """Whose session this is; `None` where it has ended. `active`: a person did this."""

    async def sign_in(self, attempt: SignInAttempt) -> str | SignInRefusal:
        """A new session, where e-mail address, password and code are right."""

    async def sign_out(self, session_secret: str) -> None:
        """End this session; from now on its secret opens nothing."""

    async def has_sign_in_link(self, secret: str) -> bool:
        """Whether this demonstration link is still good. Spends nothing."""

    async def exchange(self, secret: str) -> str | None:
        """Spend a demonstration's sign-in link for a session; `None` where it is not good."""

    async def set_up_page(self, secret: str) -> SetUpPage | None:
        """What a set-up link shows; `None` where it is not good. Spends nothing."""

    async def set_up(self, secret: str, password: str, code: str) -> str | Faults | None:
        """Spend a set-up link for a session; `None` where it is not good."""

    async def change_password(self, staff: Staff, current: str, new: str) -> str | Faults:
        """Change one's own password; every session ends, and a new one begins here."""

    async def everybody(self) -> tuple[AccountRow, ...]:
        """Every account, by name."""

    async def administrators(self) -> tuple[str, ...]:
        """The names of those who can change roles."""

    async def add(self, staff: Staff, email: str, name: str, roles: tuple[Role, ...]) -> str:
        """Add an account; returns its set-up link."""

    async def change_roles(self, staff: Staff, account_id: str, roles: tuple[Role, ...]) -> None:
        """Give an account these roles and no others; its sessions end."""

    async def deactivate(self, staff: Staff, account_id: str) -> None:
        """Close an account; its sessions and links end."""

    async def send_link(self, staff: Staff, account_id: str) -> str:
        """Make a new set-up link; earlier ones end, and a closed account opens again."""

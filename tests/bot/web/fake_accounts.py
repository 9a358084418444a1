"""Accounts in memory: who is signed in, and nothing of passwords."""

from dataclasses import dataclass, field

from bot.staff_ports import (
    AccountRow,
    AccountState,
    Faults,
    SetUpPage,
    SignInAttempt,
    SignInRefusal,
    Staff,
)
from surveys.roles import Role

EVERYTHING = Staff("a1", "Somebody with every role", tuple(Role))
OTHER = AccountRow("a2", "Another", "another@example.org", (Role.ANALYST,), AccountState.READY)


@dataclass
class MemoryAccounts:
    """One unspent sign-in link ("link-1"), one set-up link ("set-up-1"), one right password."""

    links: set[str] = field(default_factory=lambda: {"link-1"})
    sessions: dict[str, Staff] = field(default_factory=dict)
    rows: tuple[AccountRow, ...] = (OTHER,)
    changed: list[tuple[str, str]] = field(default_factory=list)
    attempts: list[SignInAttempt] = field(default_factory=list)
    active: list[bool] = field(default_factory=list)

    async def who(self, session_secret: str, *, active: bool) -> Staff | None:
        self.active.append(active)
        return self.sessions.get(session_secret)

    async def sign_in(self, attempt: SignInAttempt) -> str | SignInRefusal:
        self.attempts.append(attempt)
        if attempt.password != "right":
            return SignInRefusal.WRONG
        return self.signed_in(EVERYTHING)

    async def sign_out(self, session_secret: str) -> None:
        self.sessions.pop(session_secret, None)

    async def has_sign_in_link(self, secret: str) -> bool:
        return secret in self.links

    async def exchange(self, secret: str) -> str | None:
        if secret not in self.links:
            return None
        self.links.remove(secret)
        return self.signed_in(EVERYTHING, f"session-of-{secret}")

    async def set_up_page(self, secret: str) -> SetUpPage | None:
        if secret != "set-up-1":
            return None
        qr = '<svg width="9" height="9"><path d="M0 0h9v9h-9z"/></svg>'
        return SetUpPage("New", "new@example.org", "ABCDEFGH", "otpauth://totp/x", qr)

    async def set_up(self, secret: str, password: str, code: str) -> str | Faults | None:
        if secret != "set-up-1":
            return None
        if password != "right":
            return Faults({"password": "Password must be longer.", "code": "Wrong code."})
        return self.signed_in(EVERYTHING)

    async def change_password(self, staff: Staff, current: str, new: str) -> str | Faults:
        if current != "right":
            return Faults({"current": "Wrong."})
        return self.signed_in(staff)

    async def everybody(self) -> tuple[AccountRow, ...]:
        return self.rows

    async def administrators(self) -> tuple[str, ...]:
        return ("Ann <b>Admin</b>",)

    async def add(self, staff: Staff, email: str, name: str, roles: tuple[Role, ...]) -> str:
        self.changed.append(("add", email))
        return "new-link"

    async def change_roles(self, staff: Staff, account_id: str, roles: tuple[Role, ...]) -> None:
        self.changed.append(("roles", account_id))

    async def deactivate(self, staff: Staff, account_id: str) -> None:
        self.changed.append(("deactivate", account_id))

    async def send_link(self, staff: Staff, account_id: str) -> str:
        self.changed.append(("link", account_id))
        return "new-link"

    def signed_in(self, staff: Staff, secret: str = "") -> str:
        """The secret of a session of this account."""
        made = secret or f"session-{len(self.sessions) + 1}-{staff.account_id}"
        self.sessions[made] = staff
        return made

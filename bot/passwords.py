"""Passwords: what one must be, and argon2, which runs in a thread."""

import asyncio
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
"""Characters."""

AT_ONCE = 2
"""Each takes 64 MiB of memory and a fifth of a second."""


class Passwords:
    """Hashes and checks passwords; the event loop and the writer never wait for it."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        """The hash to keep."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether the hash is this password's. Without a hash: the same work, and `False`."""
        async with self._turn:
            right = await asyncio.to_thread(self._check, kept or self._nobodys, _normal(password))
        return right and kept is not None

    def _check(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def fault(password: str, *known: str) -> str:
    """What is wrong with a new password, or "".

    `known` are what anybody would try first: the e-mail address, the person's name, the
    council's. Long is what counts; there are no rules about kinds of characters.
    """
    if len(password) < SHORTEST:
        return f"Password must be at least {SHORTEST} characters. Three random words are good."
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer."
    if len(set(password)) < 4:  # noqa: PLR2004 - "aaaaaaaaaaaa" is no longer than "a"
        return "Password must not be a few characters again and again."
    common = {_bare(part) for word in known for part in (word, word.partition("@")[0])}
    if _bare(password) in common - {""}:
        return "Password must not be your name, your e-mail address or the council's name."
    return ""


def _normal(password: str) -> str:
    # The same keys may send composed letters on one device and parts of them on another.
    return unicodedata.normalize("NFKC", password[: LONGEST * 4])


def _bare(text: str) -> str:
    return "".join(letter for letter in _normal(text).casefold() if letter.isalnum())

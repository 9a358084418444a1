"""Lists that were looked at and wait to be kept: sealed, in memory alone, for half an hour."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.contacts.importing import Preview
from bot.errors import ContactsRefused

KEPT_FOR = timedelta(minutes=30)
MOST_BYTES = 60_000_000
"""Of all lists together, sealed. The oldest make room for a new one."""


@dataclass(frozen=True)
class ListWaiting:
    """A list as it was brought, sealed, and what keeping it would do.

    `preview` is `None` where its columns were not understood: it can be mapped, not kept.
    """

    name: str
    sealed: bytes
    preview: Preview | None


@dataclass(frozen=True)
class _Held:
    key: str
    until: datetime
    waiting: ListWaiting


class Shelf:
    """At most one list of each session. Who looks at another gives up the one before."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._held: dict[str, _Held] = {}

    def put(self, session: str, waiting: ListWaiting) -> str:
        """Hold it for this session; returns the key under which it was seen."""
        key = secrets.token_urlsafe(16)
        self._held.pop(session, None)
        self._held[session] = _Held(key, self._clock() + KEPT_FOR, waiting)
        self.forget_old()
        while len(self._held) > 1 and self.size() > MOST_BYTES:
            del self._held[next(iter(self._held))]
        return key

    def get(self, session: str, key: str) -> ListWaiting:
        """The list that this session saw under this key.

        Raises:
            ContactsRefused: it is not held any more, or it was seen otherwise since.
        """
        self.forget_old()
        held = self._held.get(session)
        if held is None or held.key != key:
            raise ContactsRefused(
                "This list is not held any more: it was looked at too long ago, or another was"
                " since. Choose the file again."
            )
        return held.waiting

    def drop(self, session: str, key: str) -> None:
        """Forget the list that was seen under this key, if it is still held."""
        held = self._held.get(session)
        if held is not None and held.key == key:
            del self._held[session]

    def forget_old(self) -> None:
        """Forget every list whose time is over."""
        now = self._clock()
        self._held = {name: held for name, held in self._held.items() if held.until > now}

    def size(self) -> int:
        """How many bytes are held."""
        return sum(len(held.waiting.sealed) for held in self._held.values())

"""Waiting for something to happen, without sleeping."""

import asyncio
from collections.abc import Callable


class Bell:
    """Rings whenever anything changed; waiters then look again."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something changed."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def next_ring(self) -> None:
        """Return when it rings next."""
        await self._rung.wait()

    async def until(
        self, holds: Callable[[], bool], seconds: float, what: Callable[[], str]
    ) -> None:
        """Return as soon as `holds()`.

        Raises:
            AssertionError: it did not within `seconds`; says `what()` there was instead.
        """
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    await self._rung.wait()
        except TimeoutError:
            raise AssertionError(what()) from None

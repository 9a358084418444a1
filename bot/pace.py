"""How fast messages may leave: an even pace, for a carrier that punishes bursts."""

import asyncio
from collections.abc import Callable


class Pace:
    """Slots at an even distance. Whoever must not wait takes one all the same, and others wait.

    `per_second` is the pace; `clock` counts seconds, such as `time.monotonic`.
    """

    def __init__(self, per_second: float, clock: Callable[[], float]) -> None:
        self._distance = 1 / per_second
        self._clock = clock
        self._next = 0.0

    def take(self) -> float:
        """Take the next slot; returns the seconds until it comes."""
        now = self._clock()
        slot = max(now, self._next)
        self._next = slot + self._distance
        return slot - now

    def hold(self, seconds: float) -> None:
        """No slot before `seconds` have passed: the carrier asked for it."""
        self._next = max(self._next, self._clock() + seconds)

    async def wait(self) -> None:
        """Take the next slot and wait for it; one taken meanwhile by the hurried comes first."""
        while (ahead := self._next - self._clock()) > 0:  # noqa: ASYNC110 - time itself is awaited
            await asyncio.sleep(ahead)
        self.take()

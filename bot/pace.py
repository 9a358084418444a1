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
        self._held_until = 0.0

    def take(self) -> float:
        """Take the next slot; returns the seconds until it comes."""
        now = self._clock()
        slot = max(now, self._next)
        self._next = slot + self._distance
        return slot - now

    def hold(self, seconds: float) -> None:
        """No slot before `seconds` have passed: the carrier asked for it."""
        self._held_until = max(self._held_until, self._clock() + seconds)
        self._next = max(self._next, self._held_until)

    @property
    def held(self) -> float:
        """How many seconds the carrier still asks us to wait; 0 where it does not."""
        return max(0.0, self._held_until - self._clock())

    async def near(self) -> None:
        """Return when the next slot is the next thing to come: then there is time to get ready."""
        while (ahead := self._next - self._distance - self._clock()) > 0:  # noqa: ASYNC110 - time itself is awaited
            await asyncio.sleep(ahead)

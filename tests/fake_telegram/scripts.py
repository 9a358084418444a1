"""Errors a test asks for: the next call, the n-th call, too many in a second, an outage."""

import asyncio
import math
from collections import deque
from dataclasses import dataclass

from tests.fake_telegram.refusals import Refusal, too_many


@dataclass
class _Planned:
    method: str
    refusal: Refusal
    passing: int
    times: int


@dataclass
class _HeldAnswer:
    method: str
    passing: int
    released: asyncio.Event


class Scripts:
    """Decides, before a method runs, whether it may."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._held: dict[str, asyncio.Event] = {}
        self._answers_held: list[_HeldAnswer] = []
        self._lost: dict[str, int] = {}
        self._garbled: dict[str, str] = {}
        self._sent_at: deque[float] = deque()
        self.per_second: int | None = None
        self.punish_seconds = 0
        self._punished_until = 0.0
        self.is_down = False

    def fail(self, method: str, refusal: Refusal, *, after: int = 0, times: int = 1) -> None:
        """Refuse calls of a method: `times` of them, once `after` have passed."""
        self._planned.append(_Planned(method.lower(), refusal, after, times))

    def lose_answer(self, method: str, times: int = 1) -> None:
        """Do what the next calls ask, and break the connection before the answer."""
        self._lost[method.lower()] = times

    def garble(self, method: str, page: str) -> None:
        """Answer the next call with this page, as a proxy in between would."""
        self._garbled[method.lower()] = page

    def hold(self, method: str) -> asyncio.Event:
        """Make calls of a method wait until the event is set."""
        return self._held.setdefault(method.lower(), asyncio.Event())

    def hold_answer(self, method: str, *, after: int = 0) -> asyncio.Event:
        """Do what one call asks, once `after` have passed, and answer when the event is set."""
        held = _HeldAnswer(method.lower(), after, asyncio.Event())
        self._answers_held.append(held)
        return held.released

    def calm(self) -> None:
        """Refuse nothing any more."""
        self._planned.clear()

    async def before_answer(self, method: str) -> None:
        """Wait where this call's answer is held."""
        for held in self._answers_held:
            if held.method == method.lower():
                held.passing -= 1
                if held.passing == -1:
                    await held.released.wait()

    async def before(self, method: str, now: float) -> None:
        """Let a call pass.

        Raises:
            Refusal: it is refused.
        """
        name = method.lower()
        if self.is_down:
            raise Refusal(502, "Bad Gateway")
        if name in self._held:
            await self._held[name].wait()
        for planned in self._planned:
            if planned.method == name:
                self._meet(planned)
        if name == "sendmessage":
            self._count(now)

    def is_answer_lost(self, method: str) -> bool:
        """Whether this call's answer must not arrive."""
        left = self._lost.get(method.lower(), 0)
        self._lost[method.lower()] = max(0, left - 1)
        return left > 0

    def page_instead(self, method: str) -> str | None:
        """What this call is answered instead of its answer."""
        return self._garbled.pop(method.lower(), None)

    def _meet(self, planned: _Planned) -> None:
        if planned.passing:
            planned.passing -= 1
        elif planned.times:
            planned.times -= 1
            raise planned.refusal

    def _count(self, now: float) -> None:
        if self.per_second is None:
            return
        if now < self._punished_until:
            raise too_many(math.ceil(self._punished_until - now))
        while self._sent_at and now - self._sent_at[0] >= 1:
            self._sent_at.popleft()
        if len(self._sent_at) >= self.per_second:
            self._punished_until = now + self.punish_seconds
            raise too_many(max(1, self.punish_seconds))
        self._sent_at.append(now)

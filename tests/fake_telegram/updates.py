"""The queue of updates: kept until confirmed by a higher offset, delivered again until then."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

from tests.fake_telegram.refusals import conflict
from tests.fake_telegram.waiting import Bell

_BY_DEFAULT_NOT = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """What waits for `getUpdates`. Update ids rise by one."""

    def __init__(self, bell: Bell, first_id: int = 9001) -> None:
        self._bell = bell
        self._next_id = first_id
        self._waiting: list[dict[str, Any]] = []
        self._allowed: set[str] = set()
        self._poll = 0
        self._owed: set[int] = set()
        self.confirmed: list[dict[str, Any]] = []
        self.handed_out: Counter[int] = Counter()
        """How often each update was given to the bot, by its id."""

    @property
    def pending(self) -> list[dict[str, Any]]:
        """Updates not confirmed yet."""
        return list(self._waiting)

    def add(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update; `None` where the bot does not want this kind."""
        if self._allowed and kind not in self._allowed:
            return None
        if not self._allowed and kind in _BY_DEFAULT_NOT:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._waiting.append({"update_id": update_id, kind: body})
        self._bell.ring()
        return update_id

    def again(self, update: dict[str, Any]) -> None:
        """Queue an update that was confirmed before; it goes out whatever the offset says."""
        self._owed.add(int(update["update_id"]))
        self.add_raw(update)

    def add_raw(self, update: dict[str, Any]) -> None:
        """Queue an update as it is, whatever its id."""
        self._waiting.append(update)
        self._waiting.sort(key=lambda each: int(each["update_id"]))
        self._next_id = max(self._next_id, int(update["update_id"]) + 1)
        self._bell.ring()

    def want(self, allowed: Sequence[str] | None) -> None:
        """From now on only these kinds are queued; `None` leaves it as it was."""
        if allowed is not None:
            self._allowed = set(allowed)

    def confirm(self, update: dict[str, Any]) -> None:
        """A webhook took this one."""
        if update in self._waiting:
            self._waiting.remove(update)
            self.confirmed.append(update)
        self._bell.ring()

    def drop(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

    async def get(
        self, offset: int, limit: int, seconds: float, allowed: Sequence[str] | None
    ) -> list[dict[str, Any]]:
        """One `getUpdates`: confirms, then waits for news up to `seconds`.

        Raises:
            Refusal: 409, another request took over.
        """
        self._poll += 1
        mine = self._poll
        self._bell.ring()
        self.want(allowed)
        self._confirm(offset)
        await self._news(mine, seconds)
        if mine != self._poll:
            raise conflict(
                "terminated by other getUpdates request;"
                " make sure that only one bot instance is running"
            )
        given = self._waiting[:limit]
        ids = [int(each["update_id"]) for each in given]
        self.handed_out.update(ids)
        self._owed.difference_update(ids)
        return given

    async def _news(self, mine: int, seconds: float) -> None:
        try:
            await self._bell.until(lambda: bool(self._waiting) or mine != self._poll, seconds, str)
        except AssertionError:
            await asyncio.sleep(0)

    def _confirm(self, offset: int) -> None:
        first = offset
        if offset < 0:
            newest = self._waiting[offset:]
            first = int(newest[0]["update_id"]) if newest else 0
        left: list[dict[str, Any]] = []
        for each in self._waiting:
            is_done = int(each["update_id"]) < first and int(each["update_id"]) not in self._owed
            (self.confirmed if is_done else left).append(each)
        self._waiting = left

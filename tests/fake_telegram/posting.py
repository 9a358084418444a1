"""Posting updates to a webhook: one at a time for each chat, again until it answers 2xx."""

import asyncio
from functools import partial
from typing import Any

import aiohttp

from tests.fake_telegram.checks import is_on_this_machine
from tests.fake_telegram.updates import Updates
from tests.fake_telegram.waiting import Bell
from tests.fake_telegram.world import Posted, World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_WAIT = 0.02
LONGEST_WAIT = 0.2
"""Seconds between tries; the real server's are longer."""


class Posting:
    """Runs beside the server; posts whenever something waits and there is a webhook here."""

    def __init__(self, world: World, updates: Updates, bell: Bell) -> None:
        self._world = world
        self._updates = updates
        self._bell = bell
        self._chats: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Post until cancelled."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as http:
            try:
                while True:
                    self._begin(http)
                    await self._bell.next_ring()
            finally:
                for task in self._chats.values():
                    task.cancel()
                await asyncio.gather(*self._chats.values(), return_exceptions=True)

    def _begin(self, http: aiohttp.ClientSession) -> None:
        """Start on the oldest update of each chat that has none under way."""
        if not is_on_this_machine(self._world.webhook):
            return
        for update in self._updates.pending:
            chat = _chat_of(update)
            if chat not in self._chats:
                task = asyncio.create_task(self._post(http, update))
                self._chats[chat] = task
                task.add_done_callback(partial(self._end, chat))

    def _end(self, chat: int, _: asyncio.Task[None]) -> None:
        del self._chats[chat]
        self._bell.ring()

    async def _post(self, http: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        wait = FIRST_WAIT
        while self._world.webhook:
            status = await self._status(http, update)
            self._world.posted.append(Posted(update["update_id"], status))
            if 200 <= status < 300:
                self._updates.confirm(update)
                return
            self._bell.ring()
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _status(self, http: aiohttp.ClientSession, update: dict[str, Any]) -> int:
        """What the webhook answered; 0 where it could not be reached."""
        secret = self._world.webhook_secret
        headers = {SECRET_HEADER: secret} if secret else {}
        try:
            async with http.post(self._world.webhook, json=update, headers=headers) as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0


def _chat_of(update: dict[str, Any]) -> int:
    body = next(value for key, value in update.items() if key != "update_id")
    return int((body.get("message") or body).get("chat", {}).get("id", 0))

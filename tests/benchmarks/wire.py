"""Telegram without a network: a request of the library's that answers from memory.

It also is every parent: whoever is sent buttons taps one of them, until it has tapped
enough. So both bots are driven in the same way, and only by what they show.
"""

import asyncio
import json
from collections import Counter
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.reading import AnswersRequest, UpdatesReader
from tests.fake_telegram.server import BOT

Update = dict[str, Any]


class World:
    """What both sides of the wire share: updates that wait, and who may tap how often.

    `seconds` is how long each call but `getUpdates` takes.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self._updates: list[Update] = []
        self._news = asyncio.Event()
        self._next = 1
        self._left: Counter[int] = Counter()
        self._shown: dict[int, str] = {}
        self._waiting = 0
        self._done = asyncio.Event()

    async def say(self, texts: dict[int, str]) -> None:
        """Each of these parents writes something; returns when all are answered."""
        self._expect(len(texts))
        for chat, text in texts.items():
            command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
            self._add("message", {**_message(chat, text), "entities": [command]})
        await self._done.wait()

    async def tap(self, times: int) -> None:
        """Everybody taps so many times, each time when the last tap is answered."""
        self._expect(times * len(self._shown))
        self._left = Counter(dict.fromkeys(self._shown, times))
        for chat in list(self._shown):
            self._tap(chat)
        await self._done.wait()

    async def updates(self, offset: int, *, may_wait: bool) -> list[Update]:
        """What `getUpdates` answers."""
        self._updates = [each for each in self._updates if each["update_id"] >= offset]
        if not self._updates and may_wait:
            self._news.clear()
            await self._news.wait()
        return self._updates[:100]

    def sent(self, chat: int, markup: dict[str, Any] | None) -> Update:
        """The bot sent a message."""
        if markup and markup["inline_keyboard"]:
            self._shown[chat] = markup["inline_keyboard"][0][0]["callback_data"]
        self._waiting -= 1
        if self._left[chat]:
            self._tap(chat)
        if self._waiting == 0:
            self._done.set()
        return {**_message(chat, "sent"), "from": BOT}

    def _expect(self, answers: int) -> None:
        self._waiting = answers
        self._done.clear()

    def _tap(self, chat: int) -> None:
        self._left[chat] -= 1
        message = {**_message(chat, "shown"), "from": BOT}
        body = {"id": str(self._next), "from": _user(chat), "message": message}
        self._add("callback_query", {**body, "chat_instance": "1", "data": self._shown[chat]})

    def _add(self, kind: str, body: dict[str, Any]) -> None:
        self._updates.append({"update_id": self._next, kind: body})
        self._next += 1
        self._news.set()


class Wire(BaseRequest):
    """The library's request, answered from a `World`."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def read_timeout(self) -> float:
        """Any will do."""
        return 20.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """The answer of the Bot API."""
        del method, read_timeout, write_timeout, connect_timeout, pool_timeout
        given = request_data.json_parameters if request_data else {}
        name = url.rpartition("/")[2]
        if self._world.seconds and name != "getUpdates":
            await asyncio.sleep(self._world.seconds)
        result = await self._result(name, given)
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def _result(self, name: str, given: dict[str, str]) -> Any:
        match name:
            case "getMe":
                return BOT
            case "getUpdates":
                return await self._world.updates(
                    int(given.get("offset", 0)), may_wait=given.get("timeout", "0") != "0"
                )
            case "sendMessage":
                markup = json.loads(given.get("reply_markup", "null"))
                return self._world.sent(int(given["chat_id"]), markup)
            case _:
                return True


class AnswersWire(Wire):
    """The same, read as our service reads answers."""

    parse_json_payload = staticmethod(AnswersRequest.parse_json_payload)


class UpdatesWire(UpdatesReader, Wire):
    """The same, read as our service reads updates."""


def _message(chat: int, text: str) -> dict[str, Any]:
    body = {"message_id": 1, "date": 1_804_000_000, "text": text, "from": _user(chat)}
    return {**body, "chat": {"id": chat, "type": "private", "first_name": "Parent"}}


def _user(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Parent"}

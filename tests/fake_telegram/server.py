"""The server: one bot, one token, every request remembered."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fake_telegram.methods import Methods
from tests.fake_telegram.people import Group, Parent
from tests.fake_telegram.posting import Posting
from tests.fake_telegram.refusals import Refusal
from tests.fake_telegram.scripts import Scripts
from tests.fake_telegram.updates import Updates
from tests.fake_telegram.waiting import Bell
from tests.fake_telegram.world import Call, Chat, Sent, World

TOKEN = "8000000001:AAFake-token_for-tests-only-000000000"
BOT = {
    "id": 8000000001,
    "is_bot": True,
    "first_name": "Survey",
    "username": "sendvoice_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


class FakeTelegram:
    """An asynchronous context manager; `api` is what a bot is given instead of the real one."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.bell = Bell()
        self.world = World(dict(BOT))
        self.updates = Updates(self.bell)
        self.scripts = Scripts()
        self.methods = Methods(self.world, self.updates)
        self._posting = Posting(self.world, self.updates, self.bell)
        self._runner = web.AppRunner(self._app(), shutdown_timeout=0.1)
        self.api = ""

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api = f"http://127.0.0.1:{port}"
        self._posting_task = asyncio.create_task(self._posting.run())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._posting_task.cancel()
        await asyncio.gather(self._posting_task, return_exceptions=True)
        await self._runner.cleanup()

    def parent(self, user_id: int, first_name: str = "Parent", *, started: bool = True) -> Parent:
        """A person with a private chat; not `started` is one who never wrote to the bot."""
        chat = Chat(user_id, "private", first_name, is_started=started)
        self.world.chats[user_id] = chat
        return Parent(self, chat)

    def group(self, chat_id: int, title: str = "Group") -> Group:
        """A group that the bot is in."""
        chat = Chat(chat_id, "group", title)
        self.world.chats[chat_id] = chat
        return Group(self, chat)

    def messages_to(self, chat_id: int) -> list[Sent]:
        """The bot's messages in a chat, oldest first."""
        return list(self.world.by_chat[chat_id])

    def calls(self, method: str, *, status: int | None = None) -> list[Call]:
        """Requests of a method, those with this answer."""
        return [
            call
            for call in self.world.calls
            if call.method.lower() == method.lower() and status in {None, call.status}
        ]

    def redeliver(self, update_id: int) -> None:
        """Deliver an update once more, although it was confirmed; no offset forgets it first."""
        [update] = [each for each in self.updates.confirmed if each["update_id"] == update_id]
        self.updates.again(update)

    async def until(self, holds: Callable[[], bool], seconds: float = 5.0) -> None:
        """Return as soon as `holds()`; fails with what was asked of the server."""
        await self.bell.until(
            holds, seconds, lambda: f"it did not come to pass; the requests: {self._told()}"
        )

    async def confirmed(self, seconds: float = 5.0) -> None:
        """Return when the bot has confirmed every update."""
        await self.until(lambda: not self.updates.pending, seconds)

    def _told(self) -> str:
        return ", ".join(f"{call.method} {call.status}" for call in self.world.calls[-20:])

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/file/{rest:.*}", self._file)
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        return app

    async def _file(self, request: web.Request) -> web.Response:
        self.world.calls.append(Call("file", {"path": request.path}, 404))
        return web.json_response(Refusal(404, "Not Found").as_json(), status=404)

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            given = await _parameters(request)
        except ConnectionResetError:
            # The bot died in the middle of asking.
            return web.Response(status=400)
        try:
            result = await self._do(request.match_info["token"], method, given)
            body: dict[str, Any] = {"ok": True, "result": result}
            status, why = 200, ""
        except Refusal as refusal:
            body, status, why = refusal.as_json(), refusal.code, refusal.description
        now = asyncio.get_running_loop().time()
        self.world.calls.append(Call(method, given, status, why, now))
        self.bell.ring()
        await self.scripts.before_answer(method)
        if self.scripts.is_answer_lost(method) and request.transport is not None:
            request.transport.abort()
        page = self.scripts.page_instead(method)
        if page is not None:
            return web.Response(text=page, content_type="text/html")
        return web.json_response(body, status=status)

    async def _do(self, token: str, method: str, given: dict[str, Any]) -> Any:
        if token != self.token:
            raise Refusal(401, "Unauthorized")
        found = self.methods.find(method)
        if found is None:
            raise Refusal(404, "Not Found: method not found")
        await self.scripts.before(method, asyncio.get_running_loop().time())
        return await found(given)


async def _parameters(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given.update(await request.json())
    else:
        given.update(await request.post())
    return given

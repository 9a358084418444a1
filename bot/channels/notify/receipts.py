"""Where Notify tells what became of a letter. Its bearer token is checked first."""

import hmac
import json
import re
from typing import Protocol

from aiohttp import web

_REFERENCE = re.compile(r"letter-(\d{1,18})")
_RECEIPTS = {
    "delivered": "delivered",
    "permanent-failure": "failed",
    "temporary-failure": "failed",
    "technical-failure": "failed",
}
_GONE = "permanent-failure"
MAX_BYTES = 20_000


class TakesReceipts(Protocol):
    """What keeps a receipt; the same one again changes nothing."""

    async def receipt(self, message_id: int, receipt: str, reason: str, *, gone: bool) -> None:
        """Keep it. `gone`: nothing will ever arrive at this address."""


class Receipts:
    """The callback's route. `token` is the bearer token set at Notify."""

    def __init__(self, keeper: TakesReceipts, token: str) -> None:
        self._keeper = keeper
        self._token = token

    def routes(self) -> list[web.RouteDef]:
        """What the web application serves for Notify."""
        return [web.post("/notify/receipts", self._take)]

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(
            given.encode(errors="replace"), f"Bearer {self._token}".encode()
        ):
            return web.Response(status=403)
        if (request.content_length or 0) > MAX_BYTES:
            return web.Response(status=413)
        try:
            said = json.loads(await request.text())
            reference = _REFERENCE.fullmatch(str(said["reference"]))
            receipt = _RECEIPTS.get(str(said["status"]))
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        if reference is None or receipt is None:
            # Another service's letter, or a step on the way: nothing of ours.
            return web.Response(status=204)
        reason = "" if receipt == "delivered" else f"Notify: {said['status']}"
        gone = said["status"] == _GONE
        await self._keeper.receipt(int(reference[1]), receipt, reason, gone=gone)
        return web.Response(status=204)

"""How sending goes, told to the page as it happens."""

import asyncio

from aiohttp import web

from bot.pages.headers import HEADERS
from bot.pages.keys import ROUNDS
from bot.staff_ports import Staff

EVERY_SECONDS = 1.0
MOST_LOOKS = 60
"""After so many the browser asks anew, and whoever has been signed out since is refused."""


async def stream(request: web.Request, _who: Staff) -> web.StreamResponse:
    """Server-sent events: how many messages are left, until none is."""
    response = web.StreamResponse(headers=HEADERS | {"Content-Type": "text/event-stream"})
    await response.prepare(request)
    try:
        for _ in range(MOST_LOOKS):
            left, gone = await request.app[ROUNDS].progress(request.match_info["id"])
            if not left:
                await response.write(b"event: done\ndata: all\n\n")
                break
            words = f"{left:,} still to leave, {gone:,} gone."
            await response.write(f"retry: 1000\ndata: {words}\n\n".encode())
            await asyncio.sleep(EVERY_SECONDS)
    except ConnectionError:
        pass  # the page was closed
    return response

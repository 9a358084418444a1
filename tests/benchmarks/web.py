"""A form posted and the next page read, at 200 connections: ours, each alone, no database."""

import asyncio
import json
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bot.pages.forms import new_nonce
from tests.benchmarks.disk import SLOW_MILLISECONDS
from tests.benchmarks.measure import Line, alternately, rate, tell

POSTS = 2
HOWS = ("together", "alone", "memory")


class Browsers:
    """Every parent's connection to one server."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._port: int = told["port"]
        self._tokens: list[str] = told["tokens"]
        self._keys: list[str] = told["keys"]

    @property
    def connections(self) -> int:
        """How many there are."""
        return len(self._tokens)

    async def __call__(self, number: int) -> float:
        """Seconds in which everybody posts two answers and reads the page after each."""
        began = time.perf_counter()
        await asyncio.gather(*(self._parent(token, number) for token in self._tokens))
        return time.perf_counter() - began

    async def begin(self) -> None:
        """Everybody presses Start."""
        await asyncio.gather(*(self._starts(token) for token in self._tokens))

    async def _starts(self, token: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        await _post(reader, writer, token, {"action": "start"})
        writer.close()

    async def _parent(self, token: str, number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        for key in self._keys[:POSTS]:
            fields = {"action": "answer", "key": key, "choice": str(number % 5 + 1)}
            where = await _post(reader, writer, token, fields)
            page = await _ask(reader, writer, f"GET {where} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert b"Question " in page, page[:200]
        writer.close()


@asynccontextmanager
async def serving(folder: Path, how: str, milliseconds: float) -> AsyncIterator[Browsers]:
    """A server of this kind and its browsers, everybody at the first question."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.web_server", str(folder), how, str(milliseconds),
        stdout=PIPE, stderr=DEVNULL, limit=1 << 20,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        browsers = Browsers(json.loads(await process.stdout.readline()))
        await browsers.begin()
        yield browsers
    finally:
        process.kill()
        await process.wait()


async def web(folder: Path) -> None:
    """Measure and tell, on this disk and on a slower one."""
    await _beside(folder / "web", 0, "on this disk")
    await _beside(
        folder / "slow", SLOW_MILLISECONDS, f"where each flush takes {SLOW_MILLISECONDS} ms longer"
    )


async def _beside(folder: Path, milliseconds: float, disk: str) -> None:
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(
                serving(folder.with_name(f"{folder.name}-{how}"), how, milliseconds)
            )
            for how in HOWS
        ]
        together, alone, memory = await alternately(*servers)
    count = servers[0].connections * POSTS
    what = f"web form post to next page, {servers[0].connections} connections, {disk}"
    ours = rate(count, together)
    tell(
        Line(what, ours, f"{rate(count, alone)} (each post committed alone)", alone / together, 2.5)
    )
    tell(Line(what, ours, f"{rate(count, memory)} (no database)", memory / together, 0.8))


async def _post(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str, fields: dict[str, str]
) -> str:
    """Post a form of this parent's; the address of the next page."""
    body = urlencode({"nonce": new_nonce(), **fields}).encode()
    head = (
        f"POST /c/{token} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    answer = await _ask(reader, writer, head.encode() + body)
    status, _, rest = answer.partition(b"\r\n")
    assert b" 303 " in status, answer[:300]
    address = rest.partition(b"Location: ")[2].partition(b"\r\n")[0].decode()
    return address.partition("#")[0]  # a browser keeps the place on the page to itself


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    """One request on an open connection; head and body of its answer."""
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
    return head + await reader.readexactly(length)

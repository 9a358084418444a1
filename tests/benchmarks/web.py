"""A form posted and the next page read, at 200 connections: ours, each alone, no database.

Two posts a connection, because the first also opens it; a browser follows each redirect, so
the page after it is read too. Both peers serve the very same pages with our own server, so
that only the keeping differs: "each alone" commits every post by itself, which is how a
page that owns a connection to its database is written; "no database" keeps nothing at all.
"""

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
from tests.benchmarks.measure import Line, Size, alternately, disk_in_words, rate, tell

POSTS = 2
HOWS = ("together", "alone", "memory")


class Browsers:
    """Every parent's connection to one server."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._port: int = told["port"]
        self._tokens: list[str] = told["tokens"]
        self._keys: list[str] = told["keys"]

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
async def serving(folder: Path, how: str, parents: int, longer: float) -> AsyncIterator[Browsers]:
    """A server of this kind and its browsers, everybody at the first question."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.web_server",
        str(folder), how, str(parents), str(longer), stdout=PIPE, stderr=DEVNULL, limit=1 << 20,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        browsers = Browsers(json.loads(await process.stdout.readline()))
        await browsers.begin()
        yield browsers
    finally:
        process.kill()
        await process.wait()


async def web(folder: Path, size: Size) -> list[Line]:
    """Measure and tell, on this disk and on slower ones."""
    return [line for longer in size.longer for line in await _beside(folder, longer, size)]


async def _beside(folder: Path, longer: float, size: Size) -> list[Line]:
    disk = disk_in_words(folder, longer)
    async with AsyncExitStack() as stack:
        servers = await asyncio.gather(
            *(
                stack.enter_async_context(
                    serving(folder / f"web-{how}-{longer:g}", how, size.parents, longer)
                )
                for how in HOWS
            )
        )
        together, alone, memory = await alternately(*servers, times=size.times)
    count = size.parents * POSTS
    what = f"web form post to next page, {size.parents} connections"
    ours = rate(count, together)
    by_itself, nothing = rate(count, alone), rate(count, memory)
    return [
        tell(
            Line(
                f"{what}, beside each post committed alone",
                ours,
                by_itself,
                alone / together,
                at_least=2.5,
                disk=disk,
            )
        ),
        tell(
            Line(
                f"{what}, beside no database",
                ours,
                nothing,
                memory / together,
                at_least=0.8,
                disk=disk,
            )
        ),
    ]


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

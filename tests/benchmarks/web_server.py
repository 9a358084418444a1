"""The web chat in a process of its own, told FOLDER HOW PARENTS MS.

HOW is "together" (as we do it), "alone" (each post committed alone) or "memory" (no
database). MS is how much longer than this disk a flush takes. Prints its port and the
tokens of its parents.
"""

import asyncio
import gc
import json
import sys
from pathlib import Path
from typing import cast
from unittest import mock

from aiohttp import web

from bot import clock, intake, logs
from bot.pages.settings import WebSettings
from bot.ports import Conversations, Desk
from bot.site import make_app
from bot.staff_ports import Accounts
from storage import rounds
from tests.benchmarks.disk import slower
from tests.benchmarks.house import House, house
from tests.benchmarks.peers.in_memory import InMemory
from tests.bot.web.fake_rounds import MemoryRounds


async def serve(folder: Path, how: str, parents: int) -> None:
    """Serve until it is killed."""
    gc.freeze()  # as the service does
    async with house(folder, parents) as parts:
        if how != "memory":
            await parts.begin(parts.tokens)
        settings = WebSettings("Council", "http://127.0.0.1")
        conversations: Conversations = _in_memory(parts) if how == "memory" else parts.service
        # The chat's pages never ask the desk or the accounts for anything.
        desk, accounts = cast("Desk", None), cast("Accounts", None)
        app = make_app(
            conversations, desk, accounts, MemoryRounds(), settings=settings, clock=clock.now
        )
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=parents).start()
        told = {"port": runner.addresses[0][1], "tokens": parts.tokens, "keys": parts.ratings}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def _in_memory(parts: House) -> InMemory:
    [a_round] = rounds.everything(parts.reader)
    return InMemory(parts.form, a_round)


def main(folder: str, how: str, parents: str, milliseconds: str) -> None:
    """Serve in this way."""
    logs.configure()
    batch = 1 if how == "alone" else intake.BATCH
    with slower(float(milliseconds) / 1000), mock.patch.object(intake, "BATCH", batch):
        asyncio.run(serve(Path(folder), how, int(parents)))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Waiting that ends at once when the service stops."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Stopped(Exception):
    """The service is stopping; what was awaited was given up."""


async def unless_stopped(work: Coroutine[Any, Any, T], stop: asyncio.Event) -> T:
    """What `work` returns or raises.

    Raises:
        Stopped: `stop` was set first; the work was cancelled.
    """
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Stopped
        return working.result()
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


async def wait(seconds: float, stop: asyncio.Event) -> None:
    """Let time pass.

    Raises:
        Stopped: `stop` was set first.
    """
    await unless_stopped(asyncio.sleep(seconds), stop)

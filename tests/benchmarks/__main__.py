"""`python -m tests.benchmarks`: prints every ratio; its exit code says only that it ran."""

import asyncio
import gc
import logging
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import structlog
import typer

from tests.benchmarks.answers import answers
from tests.benchmarks.growth import growth
from tests.benchmarks.measure import console
from tests.benchmarks.sending import sending
from tests.benchmarks.telegram import telegram
from tests.benchmarks.web import web

PARTS: dict[str, Callable[[Path], Awaitable[None]]] = {
    "answers": answers,
    "growth": partial(growth, full=False),
    "telegram": telegram,
    "web": web,
    "sending": sending,
}


def bench(
    full: Annotated[bool, typer.Option("--full", help="Also the peer at 50,000.")] = False,
    only: Annotated[str, typer.Option(help=f"One of {', '.join(PARTS)}.")] = "",
) -> None:
    """Ratios in one run, each the median of five. A busy machine makes them noisy."""
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        asyncio.run(_bench(Path(folder), full=full, only=only))
    console.print("Medians of five, taken in turns. On a busy machine they are noisy.")


async def _bench(folder: Path, *, full: bool, only: str) -> None:
    gc.freeze()
    for name, part in PARTS.items():
        if only in {"", name}:
            await (growth(folder, full=full) if name == "growth" else part(folder))


typer.run(bench)

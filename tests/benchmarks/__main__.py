"""`python -m tests.benchmarks`: prints every ratio; its exit code says only that it ran."""

import asyncio
import gc
import logging
import tempfile
from pathlib import Path
from typing import Annotated

import structlog
import typer

from tests.benchmarks.answers import answers
from tests.benchmarks.growth import growth
from tests.benchmarks.measure import console
from tests.benchmarks.telegram import telegram
from tests.benchmarks.web import web


def bench(
    full: Annotated[bool, typer.Option("--full", help="Also the peer at 50,000.")] = False,
) -> None:
    """Ratios in one run, each the median of five. A busy machine makes them noisy."""
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        asyncio.run(_bench(Path(folder), full=full))
    console.print("Medians of five, taken in turns. On a busy machine they are noisy.")


async def _bench(folder: Path, *, full: bool) -> None:
    gc.freeze()
    await answers(folder)
    await growth(folder, full=full)
    await telegram(folder)
    await web(folder)


typer.run(bench)

"""`python -m tests.benchmarks`: prints every ratio; its exit code says only that it ran."""

import asyncio
import gc
import logging
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Annotated

import structlog
import typer

from tests.benchmarks.answers import answers
from tests.benchmarks.growth import growth
from tests.benchmarks.indicators import indicators
from tests.benchmarks.measure import Line, Size, console, summary
from tests.benchmarks.results import results
from tests.benchmarks.sending import sending
from tests.benchmarks.telegram import telegram
from tests.benchmarks.web import web

COMPARED: Mapping[str, Callable[[Path, Size], Awaitable[list[Line]]]] = {
    "answers": answers,
    "growth": growth,
    "indicators": indicators,
    "results": results,
    "telegram": telegram,
    "web": web,
}
SENDING = "sending"
PARTS = (*COMPARED, SENDING)


def bench(
    full: Annotated[bool, typer.Option("--full", help="Also the peer at 50,000.")] = False,
    only: Annotated[str, typer.Option(help=f"One of {', '.join(PARTS)}.")] = "",
) -> None:
    """Ratios in one run, each the median of five. A busy machine makes them noisy."""
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)
    size = Size(pickled=(1_000, 10_000, 50_000)) if full else Size()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        lines = asyncio.run(_bench(Path(folder), size, only))
    if lines:
        console.print(summary(lines))
        console.print("Medians of five, taken in turns; of results, the fastest of up to five.")
        console.print("On a busy machine they are noisy.")


async def _bench(folder: Path, size: Size, only: str) -> list[Line]:
    gc.freeze()
    lines: list[Line] = []
    for name, part in COMPARED.items():
        if only in {"", name}:
            lines += await part(folder, size)
    if only in {"", SENDING}:
        await sending(folder)
    return lines


typer.run(bench)

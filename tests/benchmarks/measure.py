"""Medians, ratios and how they are told."""

import gc
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

TIMES = 5
Trial = Callable[[int], Awaitable[float]]

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Line:
    """One comparison. `ratio` is ours to the peer's; `at_least` and `at_most` bound it."""

    what: str
    ours: str
    peer: str
    ratio: float
    at_least: float | None = None
    at_most: float | None = None
    beside: str = ""

    def told(self) -> str:
        """The line as it is printed."""
        low, high = self.at_least, self.at_most
        is_met = (low is None or self.ratio >= low) and (high is None or self.ratio <= high)
        bounds = " to ".join(f"{bound:g}" for bound in (low, high) if bound is not None)
        target = f"target {bounds}: {'met' if is_met else 'NOT MET'}" if bounds else "no target"
        beside = f"\n    {self.beside}" if self.beside else ""
        told = f"ours {self.ours}, peer {self.peer}, ratio {self.ratio:.2f}, {target}"
        return f"{self.what}\n    {told}{beside}"


def tell(line: Line) -> None:
    """Print it now."""
    console.print(line.told())


def rate(count: int, seconds: float) -> str:
    """So many a second, in words."""
    return f"{count / seconds:,.0f} a second"


def flush_seconds(folder: Path, times: int = 200) -> float:
    """The median time the disk takes to flush one page."""
    taken = []
    with (folder / "flush").open("wb", buffering=0) as file:
        for _ in range(times):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return statistics.median(taken)


async def alternately(*trials: Trial, times: int = TIMES) -> tuple[float, ...]:
    """The median seconds of each trial; they take turns, so that noise meets them alike.

    Rubbish is collected between trials: one of them would pay for all.
    """
    taken: list[list[float]] = [[] for _ in trials]
    for number in range(times):
        for trial, kept in zip(trials, taken, strict=True):
            gc.collect()
            kept.append(await trial(number))
    return tuple(map(statistics.median, taken))

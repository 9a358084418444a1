"""Medians, ratios and how they are told."""

import gc
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

Trial = Callable[[int], Awaitable[float]]

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Size:
    """How much is measured.

    `stored` conversations lie beside the parents' own, `many` in the second house of
    growth; a pickle file is flushed with each of `pickled`. `flushing_parents` wait for a
    peer that flushes each answer. `longer` are milliseconds by which a flush is made longer.
    `responses` are those of the round whose results are made.
    """

    parents: int = 200
    stored: int = 1_000
    many: int = 50_000
    pickled: tuple[int, ...] = (1_000, 10_000)
    flushing_parents: int = 20
    times: int = 5
    longer: tuple[float, ...] = (0, 4)
    responses: int = 100_000


@dataclass(frozen=True)
class Line:
    """One comparison. `ratio` is ours to the peer's; with a target it is to be `at_least` that.

    `disk` is how long a flush took, in words, where that matters.
    """

    what: str
    ours: str
    peer: str
    ratio: float
    at_least: float | None = None
    disk: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the target is met; always where there is none."""
        return self.at_least is None or self.ratio >= self.at_least

    @property
    def name(self) -> str:
        """What is compared, and on which disk."""
        return f"{self.what} ({self.disk})" if self.disk else self.what

    def told(self) -> str:
        """The line as it is printed."""
        told = f"ours {self.ours}, peer {self.peer}, ratio {self.ratio:.2f}"
        if self.at_least is None:
            return f"{self.name}\n    {told}, no target: for comparison"
        held = "met" if self.is_met else "NOT MET"
        return f"{self.name}\n    {told}, target {self.at_least:g}: {held}"


def tell(line: Line) -> Line:
    """Print it now."""
    console.print(line.told())
    return line


def summary(lines: Sequence[Line]) -> str:
    """Which targets hold, and which do not, each with its disk."""
    parts = []
    for title, is_met in (("Targets met", True), ("Targets NOT met", False)):
        named = [each for each in lines if each.at_least is not None and each.is_met is is_met]
        rows = [f"    {each.ratio:.2f} for {each.at_least:g}: {each.name}" for each in named]
        parts += [f"{title}:", *(rows or ["    none"])]
    return "\n".join(parts)


def disk_in_words(folder: Path, longer: float) -> str:
    """How long a flush takes now, where each is made this many milliseconds longer."""
    measured = f"{flush_seconds(folder) * 1000:.2f} ms a flush"
    return f"{measured} and {longer:g} ms more" if longer else measured


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


async def alternately(*trials: Trial, times: int) -> tuple[float, ...]:
    """The median seconds of each trial; they take turns, so that noise meets them alike.

    Rubbish is collected between trials: one of them would pay for all.
    """
    taken: list[list[float]] = [[] for _ in trials]
    for number in range(times):
        for trial, kept in zip(trials, taken, strict=True):
            gc.collect()
            kept.append(await trial(number))
    return tuple(map(statistics.median, taken))

"""What each side of the comparison of results measures and finds, in a process of its own."""

import csv
import gc
import hashlib
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

SHORT = 0.5
"""Seconds below which a step is done again, up to `TIMES`; its fastest time counts."""
TIMES = 5

RESAMPLES = 1_000
"""Of each interval, but for those of a release: they have as many as any release of ours."""

Limits = tuple[float, float, float]
"""A mean, and the limits of its interval."""


@dataclass
class Side:
    """Processor seconds by step, megabytes in use after the imports and at the most, and figures.

    `index` has each person's index, in the order of the responses' ids; `means` each
    group's; `counts` each question's answers and nothings; `index_table` the release's index
    by phase, as shown; `file` is a digest of the file's rows of items, whatever their order.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    imports: float = 0.0
    peak: float = 0.0
    index: list[float] = field(default_factory=list)
    means: dict[str, Limits] = field(default_factory=dict)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    index_table: dict[str, float] = field(default_factory=dict)
    file: str = ""

    def step(self, name: str, work: Callable[[], Made]) -> Made:
        """Do a step and note how long it took."""
        times: list[float] = []
        while True:
            gc.collect()
            began = time.process_time()
            made = work()
            times.append(time.process_time() - began)
            if times[0] > SHORT or len(times) == TIMES:
                self.seconds[name] = min(times)
                return made
            del made


def peak_megabytes() -> float:
    """The most memory that this process has had at once.

    Linux hands `ru_maxrss` down to a new process from the one that started it, so there the
    peak of this process alone is read, where it can be.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        [peak] = [line for line in lines if line.startswith("VmHWM")]
        return int(peak.split()[1]) / 1024
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def rows_of(path: Path) -> str:
    """A digest of a file's columns of items, without what stands around them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file)
    first = heading.index("c1")
    last = max(n for n, name in enumerate(heading) if name.endswith("_state"))
    items = sorted(",".join(row[first : last + 1]) for row in rows)
    return hashlib.sha256("\n".join(items).encode()).hexdigest()

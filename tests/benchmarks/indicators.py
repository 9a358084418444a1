"""LAIT's long table for one council and its neighbours, beside a bare pandas read of the file.

Each side has a process of its own; what its libraries take is weighed before it reads and
taken off its memory. Seconds are of the processor. Ours also reads the file from the disk,
finds its reader's headings and makes figures of what it takes; the peer makes its frame and
stops. It is to take at most twice the peer's time and memory.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.measure import Line, Size, console, tell
from tests.benchmarks.results_side import Side, peak_megabytes

PUBLISHED = Path(__file__).resolve().parents[2].parent / "shared/data/lait/bds_long_0.parquet"
COUNCIL = "E06000003"
AT_LEAST = 0.5
STEP = "read"


async def indicators(folder: Path, size: Size, published: Path = PUBLISHED) -> list[Line]:
    """Measure and tell time and memory; nothing, in words, where the file is not there."""
    del folder, size
    if not await asyncio.to_thread(published.is_file):
        console.print("indicators: passed over, as LAIT's long table is not beside the repository")
        return []
    mine, theirs = await _apart(_ours, published), await _apart(_bare, published)
    counts = mine.counts[STEP]
    assert counts["read"] == theirs.counts[STEP]["read"]
    assert counts["read"] == counts["used"] + counts["ignored"]
    about = f"LAIT, {counts['read']:,} rows, {counts['used']:,} used: "
    memory = [max(side.peak - side.imports, 0.1) for side in (mine, theirs)]
    return [
        _line(f"{about}processor time", "{:.3f} s", mine.seconds[STEP], theirs.seconds[STEP]),
        _line(f"{about}peak memory less what the imports took", "{:.0f} MB", *memory),
    ]


def _line(what: str, words: str, mine: float, theirs: float) -> Line:
    ours, peer = words.format(mine), f"{words.format(theirs)} (bare pandas)"
    return tell(Line(what, ours, peer, theirs / mine, AT_LEAST))


def _ours(published: Path) -> Side:
    import pyarrow.compute  # noqa: PLC0415 - weighed with the imports
    import pyarrow.parquet  # noqa: F401, PLC0415

    from analysis.indicators.lait import LaitReader  # noqa: PLC0415 - weighed in its process
    from analysis.indicators.reading import File, Found  # noqa: PLC0415

    def read() -> Found:
        file = File(published.name, published.read_bytes())
        assert LaitReader().recognises(file)
        return LaitReader().read(file, COUNCIL, None)

    side = Side(imports=peak_megabytes())
    found = side.step(STEP, read)
    side.peak = peak_megabytes()
    ignored = sum(found.ignored.values())
    side.counts[STEP] = {"read": found.rows_read, "used": found.rows_used, "ignored": ignored}
    return side


def _bare(published: Path) -> Side:
    import pandas as pd  # noqa: PLC0415 - weighed in its process
    import pyarrow.parquet  # noqa: F401, PLC0415

    side = Side(imports=peak_megabytes())
    frame = side.step(STEP, lambda: pd.read_parquet(published))
    side.peak = peak_megabytes()
    side.counts[STEP] = {"read": len(frame)}
    return side


async def _apart(work: Callable[[Path], Side], published: Path) -> Side:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return await asyncio.wrap_future(process.submit(work, published))

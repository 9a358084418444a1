"""A round's results from the database, beside the plain pandas way.

Each side has a process of its own, so that its memory is its own; what its libraries take is
weighed before it reads anything, and taken off. Seconds are of the processor, so that what
else the machine does counts for neither. Both must find the same figures: points to 1e-9,
limits of intervals within what two sets of resamples may differ by.

The peer writes the columns that ours writes, and its release takes its intervals with as many
resamples; what it leaves out stands in its own module.
"""

import asyncio
import math
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from surveys.catalogue import shipped
from tests.benchmarks.measure import Line, Size, console, tell
from tests.benchmarks.results_ours import ours
from tests.benchmarks.results_round import SURVEY, make_round
from tests.benchmarks.results_side import RESAMPLES, Limits, Side

AT_LEAST = 4
STEPS = {
    "read": "read from the database",
    "score": "persons' indexes",
    "distributions": "distributions of every question",
    "intervals": f"intervals of {RESAMPLES:,} resamples, by phase and provision",
    "release": "a release's tables",
    "export": "responses as CSV",
}


async def results(folder: Path, size: Size) -> list[Line]:
    """Measure and tell, each step and all of them."""
    await _apart(make_round, folder / "sendvoice.db", size.responses)
    mine = await _apart(ours, folder)
    theirs = await _apart(_plain, folder)
    check(mine, theirs)
    about = f"{size.responses:,} responses: "
    lines = [
        _faster(f"{about}{words}", mine.seconds[step], theirs.seconds[step])
        for step, words in STEPS.items()
    ]
    totals = [sum(side.seconds.values()) for side in (mine, theirs)]
    lines.append(_faster(f"{about}all of it", *totals))
    lines.append(_smaller(f"{about}peak memory less what the imports took", mine, theirs))
    for name, side in (("ours", mine), ("pandas", theirs)):
        console.print(f"    {name}: imports {side.imports:.0f} MB, peak {side.peak:.0f} MB")
    return lines


def check(mine: Side, theirs: Side) -> None:
    """Fail where the sides found different figures."""
    assert len(mine.index) == len(theirs.index)
    for one, other in zip(mine.index, theirs.index, strict=True):
        assert abs(one - other) <= 1e-9 or (math.isnan(one) and math.isnan(other))
    assert mine.counts == theirs.counts
    assert mine.means.keys() == theirs.means.keys()
    for group, limits in mine.means.items():
        _check_limits(limits, theirs.means[group])
    assert mine.index_table["All phases"] == theirs.index_table["All phases"]
    assert mine.file == theirs.file


def _check_limits(one: Limits, other: Limits) -> None:
    """A percentile limit is known to a standard error of its own, by order statistics.

    That of the 2.5% point is sqrt(p (1 - p) / B) over the density there, for a normal
    distribution 2.67 / sqrt(B) of its standard deviation; two may differ by five times
    the root of two of that.
    """
    assert abs(one[0] - other[0]) <= 1e-9
    deviation = (other[2] - other[1]) / (2 * 1.96)
    most = 5 * math.sqrt(2) * 2.67 / math.sqrt(RESAMPLES) * deviation
    assert all(abs(a - b) <= most for a, b in zip(one[1:], other[1:], strict=True))


def _plain(folder: Path) -> Side:
    from tests.benchmarks.peers import results_pandas  # noqa: PLC0415 - weighed in its process

    return results_pandas.plain(folder, next(form for form in shipped() if form.key == SURVEY))


async def _apart(work: Callable[..., Any], *arguments: Any) -> Any:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return await asyncio.wrap_future(process.submit(work, *arguments))


def _faster(what: str, mine: float, theirs: float) -> Line:
    in_words = [f"{seconds:.3f} s of the processor" for seconds in (mine, theirs)]
    return tell(Line(what, in_words[0], f"{in_words[1]} (pandas)", theirs / mine, AT_LEAST))


def _smaller(what: str, mine: Side, theirs: Side) -> Line:
    grown = [max(side.peak - side.imports, 0.1) for side in (mine, theirs)]
    in_words = [f"{megabytes:.0f} MB" for megabytes in grown]
    return tell(Line(what, in_words[0], f"{in_words[1]} (pandas)", grown[1] / grown[0], AT_LEAST))

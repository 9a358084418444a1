"""Answers stored durably by 200 parents at once, beside one upsert a transaction."""

import asyncio
import time
from pathlib import Path

from surveys.inputs import Chosen
from tests.benchmarks.disk import SLOW_MILLISECONDS, slower
from tests.benchmarks.house import House, house
from tests.benchmarks.measure import Line, alternately, flush_seconds, rate, tell
from tests.benchmarks.peers import upsert

PARENTS = 200
ANSWERS_EACH = 5


async def answers(folder: Path) -> None:
    """Measure and tell, on this disk and on a slower one."""
    flush = flush_seconds(folder) * 1000
    await _beside(folder / "answers", 0, f"this disk flushes in {flush:.2f} ms")
    await _beside(
        folder / "slow-answers", SLOW_MILLISECONDS, f"each flush made {SLOW_MILLISECONDS} ms longer"
    )


async def _beside(folder: Path, milliseconds: float, disk: str) -> None:
    seconds = milliseconds / 1000
    with slower(seconds):
        async with house(folder, PARENTS) as ours:
            peer = upsert.opened(folder / "peer.db")
            await ours.begin(ours.tokens)

            async def engine(number: int) -> float:
                return await answered(ours, ours.tokens, number)

            async def upserts(number: int) -> float:
                began = time.perf_counter()
                for question in ours.ratings[:ANSWERS_EACH]:
                    for token in ours.tokens:
                        upsert.put(peer, token, question, str(number % 5 + 1))
                        if seconds:
                            time.sleep(seconds)  # noqa: ASYNC251 - it stands for the disk
                return time.perf_counter() - began

            mine, theirs = await alternately(engine, upserts)
            peer.close()
    count = PARENTS * ANSWERS_EACH
    tell(
        Line(
            f"answers stored durably, {PARENTS} parents at once, {disk}",
            rate(count, mine),
            f"{rate(count, theirs)} (sqlite-utils, one upsert a transaction)",
            theirs / mine,
            at_least=5,
        )
    )


async def answered(ours: House, tokens: list[str], number: int) -> float:
    """Seconds in which these parents give (or change) five answers each, all at once."""
    code = str(number % 5 + 1)

    async def parent(token: str) -> None:
        for question in ours.ratings[:ANSWERS_EACH]:
            await ours.says(token, Chosen(question, code))

    began = time.perf_counter()
    await asyncio.gather(*map(parent, tokens))
    return time.perf_counter() - began

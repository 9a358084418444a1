"""Answers stored durably by 200 parents at once, beside one upsert a transaction."""

import asyncio
import time
from pathlib import Path

from surveys.inputs import Chosen
from tests.benchmarks.house import House, house
from tests.benchmarks.measure import Line, alternately, flush_seconds, rate, tell
from tests.benchmarks.peers import upsert

PARENTS = 200
ANSWERS_EACH = 5


async def answers(folder: Path) -> None:
    """Measure and tell."""
    count = PARENTS * ANSWERS_EACH
    peer = upsert.opened(folder / "peer.db")
    async with house(folder / "answers", PARENTS) as ours:
        await ours.begin(ours.tokens)

        async def engine(number: int) -> float:
            return await answered(ours, ours.tokens, number)

        async def upserts(number: int) -> float:
            began = time.perf_counter()
            for question in ours.ratings[:ANSWERS_EACH]:
                for token in ours.tokens:
                    upsert.put(peer, token, question, str(number % 5 + 1))
            return time.perf_counter() - began

        mine, theirs = await alternately(engine, upserts)
    peer.close()
    flush = flush_seconds(folder) * 1000
    tell(
        Line(
            f"answers stored durably, {PARENTS} parents at once",
            rate(count, mine),
            f"{rate(count, theirs)} (sqlite-utils, one upsert a transaction)",
            theirs / mine,
            at_least=5,
            beside=f"the disk flushes in {flush:.2f} ms; a slower disk slows only the peer",
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

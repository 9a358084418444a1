"""Answers stored durably by 200 parents at once, beside one upsert a transaction.

Five answers a parent, because one would be over before the writer has a batch; only
ratings, because both sides then store the same row. The peer has no route, no session and
no duplicates to think of: it is the least that keeps an answer. What we gain is the
shared flush, so both are measured on this disk and on one that takes longer.
"""

import asyncio
import time
from pathlib import Path

from sqlite_utils import Database

from surveys.inputs import Chosen
from tests.benchmarks.disk import slower
from tests.benchmarks.house import House, house
from tests.benchmarks.measure import Line, Size, alternately, disk_in_words, rate, tell
from tests.benchmarks.peers import upsert

ANSWERS_EACH = 5


async def answers(folder: Path, size: Size) -> list[Line]:
    """Measure and tell, on this disk and on slower ones."""
    return [await _beside(folder / f"answers-{each:g}", each, size) for each in size.longer]


async def _beside(folder: Path, longer: float, size: Size) -> Line:
    seconds, disk = longer / 1000, disk_in_words(folder.parent, longer)
    with slower(seconds):
        async with house(folder, size.parents) as ours:
            peer = upsert.opened(folder / "peer.db")
            await ours.begin(ours.tokens)

            async def engine(number: int) -> float:
                return await answered(ours, ours.tokens, number)

            async def upserts(number: int) -> float:
                return upserted(ours, peer, number, seconds)

            mine, theirs = await alternately(engine, upserts, times=size.times)
            peer.close()
    count = size.parents * ANSWERS_EACH
    return tell(
        Line(
            f"answers stored durably, {size.parents} parents at once",
            rate(count, mine),
            f"{rate(count, theirs)} (sqlite-utils, one upsert a transaction)",
            theirs / mine,
            at_least=5,
            disk=disk,
        )
    )


def upserted(ours: House, peer: Database, number: int, seconds: float) -> float:
    """Seconds in which the peer keeps the same answers, each flush `seconds` longer."""
    began = time.perf_counter()
    for question in ours.ratings[:ANSWERS_EACH]:
        for token in ours.tokens:
            upsert.put(peer, token, question, str(number % 5 + 1))
            if seconds:
                time.sleep(seconds)
    return time.perf_counter() - began


async def answered(ours: House, tokens: list[str], number: int) -> float:
    """Seconds in which these parents give (or change) five answers each, all at once."""
    code = str(number % 5 + 1)

    async def parent(token: str) -> None:
        for question in ours.ratings[:ANSWERS_EACH]:
            await ours.says(token, Chosen(question, code))

    began = time.perf_counter()
    await asyncio.gather(*map(parent, tokens))
    return time.perf_counter() - began

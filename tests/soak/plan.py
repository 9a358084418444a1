"""How one soak goes: its size, its bounds and its dice."""

import asyncio
import random
import time
from dataclasses import dataclass, field


class GaveUp(Exception):
    """A parent waited until the end of the soak and got no answer."""


@dataclass
class Plan:
    """`parents` come on each channel; `seconds` bounds the whole; `kill_every` is in seconds.

    Once it is calm nothing odd is done and nothing killed; it is over when all are done.
    """

    parents: int
    seconds: float
    seed: int
    kill_every: float
    is_over: bool = False
    began: float = field(default_factory=time.monotonic)

    def dice(self, who: str) -> random.Random:
        """Dice of somebody's own, the same for the same seed."""
        return random.Random(f"{self.seed} {who}")  # noqa: S311 - chance, not secrecy

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began

    @property
    def left(self) -> float:
        """Seconds until it must be over."""
        return max(0.1, self.seconds - self.elapsed)

    @property
    def is_calm(self) -> bool:
        """Whether it is time to come to an end."""
        return self.is_over or self.elapsed > 0.6 * self.seconds

    async def arrive(self, dice: random.Random) -> None:
        """Parents come over the first sixth of the time."""
        await asyncio.sleep(dice.uniform(0, self.seconds / 6))

    async def think(self, dice: random.Random) -> None:
        """Between two turns: longer at first, no time at all at the end."""
        if not self.is_calm:
            await asyncio.sleep(dice.expovariate(1) * self.seconds / 120)

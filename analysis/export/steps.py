"""How far the writing of a long table is."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Row = TypeVar("Row")

Step = Callable[[int, int], None]
"""Told rows done and rows in all, now and then."""

EVERY = 1000


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def counted(rows: Iterable[Row], total: int, step: Step) -> Iterator[Row]:
    """The rows, `total` of them, telling `step` every thousand and at the end."""
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            step(number, total)
        yield row
    step(total, total)

"""How far the writing of a long table is."""

from collections.abc import Callable, Iterator, Sequence

from analysis.export.csv_text import Cell

Step = Callable[[int, int], None]
"""Told rows done and rows in all, now and then."""

EVERY = 1000


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def counted(rows: Sequence[Sequence[Cell]], step: Step) -> Iterator[Sequence[Cell]]:
    """The rows, telling `step` every thousand and at the end."""
    for number, row in enumerate(rows):
        if number % EVERY == 0:
            step(number, len(rows))
        yield row
    step(len(rows), len(rows))

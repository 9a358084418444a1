"""How far the writing of a long table is."""

from collections.abc import Callable, Iterator

from analysis.export.csv_text import Cell
from analysis.export.model import Table

Step = Callable[[int, int], None]
"""Told rows done and rows in all, now and then."""

EVERY = 1000


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def counted(table: Table, step: Step) -> Iterator[tuple[Cell, ...]]:
    """The table's rows, telling `step` every thousand and at the end."""
    for number, row in enumerate(table.rows()):
        if number % EVERY == 0:
            step(number, table.height)
        yield row
    step(table.height, table.height)

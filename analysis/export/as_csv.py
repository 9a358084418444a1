"""CSV: one table, with what it is about in columns behind its own."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from analysis.export.csv_text import MARK, Cell, cell_text
from analysis.export.cutting import Change
from analysis.export.model import About, Table, Type
from analysis.export.steps import Step, counted

CARRIED = (
    "round", "questionnaire_hash", "weights", "suppression", "code_version", "release_hash",
)  # fmt: skip
"""The facts that stand in every row, where the table has no column of that name."""


RECUR = 1024
"""How many cells of a column are remembered."""


def write(table: Table, about: About, path: Path, step: Step) -> list[Change]:
    """Write the table; codes, not labels. Nothing is ever cut. See `csv_text` for the text."""
    facts = {key: fact for key, fact in about.facts().items() if key in CARRIED}
    behind = [key for key in CARRIED if key not in table.keys]
    end = "".join(f",{cell_text(facts[key])}" for key in behind)
    makers = [_maker(column.type) for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(MARK + ",".join(map(cell_text, [*table.keys, *behind])) + "\r\n")
        for row in counted(table.rows, step):
            cells = [make(cell) for make, cell in zip(makers, row, strict=True)]
            file.write(f"{','.join(cells)}{end}\r\n")
    return []


def _maker(kind: Type) -> Callable[[Cell], str]:
    """What makes a cell's text; codes and labels recur, so each of them is made once.

    Not so numbers: 4 and 4.0 would be taken for one cell.
    """
    return cell_text if kind is Type.NUMBER else lru_cache(RECUR)(cell_text)

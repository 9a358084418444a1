"""CSV: one table, with what it is about in columns behind its own."""

from pathlib import Path

from analysis.export.csv_text import MARK, Cell, cell_text
from analysis.export.cutting import Change
from analysis.export.joining import rows_as_text
from analysis.export.model import About, Table
from analysis.export.steps import Step

CARRIED = (
    "round", "questionnaire_hash", "weights", "suppression", "code_version", "release_hash",
)  # fmt: skip
"""The facts that stand in every row, where the table has no column of that name."""


def write(table: Table, about: About, path: Path, step: Step) -> list[Change]:
    """Write the table; codes, not labels. Nothing is ever cut. See `csv_text` for the text."""
    facts = {key: fact for key, fact in about.facts().items() if key in CARRIED}
    behind = [key for key in CARRIED if key not in table.keys]
    end = "".join(f",{cell_text(facts[key])}" for key in behind) + "\r\n"
    texts = [cell_text, *[_behind_another] * (len(table.columns) - 1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(MARK + ",".join(map(cell_text, [*table.keys, *behind])) + "\r\n")
        for rows in rows_as_text(table.cells, texts, step):
            file.write(end.join(rows) + end)
    return []


def _behind_another(cell: Cell) -> str:
    return f",{cell_text(cell)}"

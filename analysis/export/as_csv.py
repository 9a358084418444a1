"""CSV: one table, with what it is about in columns behind its own."""

from pathlib import Path

from analysis.export.csv_text import Cell, write_csv
from analysis.export.cutting import Change
from analysis.export.model import About, Table
from analysis.export.steps import Step, counted

CARRIED = (
    "round", "questionnaire_hash", "weights", "suppression", "code_version", "release_hash",
)  # fmt: skip
"""The facts that stand in every row, where the table has no column of that name."""


def write(table: Table, about: About, path: Path, step: Step) -> list[Change]:
    """Write the table; codes, not labels. Nothing is ever cut. See `csv_text` for the text."""
    facts = {key: fact for key, fact in about.facts().items() if key in CARRIED}
    behind: list[Cell] = [facts[key] for key in CARRIED if key not in table.keys]
    header = [*table.keys, *(key for key in CARRIED if key not in table.keys)]
    rows = ([*row, *behind] for row in counted(table.rows, step))
    path.write_bytes(write_csv(header, rows).encode())
    return []

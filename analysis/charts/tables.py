"""A chart's table as a CSV file, for who cannot use the picture."""

from analysis.export.csv_text import Cell, write_csv
from analysis.tables import NO_ANSWERS, NOT_PUBLISHED, Row

NOT_SHOWN = "not shown"
STATES = {NOT_PUBLISHED: NOT_SHOWN, NO_ANSWERS: "no answers"}


def as_csv(table: Row) -> str:
    """Its columns as headings, one row a row; a hidden cell says "not shown".

    What the table says of itself stands below it, after an empty row.
    """
    columns = table["columns"]
    rows = [[_cell(row, column["key"]) for column in columns] for row in table["rows"]]
    about = [table[key] for key in ("reason", "definition", "method", "base_note") if table[key]]
    below = [[words, *[None] * (len(columns) - 1)] for words in ["", *about]]
    return write_csv([column["title"] for column in columns], [*rows, *below])


def _cell(row: Row, key: str) -> Cell:
    if key == "group":
        return str(row["group"])
    if row["status"] in STATES:
        return STATES[row["status"]]
    value: Cell = row[key]
    return NOT_SHOWN if value is None and key in row.get("hidden", ()) else value

"""What a release does not show, in words. None of it is ever drawn as nought."""

from analysis import tables
from analysis.charts.look import number
from analysis.charts.sheet import LABEL, TITLE, Sheet
from analysis.tables import Row

NOT_SHOWN = "Not shown"
FEW = f"{NOT_SHOWN}: few people"
NO_FIGURE = "There is no such figure"


def is_known(row: Row, column: str) -> bool:
    """Whether a row is shown and has this figure."""
    return row["status"] == tables.SHOWN and row[column] is not None


def why_not(row: Row, column: str) -> str:
    """Why a row has no such figure."""
    if row["status"] == tables.NO_ANSWERS:
        return "No answers"
    if row["status"] != tables.SHOWN:
        return f"{NOT_SHOWN}: {row['reason']}" if row["reason"] else NOT_SHOWN
    return FEW if column in row.get("hidden", ()) else NO_FIGURE


def people(row: Row, column: str = "base") -> str:
    """A base in words: "1 person", "1,492 people", "base not shown"."""
    count = row[column]
    if count is None:
        return "base not shown"
    return f"{number(count)} {'person' if count == 1 else 'people'}"


def reason(table: Row) -> str:
    """Why a whole table is withheld; "" where it is published."""
    return "" if table["status"] == "published" else f"{NOT_SHOWN}: {table['reason']}"


def withheld(table: Row) -> Sheet:
    """The picture of a table that is not shown: its title and the reason."""
    sheet = Sheet(0, 1)
    sheet.paragraph(table["title"], TITLE)
    sheet.gap(8)
    sheet.paragraph(reason(table), LABEL)
    return sheet

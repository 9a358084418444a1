"""A release's columns and cells in words."""

from collections.abc import Mapping
from typing import Any

from analysis.strategy.wording import rounded

NOT_SHOWN = "–"


def column_words(column: str) -> str:
    """A column's heading, from its name in the release."""
    return column.replace("_", " ").capitalize()


def cell(row: Mapping[str, Any], column: str) -> str:
    """A cell as shown: whole numbers as they are, others to one decimal place."""
    value = row.get(column)
    if value is None or value == "":
        return NOT_SHOWN
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and not value.is_integer():
        return f"{rounded(value, 1):,}"
    if isinstance(value, int | float):
        return f"{int(value):,}"
    return str(value)

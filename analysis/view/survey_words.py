"""A release's columns and cells in words."""

from collections.abc import Mapping
from typing import Any

from analysis.strategy.view_model import Estimate
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


def estimate_words(estimate: Estimate, unit: str = "%") -> str:
    """A value as a whole number with its interval and base: "62% (50 to 73), 58 answers"."""
    words = f"{rounded(estimate.value, 0)}{unit}"
    if estimate.low is not None and estimate.high is not None:
        words += f" ({rounded(estimate.low, 0)} to {rounded(estimate.high, 0)})"
    if estimate.base is not None:
        words += f", {rounded(estimate.base, 0):,} answers"
    return words

"""A release's columns, cells and facts in words."""

from collections.abc import Mapping
from typing import Any

from analysis.strategy.view_model import Estimate, SurveyTable, SurveyView

NOT_SHOWN = "–"
FEW = "not shown: few people"

_COLUMN_WORDS = {
    "dont_know": "Don’t know, %",
    "low": "Interval from",
    "high": "Interval to",
    "base": "Answers",
}


def column_words(column: str) -> str:
    """A column's heading, from its name in the release."""
    return _COLUMN_WORDS.get(column, column.replace("_", " ").capitalize())


def is_numeric(table: SurveyTable, column: str) -> bool:
    """Whether a column holds numbers, which stand on the right."""
    return any(isinstance(row.get(column), int | float) for row in table.rows)


def cell(row: Mapping[str, Any], column: str) -> str:
    """A cell as shown: a number as it was released, a dash where there is nothing.

    A cell that would tell of few people says so.
    """
    if column in (row.get("hidden") or ()):
        return FEW
    value = row.get(column)
    if value is None or value == "":
        return NOT_SHOWN
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return as_released(value)
    return str(value)


def as_released(value: float) -> str:
    """A number with the decimal places the release gave it: "62", "42.0", "0.19"."""
    return f"{value:,}"


def estimate_words(estimate: Estimate, unit: str = "%") -> str:
    """A value with its interval and base: "62% (50 to 73), 58 answers"."""
    between = " " if estimate.interval else ", "
    proof = proof_words(estimate)
    return f"{as_released(estimate.value)}{unit}{between if proof else ''}{proof}"


def proof_words(estimate: Estimate) -> str:
    """The interval and the base: "(50 to 73), 58 answers"; "" where there is neither."""
    parts = []
    if estimate.interval is not None:
        low, high = estimate.interval
        parts.append(f"({as_released(low)} to {as_released(high)})")
    if estimate.base is not None:
        parts.append(f"{as_released(estimate.base)} answers")
    return ", ".join(parts)


def facts_of(survey: SurveyView) -> Mapping[str, str]:
    """What else the release states of itself, such as the version of the code that made it."""
    return {
        column_words(name): str(value)
        for name, value in survey.facts.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""
    }

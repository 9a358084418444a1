"""A release, as frozen, into the tables the view shows. Nothing in it is computed again.

Any table can be shown: its first column names the group of each row. Where a table also has
the columns of `MEASURED`, its rows become figures with an interval and get a chart.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analysis.strategy.view_model import Estimate, SurveyTable, SurveyView
from analysis.strategy.wording import day_words

ANCHOR = "anchor"
"""The table that holds measure M2: its first row is all mainstream parents."""

MEASURED = {
    "value": ("value", "index", "share", "percent", "top_two", "mean"),
    "low": ("low", "lower", "interval_low", "ci_low"),
    "high": ("high", "upper", "interval_high", "ci_high"),
    "base": ("base", "n", "answers"),
}
"""What is looked for in a table, and the column names it may have, first match first."""


def survey_view(release: Mapping[str, Any]) -> SurveyView:
    """The view of one release: its `round`, its `tables`, and whatever else it states."""
    about = release["round"]
    tables = tuple(_table(table) for table in release["tables"])
    anchor = next((table for table in tables if table.name == ANCHOR), None)
    return SurveyView(
        round_name=str(about["name"]),
        opens_on=_day(about.get("opens")),
        closes_on=_day(about.get("closes")),
        demonstration=bool(about.get("demonstration", False)),
        facts={key: value for key, value in release.items() if key not in {"round", "tables"}},
        tables=tables,
        anchor=next(iter(anchor.estimates), None) if anchor else None,
        measures_confidence=anchor is not None,
        anchor_reason=anchor.reason if anchor else "",
        anchor_definition=anchor.definition if anchor else "",
    )


def _table(table: Mapping[str, Any]) -> SurveyTable:
    columns = tuple(str(column) for column in table.get("columns") or ())
    published = table["status"] == "published"
    rows = tuple(_row(row, columns) for row in table.get("rows") or ()) if published else ()
    return SurveyTable(
        name=str(table["name"]),
        title=str(table["title"]),
        published=published,
        reason=str(table.get("reason") or ""),
        definition=str(table.get("definition") or ""),
        columns=columns,
        rows=rows,
        estimates=_estimates(columns, rows),
    )


def _estimates(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> tuple[Estimate, ...]:
    found = {part: _first(names, columns) for part, names in MEASURED.items()}
    if not found["value"] or not found["low"] or not found["high"]:
        return ()
    return tuple(
        Estimate(
            group=str(row[columns[0]]),
            value=float(row[found["value"]]),
            low=_number(row.get(found["low"])),
            high=_number(row.get(found["high"])),
            base=_number(row.get(found["base"])),
        )
        for row in rows
        if _number(row.get(found["value"])) is not None
    )


def _first(names: Sequence[str], columns: Sequence[str]) -> str:
    return next((name for name in names if name in columns), "")


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _row(row: Any, columns: tuple[str, ...]) -> Mapping[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    return dict(zip(columns, row, strict=True))


def _day(value: Any) -> str:
    """An ISO day or time as people write the day; anything else as it stands."""
    try:
        return day_words(date.fromisoformat(str(value)[:10]))
    except ValueError:
        return str(value or "")

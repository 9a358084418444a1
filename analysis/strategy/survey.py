"""A release, as frozen, into the tables the view shows. Nothing in it is computed again.

A table's first column names the group of each row. Where it has the columns value, low and
high on a scale of 0 to 100, its rows become figures with an interval and get a chart.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analysis.strategy.view_model import Estimate, SurveyTable, SurveyView
from analysis.strategy.wording import day_words

ANCHOR = "anchor"
"""The table that holds measure M2: its first row is all mainstream parents."""

FEW = "a count of few people would follow"
DETAIL = "item_"
"""How the names of tables of single questions begin: they stand apart from the summary."""

CHARTED_UNITS = ("percent", "0 to 100")


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
        anchor=_first_estimate(anchor) if anchor else None,
        measures_confidence=anchor is not None,
        anchor_reason=_why_hidden(anchor) if anchor else "",
        anchor_definition=anchor.definition if anchor else "",
    )


def _table(table: Mapping[str, Any]) -> SurveyTable:
    columns = table["columns"]
    published = table["status"] == "published"
    rows = tuple(dict(row) for row in table["rows"]) if published else ()
    return SurveyTable(
        name=str(table["name"]),
        title=str(table["title"]),
        published=published,
        is_detail=str(table["name"]).startswith(DETAIL),
        reason=str(table["reason"]),
        definition=str(table["definition"]),
        base_note=str(table["base_note"]),
        columns=tuple(str(column["key"]) for column in columns),
        headings={str(column["key"]): _heading(column) for column in columns},
        rows=rows,
        estimates=_estimates(columns, rows),
    )


def _heading(column: Mapping[str, Any]) -> str:
    title, unit = str(column["title"]), str(column["unit"])
    return f"{title}, %" if unit == "percent" else title


def _estimates(
    columns: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> tuple[Estimate, ...]:
    units = {column["key"]: column["unit"] for column in columns}
    if "low" not in units or units.get("value") not in CHARTED_UNITS:
        return ()
    return tuple(
        Estimate(
            group=str(row["group"]),
            value=row["value"],
            low=row["low"],
            high=row["high"],
            base=row["base"],
        )
        for row in rows
        if row["value"] is not None
    )


def _first_estimate(anchor: SurveyTable) -> Estimate | None:
    """The figure of the table's first row, never of another where that one is hidden."""
    if not anchor.rows or not anchor.estimates:
        return None
    first = anchor.estimates[0]
    return first if first.group == str(anchor.rows[0]["group"]) else None


def _why_hidden(anchor: SurveyTable) -> str:
    if anchor.reason or not anchor.rows:
        return anchor.reason
    first = anchor.rows[0]
    return FEW if "value" in (first.get("hidden") or ()) else str(first["reason"])


def _day(value: Any) -> str:
    """An ISO day or time as people write the day; anything else as it stands."""
    try:
        return day_words(date.fromisoformat(str(value)[:10]))
    except ValueError:
        return str(value or "")

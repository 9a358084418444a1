"""The charts of a workbook of metrics: the index by phase, and the answers to each item."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.export.items import item_tables
from analysis.export.metrics import Release
from analysis.export.model import Chart, Series

LONGEST = 60
"""The longest question that still reads as a label beside a bar."""


def charts_of(releases: Sequence[Release]) -> tuple[Chart, ...]:
    """One chart of the index and one of the items a release, where anything is shown."""
    several = len(releases) > 1
    return tuple(
        chart
        for release in releases
        for chart in _charts(release, f" ({release['round']['name']})" if several else "")
    )


def _charts(release: Release, behind: str) -> Iterator[Chart]:
    tables = {table["name"]: table for table in release["tables"]}
    index = [row for row in tables.get("index", {}).get("rows", []) if row["value"] is not None]
    if index:
        title = f"Confidence index by phase{behind}"
        yield replace(_index(index, title), note=tables["index"]["method"])
    items = [table for table in item_tables(release) if table["status"] == "published"]
    rated = [table for table in items if _answers(table) == _answers(items[0])]
    if rated:
        yield _items(rated, f"Answers to each question{behind}")


def _index(rows: Sequence[Mapping[str, Any]], title: str) -> Chart:
    def cells(key: str) -> tuple[float | None, ...]:
        return tuple(row.get(key) for row in rows)

    series = Series("Index", cells("value"), cells("low"), cells("high"))
    groups = tuple(f"{row['group']} ({row['base']} people)" for row in rows)
    return Chart(title, "0 to 100", groups, (series,), 100)


def _answers(table: Mapping[str, Any]) -> list[str]:
    return [row["group"] for row in _own(table)]


def _own(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows of single answers; a top-two row repeats two of them."""
    from analysis.item_tables import TOP_TWO_ROW  # noqa: PLC0415 - brings pandas

    return [row for row in table["rows"] if row["group"] != TOP_TWO_ROW]


def _items(tables: Sequence[Mapping[str, Any]], title: str) -> Chart:
    shares = [[row["value"] for row in _own(table)] for table in tables]
    series = tuple(
        Series(name, tuple(column))
        for name, column in zip(_answers(tables[0]), zip(*shares, strict=True), strict=True)
    )
    groups = tuple(_short(table["title"]) for table in tables)
    return Chart(title, "percent of those asked", groups, series, 100)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

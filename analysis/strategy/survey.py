"""A release, as frozen, into the tables the view shows. Nothing in it is computed again."""

from collections.abc import Mapping
from typing import Any

from analysis.strategy.view_model import SurveyTable, SurveyView


def survey_view(release: Mapping[str, Any]) -> SurveyView:
    """The view of one release; see `analysis.release` for its columns."""
    about = release["round"]
    return SurveyView(
        round_name=str(about["name"]),
        opens_on=_day(about.get("opens")),
        closes_on=_day(about.get("closes")),
        demonstration=bool(about.get("demonstration", False)),
        facts={key: value for key, value in release.items() if key not in {"round", "tables"}},
        tables=tuple(_table(table) for table in release["tables"]),
    )


def _table(table: Mapping[str, Any]) -> SurveyTable:
    columns = tuple(str(column) for column in table.get("columns", ()))
    return SurveyTable(
        name=str(table["name"]),
        title=str(table["title"]),
        published=table["status"] == "published",
        reason=str(table.get("reason") or ""),
        definition=str(table.get("definition") or ""),
        columns=columns,
        rows=tuple(_row(row, columns) for row in table.get("rows") or ()),
    )


def _row(row: Any, columns: tuple[str, ...]) -> Mapping[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    return dict(zip(columns, row, strict=True))


def _day(value: Any) -> str:
    return str(value)[:10] if value else ""

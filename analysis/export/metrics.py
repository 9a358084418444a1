"""A release's figures, one a row, each with what it needs to be believed."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis import tables
from analysis.disclosure.rules import FEW
from analysis.export.csv_text import Cell, write_csv

HEADER = (
    "round", "opens", "closes", "demonstration", "table", "group", "metric", "unit", "value",
    "base", "low", "high", "interval", "note", "status", "reason", "definition", "method",
    "base_note", "questionnaire", "questionnaire_hash", "code_version", "made_on",
    "release_hash",
)  # fmt: skip
BESIDE = ("base", "low", "high", "interval", "note")
"""Columns of a release's tables that stand in the row of the value they belong to."""


def metrics_csv(release: Mapping[str, Any]) -> str:
    """The release as a long table; a withheld table is one row with its reason.

    `base`, `low`, `high`, `interval` and `note` are those of the metric "value"; they are
    empty beside the other metrics, whose bases the definition and the base note tell.
    """
    return write_csv(HEADER, _rows(release))


def _rows(release: Mapping[str, Any]) -> Iterator[list[Cell]]:
    before: list[Cell] = [
        release["round"]["name"],
        release["round"]["opens"],
        release["round"]["closes"],
        "yes" if release["round"]["demonstration"] else "no",
    ]
    after: list[Cell] = [
        f"{release['questionnaire']['key']} {release['questionnaire']['version']}",
        release["questionnaire"]["hash"],
        release["code_version"],
        release["made_on"],
        release["hash"],
    ]
    for table in release["tables"]:
        proof: list[Cell] = [table["definition"], table["method"], table["base_note"]]
        for figure in _figures(table):
            yield [*before, table["name"], *figure, *proof, *after]


def _figures(table: Mapping[str, Any]) -> Iterator[list[Cell]]:
    if table["status"] != "published":
        yield [None] * (4 + len(BESIDE)) + [table["status"], table["reason"]]
        return
    name, *metrics = table["columns"]
    for row in table["rows"]:
        for metric in (each for each in metrics if each["key"] not in BESIDE):
            is_value = metric["key"] == "value"
            is_hidden = metric["key"] in row.get("hidden", ())
            yield [
                row[name["key"]],
                metric["key"],
                metric["unit"],
                row[metric["key"]],
                *(row.get(key) if is_value else None for key in BESIDE),
                tables.NOT_PUBLISHED if is_hidden else row["status"],
                FEW if is_hidden else row["reason"],
            ]

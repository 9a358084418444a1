"""A release's figures, one a row, each with what it needs to be believed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.export.csv_text import Cell
from analysis.export.model import Column, Table, Type, text_columns

Release = Mapping[str, Any]

BESIDE = ("base", "low", "high", "interval", "design", "verdict", "note")
"""Columns of a release's tables that stand in the row of the value they belong to."""

MAIN = ("value", "difference")
"""The metrics that they belong to: a table has one of these."""

STATUSES = {
    "published": "Published",
    "shown": "Shown",
    "not_shown": "Not shown: it would tell of few people",
    "no_figure": "There is no such figure: it does not apply, or was not available",
    "not_published": "Not published: its base is too small, or it would give one away",
    "no_answers": "Nobody answered",
    "withheld": "The whole table is withheld; the reason says why",
}
_EMPTY = ("not_shown", "no_figure", "not_published", "no_answers", "withheld")
MISSING = {status: (-9_999_999 + number, STATUSES[status]) for number, status in enumerate(_EMPTY)}
FEW = "few people, or hidden so that a count of few people does not follow"
EARLIER = "few people, or there is no such figure on this base"
"""What an empty cell means in releases made before cells were marked one by one."""

FIRST = text_columns(("round", "opens", "closes", "demonstration", "table", "group", "metric"))
FIGURES = (
    Column("unit", "The unit of the value and its interval", Type.TEXT),
    Column("value", "The figure", Type.NUMBER, unit_in="unit", reason="status", missing=MISSING),
    Column("base", "How many the figure counts", Type.INTEGER, "people"),
    Column("low", "Lower limit of the 95% interval", Type.NUMBER, unit_in="unit"),
    Column("high", "Upper limit of the 95% interval", Type.NUMBER, unit_in="unit"),
    Column("interval", "How the interval was made", Type.TEXT),
    Column("design", "How two rounds were compared: paired, or independent", Type.TEXT),
    Column("verdict", "What may be said of a difference", Type.TEXT),
    Column("note", "A warning beside the figure", Type.TEXT),
)
STATUS = (
    Column(
        "status", "Whether the figure is shown", Type.CODE, labels=STATUSES,
        numbers={status: number for number, status in enumerate(STATUSES, start=1)},
    ),
    Column("reason", "Why it is not", Type.TEXT),
)  # fmt: skip
PROOF = text_columns(("definition", "method", "base_note"))
LAST = text_columns(
    ("questionnaire", "questionnaire_hash", "code_version", "made_on", "release_hash")
)


def metrics_table(releases: Sequence[Release]) -> Table:
    """The releases as one long table; a withheld table is one row with its reason.

    `base`, `low`, `high`, `interval`, `design`, `verdict` and `note` are those of the metric
    "value", or "difference" in a table of change, or of every metric in a table with neither;
    they are empty beside the other metrics, whose bases the definition and the base note
    tell. A cell that a shown row leaves empty is "not_shown", or "no_figure" where there is
    none.
    """
    columns = (*FIRST, *FIGURES, *STATUS, *PROOF, *LAST)
    rows = [row for release in releases for row in _rows(release)]
    return Table.of_rows("metrics", "Metrics", columns, rows)


def before(release: Release) -> list[Cell]:
    """The cells of a release's round, which begin every row."""
    return [
        release["round"]["name"],
        release["round"]["opens"],
        release["round"]["closes"],
        "yes" if release["round"]["demonstration"] else "no",
    ]


def after(release: Release) -> list[Cell]:
    """The cells that say what a release was made of, which end every row."""
    return [
        f"{release['questionnaire']['key']} {release['questionnaire']['version']}",
        release["questionnaire"]["hash"],
        release["code_version"],
        release["made_on"],
        release["hash"],
    ]


def _rows(release: Release) -> Iterator[list[Cell]]:
    first, last = before(release), after(release)
    for table in release["tables"]:
        proof: list[Cell] = [table["definition"], table["method"], table["base_note"]]
        for figure in _figures(table):
            yield [*first, table["name"], *figure, *proof, *last]


def _figures(table: Mapping[str, Any]) -> Iterator[list[Cell]]:
    if table["status"] != "published":
        yield [None] * (4 + len(BESIDE)) + [table["status"], table["reason"]]
        return
    name, *metrics = table["columns"]
    has_main = any(metric["key"] in MAIN for metric in metrics)
    for row in table["rows"]:
        for metric in (each for each in metrics if each["key"] not in BESIDE):
            is_value = metric["key"] in MAIN or not has_main
            yield [
                row[name["key"]],
                metric["key"],
                metric["unit"],
                row[metric["key"]],
                *(row.get(key) if is_value else None for key in BESIDE),
                *standing(row, metric["key"], BESIDE if is_value else ()),
            ]


def standing(row: Mapping[str, Any], key: str, beside: Sequence[str]) -> list[Cell]:
    """The status and the reason of one cell of a row.

    A shown cell's reason names the cells `beside` it that are hidden.
    """
    if row["status"] != "shown":
        return [row["status"], row["reason"]]
    hidden = row.get("hidden")
    if row.get(key) is None:
        if hidden is None:
            return ["not_shown", EARLIER]
        return ["not_shown", FEW] if key in hidden else ["no_figure", ""]
    gone = [each for each in beside if each in (hidden or ())]
    return ["shown", f"not shown, {FEW}: {', '.join(gone)}" if gone else ""]

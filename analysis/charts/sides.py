"""Rated questions' answers as shares of one base: the table of the chart of distributions."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis import tables
from analysis.charts.answers import NOTHINGS, SUMS
from analysis.tables import Column, Row

NAME = "distributions"
TITLE = "What was answered to each question"
SCALE = {
    "strongly disagree": "strongly_disagree",
    "disagree": "disagree",
    "neither agree nor disagree": "neither",
    "agree": "agree",
    "strongly agree": "strongly_agree",
    "don't know": "dont_know",
}
"""The answers that are drawn, by their label: a release names answers by their labels."""

COLUMNS = (
    Column("group", "Question"),
    Column("base", "Answered or said don't know", "people"),
    Column("strongly_disagree", "Strongly disagree", "percent"),
    Column("disagree", "Disagree", "percent"),
    Column("neither", "Neither agree nor disagree", "percent"),
    Column("agree", "Agree", "percent"),
    Column("strongly_agree", "Strongly agree", "percent"),
    Column("dont_know", "Don't know", "percent"),
    Column("all_disagree", "Disagree or strongly disagree", "percent"),
    Column("all_agree", "Agree or strongly agree", "percent"),
)
BASE_NOTE = "Percent of those who answered or said don't know."

DISAGREE = ("strongly_disagree", "disagree")
AGREE = ("agree", "strongly_agree")


def fits(item: Row) -> bool:
    """Whether a release's table is of a question whose answers have sides; withheld ones too."""
    if not {column["key"] for column in item["columns"]} >= {"count", "with_dont_know"}:
        return False
    labels = {str(row["group"]).casefold() for row in item["rows"]}
    # An answer of another name has no place in the picture, and none may be left out of it.
    known = labels <= SCALE.keys() | NOTHINGS | SUMS
    return item["status"] != "published" or (known and labels >= {"agree", "disagree"})


def table(items: Sequence[Row]) -> Row:
    """The chart's figures: one row a question, whole percentages of one base.

    A question of which any answer is hidden has no figures here: from the others and the
    base the hidden one would follow, or be taken for nought.
    """
    return tables.published(
        NAME, TITLE, COLUMNS, [_figures(item) for item in items], base_note=BASE_NOTE
    )


def counts_of(item: Row) -> Mapping[str, int] | None:
    """How many gave each answer, by column; `None` where one of them is hidden."""
    if item["status"] != "published":
        return None
    counts: dict[str, int] = {}
    for row in item["rows"]:
        key = SCALE.get(str(row["group"]).casefold())
        if key is None:
            continue
        if row["status"] != tables.SHOWN or row["count"] is None:
            return None
        counts[key] = int(row["count"])
    return counts


def _figures(item: Row) -> Row:
    counts = counts_of(item)
    if counts is None:
        return tables.not_shown(item["title"], COLUMNS, tables.NOT_PUBLISHED, _why(item))
    base = sum(counts.values())
    if not base:
        return tables.not_shown(item["title"], COLUMNS, tables.NO_ANSWERS, "no answers")
    shares = {
        column.key: tables.percent(counts[column.key], base) if column.key in counts else None
        for column in COLUMNS[2:8]
    }
    return tables.shown(
        group=item["title"],
        base=base,
        **shares,  # type: ignore[arg-type]  # none of them is "hidden"
        all_disagree=tables.percent(both(counts, DISAGREE), base),
        all_agree=tables.percent(both(counts, AGREE), base),
    )


def _why(item: Row) -> str:
    hidden = [row["reason"] for row in item["rows"] if row["status"] != tables.SHOWN]
    return str(item["reason"] or next(iter(hidden), "") or "an answer would tell of few people")


def both(amounts: Mapping[str, Any], keys: Sequence[str]) -> Any:
    """The sum of two answers, of counts or of shares."""
    return sum(amounts.get(key, 0) for key in keys)


def shares_of(counts: Mapping[str, int] | None) -> Mapping[str, float] | None:
    """Each answer in percent of the base, unrounded; `None` without counts or a base."""
    base = sum(counts.values()) if counts else 0
    return {key: 100 * count / base for key, count in counts.items()} if counts and base else None

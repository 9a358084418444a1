"""A release as frames: every figure with what it needs to be believed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import NotOurFile
from analysis.release import hash_of
from analysis.tables import Row

Release = Mapping[str, Any]
ITEM = "item_"
"""How the names of a release's tables of questions begin; the question's key follows."""

BESIDE = ("base", "low", "high", "interval", "note")
"""Columns of a table that stand in the row of the figure they belong to."""

PROVED = ("value", "difference")
"""The figures that have these columns beside them."""

FEW = "few people"
FIGURES = {
    "round": "str", "table": "str", "title": "str", "group": "str", "metric": "str",
    "unit": "str", "value": "float64", "words": "str", "base": "Int64", "low": "float64",
    "high": "float64", "interval": "str", "note": "str", "status": "str", "reason": "str",
    "definition": "str", "method": "str", "base_note": "str",
}  # fmt: skip
ITEMS = {
    "item": "str", "question": "str", "answer": "str", "count": "Int64", "of_asked": "float64",
    "of_answered": "float64", "with_dont_know": "float64", "status": "str", "reason": "str",
}  # fmt: skip
INDEX = {
    "phase": "str", "base": "Int64", "index": "float64", "low": "float64", "high": "float64",
    "dont_know": "float64", "interval": "str", "note": "str", "status": "str", "reason": "str",
}  # fmt: skip


def read_release(source: str | Path | Release) -> dict[str, Any]:
    """A release: a JSON file's path, or the release as data.

    Returns plain data: `round`, `questionnaire`, `made_on`, `code_version`, `reason`,
    `tables` (see `analysis.tables`) and `hash`.

    Raises:
        NotOurFile: it is no release, or was changed after it was made: its hash is another.
        OSError: the file cannot be read.
    """
    release = dict(source) if isinstance(source, Mapping) else _loaded(Path(source))
    if not {"round", "questionnaire", "tables", "hash"} <= release.keys():
        raise NotOurFile("This is no release: it has no round, questionnaire, tables and hash.")
    if release["hash"] != hash_of(release):
        raise NotOurFile(
            "This release was changed after it was made: its hash is another. Export it again."
        )
    return release


def figures(release: Release) -> pd.DataFrame:
    """Every figure of a release, one a row, in the release's order.

    Columns:
        round, table, title: str. The round's name; the table's name and title.
        group: str. The row of the table: a phase, an answer. Missing of a withheld table.
        metric, unit: str. The figure's name, and "people", "percent", "0 to 100"...
        value: float64. The figure; missing where it is not shown, never nought.
        words: str. What a cell says that is no number, such as "no clear change".
        base: Int64. How many people "value" counts; missing beside other metrics.
        low, high: float64. The interval of "value" or "difference", in its unit.
        interval, note: str. How it was made; a warning such as "Low base: under 30".
        status: str. "shown", "not_published" (too few, or it would give a small group
            away), "no_answers", "not_shown" (this cell alone would tell of few people),
            "no_figure" (there is none on this base), or "withheld" with its whole table.
        reason: str. Why it is not shown; "" where it is.
        definition, method, base_note: str. What the table counts, how, and among whom.
    """
    return _frame(FIGURES, (row for table in release["tables"] for row in _long(release, table)))


def index_by_phase(release: Release) -> pd.DataFrame:
    """The confidence index: one row for all phases, then one a phase.

    Columns:
        phase: str. "All phases", or a phase's name.
        base: Int64. People with an index.
        index, low, high: float64. Mean of persons' indexes from 0 to 100, and its 95%
            interval; missing where not shown.
        dont_know: float64. Percent of their answers to index items that were don't know.
        interval, note, status, reason: str. As in `figures`.

    A release without the index, or whose index is withheld, gives no rows.
    """
    found = [table for table in release["tables"] if table["name"] == "index"]
    rows = ({**row, "phase": row["group"], "index": row["value"]} for row in _rows(found))
    return _frame(INDEX, rows)


def item_results(release: Release) -> pd.DataFrame:
    """Every answer to every question, one a row, in the questionnaire's order.

    Columns:
        item, question, answer: str. The question's key and words; the answer's words, a
            kind of no answer ("Don't know", "Does not apply", "Skipped"), or the sum
            "Agree or strongly agree". `answer` is missing where the question is withheld.
        count: Int64. People; missing where not shown.
        of_asked, of_answered, with_dont_know: float64. Percent of those asked, of those
            who answered, and of those who answered or said don't know; missing where not
            shown or where the answer has no place on that base.
        status, reason: str. "shown", "not_published", "no_answers" or "withheld", and why.
    """
    tables = [table for table in release["tables"] if table["name"].startswith(ITEM)]
    return _frame(ITEMS, (row for table in tables for row in _answers(table)))


def _loaded(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise NotOurFile(f"{path} is not JSON. A release is a JSON file.") from error
    if not isinstance(found, dict):
        raise NotOurFile(f"{path} is no release: it holds a list or a single value.")
    return found


def _long(release: Release, table: Row) -> Iterator[Row]:
    about = {
        "round": release["round"]["name"],
        "table": table["name"],
        **{key: table[key] for key in ("title", "definition", "method", "base_note")},
    }
    if table["status"] != "published":
        yield {**about, "status": table["status"], "reason": table["reason"]}
        return
    name, *metrics = table["columns"]
    for row in table["rows"]:
        for metric in (each for each in metrics if each["key"] not in BESIDE):
            yield {**about, "group": row[name["key"]], **_figure(row, metric)}


def _figure(row: Row, metric: Row) -> Row:
    key, cell = metric["key"], row[metric["key"]]
    status, reason = _standing(row, key)
    said: Row = {"metric": key, "unit": metric["unit"], "status": status, "reason": reason}
    said |= {"words": cell} if isinstance(cell, str) else {"value": cell}
    if key in PROVED:
        said |= {each: row.get(each) for each in BESIDE}
    return said


def _standing(row: Row, key: str) -> tuple[str, str]:
    """The status and the reason of one cell."""
    if row["status"] != "shown" or row[key] is not None:
        return row["status"], row["reason"]
    return ("not_shown", FEW) if key in row.get("hidden", ()) else ("no_figure", "")


def _rows(tables: Iterable[Row]) -> Iterator[Row]:
    for table in tables:
        yield from table["rows"]


def _answers(table: Row) -> Iterator[Row]:
    about = {"item": table["name"].removeprefix(ITEM), "question": table["title"]}
    if table["status"] != "published":
        yield {**about, "status": table["status"], "reason": table["reason"]}
    for row in table["rows"]:
        yield {**row, **about, "answer": row["group"], "of_asked": row["value"]}


def _frame(dtypes: Mapping[str, str], rows: Iterable[Row]) -> pd.DataFrame:
    """The rows under exactly these columns; what a row does not have is missing."""
    found: Sequence[Row] = list(rows)
    return pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in found], dtype=dtype)
            for name, dtype in dtypes.items()
        }
    )

"""Which charts a release has."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.charts import answers, change, distributions, estimates, response, sides
from analysis.charts.chart import Chart
from analysis.charts.look import day
from analysis.tables import Row

ITEM = "item_"
"""How the names of tables of single questions begin."""


def charts_of(release: Mapping[str, Any]) -> list[Chart]:
    """Every chart of a release, in the order of its tables; names are unique in it.

    Figures with intervals (the index, the measure of mainstream parents, sentiment, each by
    phase), change and response where it has such tables, all rated questions in one
    ("distributions"), and each question alone. A table that is withheld has a picture that
    says so. Tables of other kinds have none.
    """
    charts = [chart for table in release["tables"] if (chart := _chart(table))]
    rated = [table for table in release["tables"] if _is_rated(table)]
    place = next((n for n, chart in enumerate(charts) if chart.name.startswith(ITEM)), len(charts))
    if rated:
        charts.insert(place, distributions.chart(rated))
    return [replace(chart, source=_source(release)) for chart in charts]


def _source(release: Mapping[str, Any]) -> str:
    about = release["round"]
    words = f"{about['name']}: asked from {day(about['opens'])} to {day(about['closes'])}."
    return f"{words} Demonstration: invented families." if about["demonstration"] else words


def _chart(table: Row) -> Chart | None:
    keys = {column["key"] for column in table["columns"]}
    if {"difference", "verdict"} <= keys:
        return change.chart(table)
    if {"population_share", "answered_share"} <= keys:
        return response.chart(table)
    if estimates.fits(table):
        return estimates.chart(table)
    if table["name"].startswith(ITEM) and answers.fits(table):
        return answers.chart(table)
    return None


def _is_rated(table: Row) -> bool:
    return bool(table["name"].startswith(ITEM)) and sides.fits(table)

"""The strategy view as one self-contained page: no script, nothing fetched from elsewhere."""

from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from analysis.strategy.view_model import StrategyView
from analysis.strategy.wording import day_words
from analysis.view.page import (
    actions_of,
    base,
    glance_rows,
    headline,
    measures_of,
    notes,
    source_words,
    target_words,
    value,
)
from analysis.view.pictures import survey_chart, trend_chart
from analysis.view.survey_words import cell, column_words, estimate_words, facts_of, is_numeric


def render_html(view: StrategyView) -> str:
    """The view as a complete HTML document. Every text in it is escaped."""
    return (
        _environment()
        .get_template("strategy.html")
        .render(
            view=view,
            glance=glance_rows(view),
            headline=headline,
            notes=notes,
            targets=partial(target_words, view.strategy),
            source_words=partial(source_words, view),
            actions_of=partial(actions_of, view.strategy),
            measures_of=partial(measures_of, view.strategy),
            trend_chart=partial(trend_chart, view),
            survey_chart=survey_chart,
            cell=cell,
            estimate_words=estimate_words,
            facts_of=facts_of,
            is_numeric=is_numeric,
            column_words=column_words,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("analysis.view"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers: dict[str, Any] = {"base": base, "value": value, "day": day_words}
    environment.globals.update(helpers)
    return environment

"""Which chart stands beside which table, and its description in words."""

from markupsafe import Markup

from analysis.strategy.judging import own_value
from analysis.strategy.view_model import Figure, SeriesView, StrategyView, SurveyTable
from analysis.strategy.wording import number_words
from analysis.view.drawn import Interval, Trend, interval_chart, line_chart
from analysis.view.survey_words import estimate_words

_FEWEST_PERIODS = 2


def trend_chart(view: StrategyView, series: SeriesView) -> Markup:
    """The council, its region and England by period; a count only for the council itself.

    Empty where there are fewer than two periods: a line needs two.
    """
    if len(series.rows) < _FEWEST_PERIODS:
        return Markup("")
    own = tuple(own_value(row) for row in series.rows)
    lines = [Trend(view.council, own, _last_words(series))]
    if series.series.unit == "percent":
        lines.append(Trend(view.region, tuple(_number(row.region) for row in series.rows)))
        lines.append(Trend("England", tuple(_number(row.england) for row in series.rows)))
    names = ", ".join(one.name for one in lines)
    return line_chart(
        key=f"trend-{series.series.id}",
        title=f"{series.series.title}, {series.rows[0].words} to {series.rows[-1].words}",
        description=f"A line for {names}. The table below holds every figure.",
        periods=[row.words for row in series.rows],
        lines=lines,
        breaks=[n for n, row in enumerate(series.rows) if row.breaks],
    )


def _last_words(series: SeriesView) -> str:
    """The last count, beside its point; a percentage would collide with the other lines."""
    last = own_value(series.rows[-1])
    return number_words(last, "count") if series.series.unit == "count" and last is not None else ""


def _number(figure: Figure | None) -> float | None:
    return figure.value.value if figure else None


def survey_chart(table: SurveyTable, key: str) -> Markup:
    """Dots with their intervals for a table of estimates; empty for any other."""
    if not table.estimates:
        return Markup("")
    rows = [
        Interval(
            label=one.group,
            value=one.value,
            low=one.low,
            high=one.high,
            words=estimate_words(one, unit=""),
        )
        for one in table.estimates
    ]
    description = "One dot a row with its interval, from 0 to 100. The table below holds them all."
    return interval_chart(f"chart-{key}", table.title, description, rows)

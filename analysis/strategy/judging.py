"""What may be said of a measure: its direction, and red, amber or green where both ends exist."""

from collections.abc import Sequence

from analysis.strategy.model import Measure, Strategy
from analysis.strategy.view_model import Change, PeriodRow, Rag, SeriesView
from analysis.strategy.wording import number_words, rounded


def change_between(rows: Sequence[PeriodRow]) -> Change:
    """How the council's latest figure stands to the period before it, by order.

    Figures are compared as they are shown (one decimal place, whole counts), so that
    the words never contradict the table. A break in the series allows no comparison.
    """
    own = [row for row in rows if row.own is not None]
    if not own:
        return Change("not known", "No figure for the council has been imported.")
    latest = own[-1]
    position = rows.index(latest)
    if position == 0:
        return Change("not known", "There is no earlier period to compare with.")
    before = rows[position - 1]
    if latest.breaks:
        return Change("not known", f"Not comparable with {before.words}: {latest.breaks}")
    now, then = own_value(latest), own_value(before)
    if now is None or then is None:
        absent = latest if now is None else before
        return Change("not known", f"No comparison: there is no figure for {absent.words}.")
    return _compared(now, then, before.words, latest.unit)


def own_value(row: PeriodRow | None) -> float | None:
    """The council's own number in this period, or `None`."""
    return row.own.value.value if row and row.own else None


def _compared(now: float, then: float, period: str, unit: str) -> Change:
    places = 0 if unit == "count" else 1
    new, old = rounded(now, places), rounded(then, places)
    was = f"{number_words(then, unit)} in {period}"
    if new == old:
        return Change("no change", f"No change from {was}")
    direction = "up" if new > old else "down"
    return Change(direction, f"{direction.capitalize()} from {was}")


def rag_of(measure: Measure, strategy: Strategy, series: Sequence[SeriesView]) -> Rag:
    """Red, amber or green by the measure's first series, only where both ends are set.

    Green: the latest figure reaches the target of the first horizon that has one.
    Amber: it is better than the baseline. Red: it is not.
    """
    target = next((one for one in measure.targets if one.value is not None), None)
    if target is None or target.value is None:
        return Rag("", "No RAG: no target set")
    if measure.baseline.value is None:
        return Rag("", "No RAG: no baseline")
    value = own_value(series[0].latest) if series else None
    if value is None:
        return Rag("", "No RAG: no latest figure")
    unit = series[0].series.unit
    ends = (
        f"the {strategy.horizon_names[target.horizon]} target of "
        f"{number_words(target.value, unit)}, "
        f"from a baseline of {number_words(measure.baseline.value, unit)}"
    )
    sign = 1 if measure.good == "up" else -1
    if sign * (value - target.value) >= 0:
        return Rag("green", f"Green: reaches {ends}")
    if sign * (value - measure.baseline.value) > 0:
        return Rag("amber", f"Amber: moves towards {ends}")
    return Rag("red", f"Red: no nearer to {ends}")

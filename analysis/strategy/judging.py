"""What may be said of a measure: its direction, and red, amber or green where both ends exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from analysis.strategy.model import Measure, Strategy
from analysis.strategy.view_model import (
    Change,
    Estimate,
    PeriodRow,
    Rag,
    SeriesView,
    SurveyView,
)
from analysis.strategy.wording import number_words, plain_number, rounded


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
        return Change("not known", "There is no earlier period to compare with")
    before = rows[position - 1]
    if latest.breaks:
        return Change(
            "not known", f"Not comparable with {before.words}: {latest.breaks.rstrip('.')}"
        )
    now, then = own_value(latest), own_value(before)
    if now is None or then is None:
        absent = latest if now is None else before
        return Change("not known", f"No comparison: there is no figure for {absent.words}")
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


@dataclass(frozen=True)
class Latest:
    """A measure's latest value in its unit, with its interval where it has one."""

    value: float
    unit: str
    low: float
    high: float


def latest_of(series: Sequence[SeriesView], surveys: Sequence[SurveyView]) -> Latest | None:
    """The latest value of the first series, or of the newest survey; `None` where unknown."""
    if series:
        value = own_value(series[0].latest)
        return None if value is None else Latest(value, series[0].series.unit, value, value)
    anchor = surveys[0].anchor if surveys else None
    if anchor is None or anchor.interval is None:
        return None
    return Latest(anchor.value, "percent", *anchor.interval)


def rag_of(measure: Measure, strategy: Strategy, latest: Latest | None) -> Rag:
    """Red, amber or green, only where a baseline and a target are set.

    The target is that of the first horizon that has one. Green: the whole interval of
    the latest figure reaches it. Amber: the interval straddles it, or the figure is
    better than the baseline. Red: neither. A published figure is its own interval.
    """
    target = next((one for one in measure.targets if one.value is not None), None)
    if target is None or target.value is None:
        return Rag("", "No RAG: no target set")
    if measure.baseline.value is None:
        return Rag("", "No RAG: no baseline")
    if latest is None:
        return Rag("", "No RAG: no latest figure")
    ends = (
        f"the {strategy.horizon_names[target.horizon]} target of "
        f"{number_words(target.value, latest.unit)}, "
        f"from a baseline of {number_words(measure.baseline.value, latest.unit)}"
    )
    colour, words = _judged(measure.good, measure.baseline.value, target.value, latest)
    return Rag(colour, f"{colour.capitalize()}: {words} {ends}")


def _judged(good: str, baseline: float, target: float, latest: Latest) -> tuple[str, str]:
    sign = 1 if good == "up" else -1
    worst, best = (latest.low, latest.high) if good == "up" else (latest.high, latest.low)
    if sign * (worst - target) >= 0:
        return "green", "reaches"
    if sign * (best - target) >= 0:
        return "amber", "the interval is on both sides of"
    if sign * (latest.value - baseline) > 0:
        return "amber", "moves towards"
    return "red", "no nearer to"


def survey_change(surveys: Sequence[SurveyView]) -> Change | None:
    """How the newest round stands to the one before, in the measure's own question.

    The interval of the difference is built from the two published intervals (square and
    add; Newcombe 1998, Statistics in Medicine 17, method 10). A change is claimed only where
    it excludes zero. Demonstration rounds are compared with one another only.
    """
    alike = [one for one in surveys if one.demonstration == surveys[0].demonstration]
    if not alike:
        return None
    if len(alike) == 1:
        return Change("not known", "There is no earlier round to compare with")
    return _between(alike[0], alike[1])


def _between(new: SurveyView, old: SurveyView) -> Change:
    if _asked(new) != _asked(old):
        return Change("not known", "No comparison: the question or its definition changed")
    if new.anchor is None or old.anchor is None:
        return Change("not known", "No comparison: one of the last two rounds has no figure")
    if new.anchor.interval is None or old.anchor.interval is None:
        return Change("not known", "No comparison: one of the last two rounds has no interval")
    was = f"{plain_number(old.anchor.value)}% in {old.round_name}"
    low, high = _difference(new.anchor, old.anchor, new.anchor.interval, old.anchor.interval)
    if low > 0:
        return Change("up", f"Up from {was}")
    if high < 0:
        return Change("down", f"Down from {was}")
    return Change("no clear change", f"No clear change from {was}")


def _asked(survey: SurveyView) -> tuple[str, str]:
    """What the measure is of: its definition, and the questionnaire to the letter."""
    return survey.anchor_definition, str(survey.facts["questionnaire"]["hash"])


def _difference(
    new: Estimate, old: Estimate, around_new: tuple[float, float], around_old: tuple[float, float]
) -> tuple[float, float]:
    """The interval of new minus old, by square and add."""
    middle = new.value - old.value
    down = hypot(new.value - around_new[0], around_old[1] - old.value)
    up = hypot(around_new[1] - new.value, old.value - around_old[0])
    return middle - down, middle + up

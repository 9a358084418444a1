"""Charts as SVG text, made on the server. Each needs a table beside it: the page gives one.

Colour never carries meaning alone: lines differ in dash and marker, and every chart has a
title and a description in words. All text is escaped.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.view.shapes import CIRCLE, DIAMOND, SQUARE, Style, line, marker, picture, text

WIDTH = 420
Scale = Callable[[float], float]
Place = Callable[[int], float]
_LEFT, _RIGHT = 46, 30
_ROW = 18


GREY = "#cecece"
STYLES = (
    Style("#12436d", "", CIRCLE),
    Style("#801650", "6 4", SQUARE),
    Style("#505a5f", "2 3", DIAMOND),
)


@dataclass(frozen=True)
class Trend:
    """One line: a name, one value a period (`None` leaves a gap), and words for the last value."""

    name: str
    values: tuple[float | None, ...]
    last_words: str = ""


@dataclass(frozen=True)
class Interval:
    """One row of an interval plot; `low` and `high` are `None` where there is no interval."""

    label: str
    value: float
    low: float | None
    high: float | None
    words: str


def line_chart(
    key: str,
    title: str,
    description: str,
    periods: Sequence[str],
    lines: Sequence[Trend],
    breaks: Iterable[int] = (),
) -> Markup:
    """Lines over periods from zero up. No line crosses a gap or a break of the series.

    `key` must be unique on the page; `breaks` are positions of periods that do not
    continue the one before.
    """
    top = 12 + _ROW * len(lines)
    bottom = top + 170
    most = max((v for trend in lines for v in trend.values if v is not None), default=0.0)
    ceiling = _ceiling(most)
    cut = frozenset(breaks)

    def x(position: int) -> float:
        step = (WIDTH - _LEFT - _RIGHT) / max(len(periods) - 1, 1)
        return _LEFT + step * position if len(periods) > 1 else WIDTH / 2

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / ceiling

    parts = [*_value_axis(ceiling, y), *_period_axis(periods, x, bottom, cut, top)]
    for number, trend in enumerate(lines):
        style = STYLES[number % len(STYLES)]
        parts += _legend(trend.name, style, 8 + _ROW * number)
        parts += _drawn(trend, style, x, y, cut)
    return picture(key, title, description, (WIDTH, bottom + 30), parts)


def interval_chart(
    key: str, title: str, description: str, rows: Sequence[Interval], ceiling: float = 100
) -> Markup:
    """One dot and its interval a row, on an axis from 0 to `ceiling`."""
    height = 52 * len(rows) + 34

    def x(value: float) -> float:
        return 14 + (WIDTH - 28) * min(max(value, 0.0), ceiling) / ceiling

    parts: list[Markup] = []
    for share in (0, 25, 50, 75, 100):
        at, words = x(ceiling * share / 100), f"{ceiling * share / 100:g}"
        parts.append(line((at, 6), (at, height - 24), GREY))
        parts.append(text((at, height - 8), words, "middle"))
    for number, row in enumerate(rows):
        base = 52 * number
        parts.append(text((14, base + 20), row.label, "start", bold=True))
        parts.append(text((WIDTH - 14, base + 20), row.words, "end"))
        if row.low is not None and row.high is not None:
            parts += _whiskers(x(row.low), x(row.high), base + 38)
        parts.append(marker((x(row.value), base + 38), STYLES[0]))
    return picture(key, title, description, (WIDTH, height), parts)


def _ceiling(most: float) -> float:
    """A round number at or above the largest value: 1, 2, 2.5 or 5 times a power of ten."""
    if most <= 0:
        return 1.0
    power = 1.0
    while power * 10 <= most:
        power *= 10
    while power > most:
        power /= 10
    return next(step * power for step in (1, 2, 2.5, 4, 5, 6, 8, 10) if step * power >= most)


def _value_axis(ceiling: float, y: Scale) -> Iterator[Markup]:
    for part in (0.0, 0.5, 1.0):
        value = ceiling * part
        yield line((_LEFT, y(value)), (WIDTH - _RIGHT, y(value)), GREY)
        yield text((_LEFT - 6, y(value) + 4), f"{value:,g}", "end")


def _period_axis(
    periods: Sequence[str], x: Place, bottom: float, cut: frozenset[int], top: float
) -> Iterator[Markup]:
    every = 1 if len(periods) <= 7 else 2  # noqa: PLR2004 - as many labels as fit side by side
    for position, words in enumerate(periods):
        if (len(periods) - 1 - position) % every == 0:
            yield text((x(position), bottom + 20), words, "middle")
        if position in cut:
            between = (x(position - 1) + x(position)) / 2
            yield line((between, top), (between, bottom), "#505a5f", dash="1 4")


def _drawn(trend: Trend, style: Style, x: Place, y: Scale, cut: frozenset[int]) -> Iterator[Markup]:
    before: tuple[float, float] | None = None
    for position, value in enumerate(trend.values):
        if value is None:
            before = None
            continue
        here = (x(position), y(value))
        if before and position not in cut:
            yield line(before, here, style.colour, width=2, dash=style.dash)
        yield marker(here, style)
        before = here
    if before and trend.last_words:
        yield text((before[0] + 8, before[1] - 10), trend.last_words, "end", bold=True)


def _legend(name: str, style: Style, at: float) -> Iterator[Markup]:
    yield line((_LEFT, at), (_LEFT + 30, at), style.colour, width=2, dash=style.dash)
    yield marker((_LEFT + 15, at), style)
    yield text((_LEFT + 40, at + 4), name, "start")


def _whiskers(low: float, high: float, at: float) -> Iterator[Markup]:
    yield line((low, at), (high, at), STYLES[0].colour, width=3)
    for end in (low, high):
        yield line((end, at - 6), (end, at + 6), STYLES[0].colour, width=2)

"""Charts as SVG text, made on the server. Each needs a table beside it: the page gives one.

Colour never carries meaning alone: lines differ in dash and marker, and every chart has a
title and a description in words. All text is escaped.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 420
Scale = Callable[[float], float]
Place = Callable[[int], float]
_LEFT, _RIGHT, _FONT = 46, 18, 13
_ROW = 18


@dataclass(frozen=True)
class Style:
    """How a line is told apart: colour, dash pattern, and the shape of its points."""

    colour: str
    dash: str
    marker: str


STYLES = (
    Style("#12436d", "", "circle"),
    Style("#801650", "6 4", "square"),
    Style("#505a5f", "2 3", "diamond"),
)


@dataclass(frozen=True)
class Line:
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
    lines: Sequence[Line],
    breaks: Iterable[int] = (),
) -> Markup:
    """Lines over periods from zero up. No line crosses a gap or a break of the series.

    `key` must be unique on the page; `breaks` are positions of periods that do not
    continue the one before.
    """
    top = 12 + _ROW * len(lines)
    bottom = top + 170
    most = max((v for line in lines for v in line.values if v is not None), default=0.0)
    ceiling = _ceiling(most)
    cut = frozenset(breaks)

    def x(position: int) -> float:
        step = (WIDTH - _LEFT - _RIGHT) / max(len(periods) - 1, 1)
        return _LEFT + step * position if len(periods) > 1 else WIDTH / 2

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / ceiling

    parts = [*_value_axis(ceiling, y), *_period_axis(periods, x, bottom, cut, top)]
    for number, line in enumerate(lines):
        style = STYLES[number % len(STYLES)]
        parts += _legend(line.name, style, 8 + _ROW * number)
        parts += _drawn(line, style, x, y, cut)
    return _svg(key, title, description, bottom + 30, parts)


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
        parts.append(_line(at, 6, at, height - 24, "#cecece"))
        parts.append(_text(at, height - 8, words, "middle"))
    for number, row in enumerate(rows):
        base = 52 * number
        parts.append(_text(14, base + 20, row.label, "start", bold=True))
        parts.append(_text(WIDTH - 14, base + 20, row.words, "end"))
        if row.low is not None and row.high is not None:
            parts.append(_line(x(row.low), base + 38, x(row.high), base + 38, "#12436d", width=3))
            for end in (row.low, row.high):
                parts.append(_line(x(end), base + 32, x(end), base + 44, "#12436d", width=2))
        parts.append(_marker(x(row.value), base + 38, STYLES[0]))
    return _svg(key, title, description, height, parts)


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
        yield _line(_LEFT, y(value), WIDTH - _RIGHT, y(value), "#cecece")
        yield _text(_LEFT - 6, y(value) + 4, f"{value:,g}", "end")


def _period_axis(
    periods: Sequence[str], x: Place, bottom: float, cut: frozenset[int], top: float
) -> Iterator[Markup]:
    every = 1 if len(periods) <= 7 else 2  # noqa: PLR2004 - as many labels as fit side by side
    for position, words in enumerate(periods):
        if (len(periods) - 1 - position) % every == 0:
            yield _text(x(position), bottom + 20, words, "middle")
        if position in cut:
            between = (x(position - 1) + x(position)) / 2
            yield _line(between, top, between, bottom, "#505a5f", dash="1 4")


def _drawn(line: Line, style: Style, x: Place, y: Scale, cut: frozenset[int]) -> Iterator[Markup]:
    before: tuple[float, float] | None = None
    for position, value in enumerate(line.values):
        if value is None:
            before = None
            continue
        here = (x(position), y(value))
        if before and position not in cut:
            yield _line(*before, *here, style.colour, width=2, dash=style.dash)
        yield _marker(*here, style)
        before = here
    if before and line.last_words:
        yield _text(before[0] + 8, before[1] - 10, line.last_words, "end", bold=True)


def _legend(name: str, style: Style, at: float) -> Iterator[Markup]:
    yield _line(_LEFT, at, _LEFT + 30, at, style.colour, width=2, dash=style.dash)
    yield _marker(_LEFT + 15, at, style)
    yield _text(_LEFT + 40, at + 4, name, "start")


def _marker(x: float, y: float, style: Style) -> Markup:
    if style.marker == "circle":
        return Markup('<circle cx="{}" cy="{}" r="5" fill="{}"/>').format(
            _n(x), _n(y), style.colour
        )
    turn = f' transform="rotate(45 {_n(x)} {_n(y)})"' if style.marker == "diamond" else ""
    return Markup('<rect x="{}" y="{}" width="8" height="8" fill="{}"{}/>').format(
        _n(x - 4),
        _n(y - 4),
        style.colour,
        Markup(turn),  # noqa: S704 - made of numbers
    )


def _line(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: int = 1, dash: str = ""
) -> Markup:
    return Markup(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}" stroke-dasharray="{}"/>'
    ).format(_n(x1), _n(y1), _n(x2), _n(y2), colour, width, dash or "none")


def _text(x: float, y: float, words: str, anchor: str, *, bold: bool = False) -> Markup:
    weight = "bold" if bold else "normal"
    return Markup(
        '<text x="{}" y="{}" text-anchor="{}" font-size="{}" font-weight="{}" fill="#0b0c0c">{}</text>'
    ).format(_n(x), _n(y), anchor, _FONT, weight, words)


def _svg(key: str, title: str, description: str, height: float, parts: Iterable[Markup]) -> Markup:
    head = Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d" '
        'xmlns="http://www.w3.org/2000/svg" font-family="Arial, Helvetica, sans-serif">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>'
    ).format(WIDTH, _n(height), *(escape(key),) * 3, title, key, description)
    return head + Markup("").join(parts) + Markup("</svg>")


def _n(number: float) -> str:
    return f"{number:.1f}"

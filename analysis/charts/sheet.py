"""A chart being laid out from the top down, and what Altair makes of it.

Words and rows have their places in pixels; bars, lines and points have theirs on the one
axis. Only what is put on the sheet is drawn: a figure that is not shown is words.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.charts.look import (
    EDGE,
    FONT,
    INK,
    LARGE,
    LINE,
    PAPER,
    QUIET,
    SIZE,
    SMALL,
    TRACK,
    WIDTH,
    wrapped,
)

if TYPE_CHECKING:
    import altair as alt

Align = Literal["left", "center", "right"]
_BAR = 20


@dataclass(frozen=True)
class Letters:
    """How words look."""

    size: int = SIZE
    colour: str = INK
    bold: bool = False
    align: Align = "left"


TITLE = Letters(LARGE, bold=True)
LABEL = Letters(bold=True)
FIGURES = Letters(align="right")
NOTE = Letters(SMALL, QUIET)


class Sheet:
    """One picture. `low` and `high` are the ends of its axis, in the figures' unit.

    `at` is how far down it is laid out, in pixels.
    """

    def __init__(self, low: float, high: float) -> None:
        self.at = 0.0
        self._ends = (low, high)
        self._bars: list[dict[str, Any]] = []
        self._lines: list[dict[str, Any]] = []
        self._points: list[dict[str, Any]] = []
        self._axis: alt.Axis | None = None
        self._words: dict[Letters, list[dict[str, Any]]] = defaultdict(list)

    def paragraph(self, words: str, letters: Letters = NOTE, *, width: int = WIDTH) -> None:
        """Words in as many lines as they need; the sheet goes on below them."""
        step = LINE if letters.size <= SIZE else LINE + 4
        for line in wrapped(words, letters.size, bold=letters.bold, width=width):
            self.write(line, letters, x=0, y=self.at + step / 2)
            self.at += step

    def write(self, words: str, letters: Letters, *, x: float, y: float) -> None:
        """One line of words around the height `y`, `x` pixels from the left."""
        self._words[letters].append({"from": self._figure(x), "y": y, "words": words})

    def gap(self, pixels: float) -> None:
        """Leave room."""
        self.at += pixels

    def bar(self, start: float, end: float, colour: str, *, height: float = _BAR) -> None:
        """A bar from `start` to `end` of the axis, at this height of the sheet."""
        self._bars.append(
            {"from": start, "to": end, "y": self.at, "y2": self.at + height, "colour": colour}
        )

    def patch(self, x: float, y: float, colour: str) -> None:
        """A small square of a key to colours, its corner at these pixels."""
        start, end = self._figure(x), self._figure(x + 14)
        self._bars.append({"from": start, "to": end, "y": y + 1, "y2": y + 15, "colour": colour})

    def track(self, ticks: Sequence[float], *, height: float = _BAR, strong: float = 0) -> None:
        """The pale ground of a row with a line at each tick; the one at `strong` is dark."""
        self.bar(self._figure(0), self._figure(WIDTH), TRACK, height=height)
        for tick in ticks:
            colour = QUIET if tick == strong else PAPER
            self.upright(tick, colour, width=1 if tick == strong else 2, height=height)

    def upright(self, at: float, colour: str, *, width: float, height: float = _BAR) -> None:
        """A standing line across a row."""
        self._lines.append(
            {"from": at, "to": at, "y": self.at, "y2": self.at + height}
            | {"colour": colour, "width": width}
        )

    def interval(self, low: float, high: float, colour: str) -> None:
        """A lying line with short ends, in the middle of a row."""
        middle = self.at + _BAR / 2
        lying = {"from": low, "to": high, "y": middle, "y2": middle}
        self._lines.append(lying | {"colour": colour, "width": 3})
        for end in (low, high):
            standing = {"from": end, "to": end, "y": middle - 6, "y2": middle + 6}
            self._lines.append(standing | {"colour": colour, "width": 2})

    def point(self, at: float, colour: str) -> None:
        """The point of a row."""
        self._points.append({"from": at, "y": self.at + _BAR / 2, "colour": colour})

    def pixel(self, at: float) -> float:
        """How many pixels from the left a figure stands."""
        low, high = self._ends
        return EDGE + (WIDTH - 2 * EDGE) * (at - low) / (high - low)

    def _figure(self, pixel: float) -> float:
        """Which figure of the axis stands so many pixels from the left."""
        low, high = self._ends
        return low + (pixel - EDGE) * (high - low) / (WIDTH - 2 * EDGE)

    def drawn(self, ticks: Sequence[float] = (), axis_title: str = "") -> "alt.LayerChart":
        """The sheet as an Altair chart, with an axis below where there are ticks."""
        import altair as alt  # noqa: PLC0415 - slow to load, and only drawing needs it

        self._axis = alt.Axis(values=list(ticks), title=axis_title or None) if ticks else None
        layers = [self._rects(), self._rules(), self._dots()]
        layers += [self._texts(letters, rows) for letters, rows in self._words.items()]
        return (
            alt.layer(*layers)
            .properties(width=WIDTH, height=self.at, padding=12, background=PAPER)
            .configure(font=FONT)
            .configure_view(stroke=None)
            .configure_axis(
                labelFlush=False, grid=False, domain=False, ticks=False, labelPadding=4, titlePadding=6,
                labelFontSize=SMALL, titleFontSize=SMALL, titleFontWeight="normal",
                labelColor=QUIET, titleColor=QUIET,
            )
        )  # fmt: skip

    def _rects(self) -> "alt.Chart":
        import altair as alt  # noqa: PLC0415 - as above

        return _of(self._bars).mark_rect().encode(
            x=self._x("from"), x2="to:Q", y=self._y("y"), y2="y2:Q",
            color=alt.Color("colour:N", scale=None),
        )  # fmt: skip

    def _rules(self) -> "alt.Chart":
        import altair as alt  # noqa: PLC0415 - as above

        return _of(self._lines).mark_rule().encode(
            x=self._x("from"), x2="to:Q", y=self._y("y"), y2="y2:Q",
            color=alt.Color("colour:N", scale=None),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        )  # fmt: skip

    def _dots(self) -> "alt.Chart":
        import altair as alt  # noqa: PLC0415 - as above

        return _of(self._points).mark_point(
            filled=True, size=110, opacity=1, stroke=PAPER, strokeWidth=1
        ).encode(
            x=self._x("from"), y=self._y("y"), color=alt.Color("colour:N", scale=None)
        )  # fmt: skip

    def _texts(self, letters: Letters, rows: list[dict[str, Any]]) -> "alt.Chart":
        import altair as alt  # noqa: PLC0415 - as above

        return _of(rows).mark_text(
            align=letters.align, baseline="middle", fontSize=letters.size, color=letters.colour,
            fontWeight="bold" if letters.bold else "normal",
        ).encode(
            x=self._x("from"), y=self._y("y"), text="words:N"
        )  # fmt: skip

    def _x(self, field: str) -> "alt.X":
        import altair as alt  # noqa: PLC0415 - as above

        scale = alt.Scale(domain=list(self._ends), range=[EDGE, WIDTH - EDGE], nice=False, zero=False)
        return alt.X(f"{field}:Q", scale=scale, axis=self._axis)

    def _y(self, field: str) -> "alt.Y":
        import altair as alt  # noqa: PLC0415 - as above

        scale = alt.Scale(domain=[0, self.at], range=[0, self.at], nice=False, zero=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)


def _of(rows: list[dict[str, Any]]) -> "alt.Chart":
    import altair as alt  # noqa: PLC0415 - as above

    return alt.Chart(alt.Data(values=rows))

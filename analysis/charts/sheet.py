"""A chart being laid out from the top down.

Words and rows have their places in pixels; bars, lines and points have theirs on the one
axis. Only what is put on the sheet is drawn: a figure that is not shown is words.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from analysis.charts.look import (
    EDGE,
    INK,
    LARGE,
    LINE,
    PAPER,
    QUIET,
    SIZE,
    SMALL,
    TRACK,
    WIDTH,
    number,
    wrapped,
)

Align = Literal["left", "center", "right"]
Mark = dict[str, Any]
ROW = 20
"""The height of a row's ground, in pixels."""

_KEY = 14


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
SMALL_WORDS = Letters(SMALL)
NOTE = Letters(SMALL, QUIET)
_TICK = Letters(SMALL, QUIET, align="center")


class Sheet:
    """One picture. `low` and `high` are the ends of its axis, in the figures' unit.

    `at` is how far down it is laid out, in pixels. `ticks` and `axis_title` are those of
    the axis, which `axis` lays out; without ticks there is none.
    """

    def __init__(
        self, low: float, high: float, ticks: Sequence[float] = (), axis_title: str = ""
    ) -> None:
        self.ends = (low, high)
        self.ticks = tuple(ticks)
        self.axis_title = axis_title
        self.at = 0.0
        self.grounds: list[Mark] = []
        self.ground_lines: list[Mark] = []
        self.bars: list[Mark] = []
        self.lines: list[Mark] = []
        self.points: list[Mark] = []
        self.words: dict[Letters, list[Mark]] = defaultdict(list)

    def gap(self, pixels: float) -> None:
        """Leave room."""
        self.at += pixels

    def paragraph(self, words: str, letters: Letters = NOTE, *, width: int = WIDTH) -> None:
        """Words in as many lines as they need; the sheet goes on below them."""
        step = LINE if letters.size <= SIZE else LINE + 4
        for line in wrapped(words, letters.size, bold=letters.bold, width=width):
            self.write(line, letters, x=0, y=self.at + step / 2)
            self.at += step

    def head(self, label: str, figures: str, *, width: int) -> None:
        """A row's label, `width` pixels wide, with its figures on the right."""
        if figures:
            self.write(figures, FIGURES, x=WIDTH, y=self.at + LINE / 2)
        self.paragraph(label, LABEL, width=width if figures else WIDTH)
        self.gap(2)

    def write(self, words: str, letters: Letters, *, x: float, y: float) -> None:
        """One line of words around the height `y`, `x` pixels from the left."""
        self.words[letters].append({"from": self._figure(x), "y": y, "words": words})

    def key(self, words: str, colour: str, *, x: float, down: float = 0) -> None:
        """What a colour stands for, `x` pixels from the left."""
        top = self.at + down
        start, end = self._figure(x), self._figure(x + _KEY)
        self.bars.append(_box(start, end, top + 1, _KEY, colour))
        self.write(words, SMALL_WORDS, x=x + _KEY + 6, y=top + 8)

    def track(self, *, height: float = ROW) -> None:
        """The ground of a row, from edge to edge, with a line at each tick; nought is dark."""
        self.ground(self._figure(0), self._figure(WIDTH), height=height)
        for tick in self.ticks:
            colour, width = (PAPER, 2) if tick else (QUIET, 1)
            self.ground_lines.append(_upright(tick, self.at, height, colour, width))

    def axis(self) -> None:
        """The ticks' figures, and the axis's title below them; nothing where there are none."""
        if not self.ticks:
            return
        self.gap(2)
        for tick in self.ticks:
            self.write(number(tick), _TICK, x=self.pixel(tick), y=self.at + LINE / 2)
        self.gap(LINE)
        if self.axis_title:
            self.write(self.axis_title, _TICK, x=WIDTH / 2, y=self.at + LINE / 2)
            self.gap(LINE)

    def ground(self, start: float, end: float, *, height: float = ROW) -> None:
        """A pale ground under what follows."""
        self.grounds.append(_box(start, end, self.at, height, TRACK))

    def bar(self, start: float, end: float, colour: str, *, height: float = ROW) -> None:
        """A bar from `start` to `end` of the axis."""
        self.bars.append(_box(start, end, self.at, height, colour))

    def upright(self, at: float, colour: str, *, height: float = ROW) -> None:
        """A thin standing line over the bars of a row."""
        self.lines.append(_upright(at, self.at, height, colour, 1))

    def interval(self, low: float, high: float, colour: str) -> None:
        """A lying line with short ends, in the middle of a row."""
        middle = self.at + ROW / 2
        self.lines.append(_box(low, high, middle, 0, colour) | {"width": 3})
        self.lines += [_upright(end, middle - 6, 12, colour, 2) for end in (low, high)]

    def point(self, at: float, colour: str) -> None:
        """The point of a row."""
        self.points.append({"from": at, "y": self.at + ROW / 2, "colour": colour})

    def pixel(self, at: float) -> float:
        """How many pixels from the left a figure stands."""
        low, high = self.ends
        return EDGE + (WIDTH - 2 * EDGE) * (at - low) / (high - low)

    def _figure(self, pixel: float) -> float:
        """Which figure of the axis stands so many pixels from the left."""
        low, high = self.ends
        return low + (pixel - EDGE) * (high - low) / (WIDTH - 2 * EDGE)


def _box(start: float, end: float, top: float, height: float, colour: str) -> Mark:
    return {"from": start, "to": end, "y": top, "y2": top + height, "colour": colour}


def _upright(at: float, top: float, height: float, colour: str, width: int) -> Mark:
    return _box(at, at, top, height, colour) | {"width": width}

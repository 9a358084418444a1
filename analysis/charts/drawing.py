"""A sheet as an Altair chart: the only module that speaks Altair."""

from typing import Any

import altair as alt

from analysis.charts.look import EDGE, FONT, PAPER, WIDTH
from analysis.charts.sheet import Letters, Mark, Sheet

PADDING = 12


def vega_lite(sheet: Sheet) -> dict[str, Any]:
    """The sheet as a Vega-Lite specification, with its data inside and nothing to fetch."""
    place = _Place(sheet)
    layers = [
        place.boxes(sheet.grounds),
        place.rules(sheet.ground_lines),
        place.boxes(sheet.bars),
        place.rules(sheet.lines),
        place.dots(sheet.points),
        *(place.texts(rows, letters) for letters, rows in sheet.words.items()),
    ]
    drawn: dict[str, Any] = (
        alt.layer(*(layer for layer in layers if layer is not None))
        .properties(width=WIDTH, height=sheet.at, padding=PADDING, background=PAPER)
        .configure(font=FONT)
        .configure_view(stroke=None)
        .to_dict()
    )
    return drawn


class _Place:
    """The sheet's two scales, shared by its layers; one without marks is `None`."""

    def __init__(self, sheet: Sheet) -> None:
        self._ends, self._height = sheet.ends, sheet.at

    def boxes(self, marks: list[Mark]) -> alt.Chart | None:
        if not marks:
            return None
        drawn: alt.Chart = _of(marks).mark_rect().encode(**self._ends_of_marks())
        return drawn

    def rules(self, marks: list[Mark]) -> alt.Chart | None:
        if not marks:
            return None
        width = alt.StrokeWidth("width:Q", scale=None)
        ends = self._ends_of_marks()
        drawn: alt.Chart = _of(marks).mark_rule().encode(**ends, strokeWidth=width)
        return drawn

    def dots(self, marks: list[Mark]) -> alt.Chart | None:
        if not marks:
            return None
        points = _of(marks).mark_point(
            filled=True, size=110, opacity=1, stroke=PAPER, strokeWidth=1
        )
        drawn: alt.Chart = points.encode(x=self._x(), y=self._y(), color=_colour())
        return drawn

    def texts(self, marks: list[Mark], letters: Letters) -> alt.Chart:
        words = _of(marks).mark_text(
            align=letters.align, baseline="middle", fontSize=letters.size, color=letters.colour,
            fontWeight="bold" if letters.bold else "normal",
        )  # fmt: skip
        drawn: alt.Chart = words.encode(x=self._x(), y=self._y(), text="words:N")
        return drawn

    def _ends_of_marks(self) -> dict[str, Any]:
        return {"x": self._x(), "x2": "to:Q", "y": self._y(), "y2": "y2:Q", "color": _colour()}

    def _x(self) -> alt.X:
        across = [EDGE, WIDTH - EDGE]
        scale = alt.Scale(domain=list(self._ends), range=across, nice=False, zero=False)
        return alt.X("from:Q", scale=scale, axis=None)

    def _y(self) -> alt.Y:
        down = [0, self._height]
        return alt.Y("y:Q", scale=alt.Scale(domain=down, range=down, zero=False), axis=None)


def _of(marks: list[Mark]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=marks))


def _colour() -> alt.Color:
    return alt.Color("colour:N", scale=None)

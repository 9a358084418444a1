"""A chart: a picture with a name, a description in words, and its table as data beside it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from analysis.charts.rendering import png_of, svg_of
from analysis.charts.sheet import Sheet
from analysis.tables import Row


@dataclass(frozen=True)
class Chart:
    """One chart. In a notebook it shows itself.

    `name` is good for a file's name; `title` says what is shown; `description` tells those
    who cannot see it what it says. `table` is its figures as data, of the shape of
    `analysis.tables`: what a release hides is hidden there too. `source` says what the
    figures are of; it stands below the picture, with how their intervals were made.
    """

    name: str
    title: str
    description: str = field(repr=False)
    table: Row = field(repr=False)
    _layout: Callable[[], Sheet] = field(repr=False)
    source: str = ""

    def spec(self) -> dict[str, Any]:
        """The chart as Vega-Lite, with its data inside."""
        from analysis.charts.drawing import vega_lite  # noqa: PLC0415 - Altair is slow to load

        sheet = self._layout()
        sheet.axis()
        for note in (self.table["method"], self.source):
            if note:
                sheet.gap(6)
                sheet.paragraph(note)
        return vega_lite(sheet)

    def svg(self) -> str:
        """SVG text; two calls give the same. The first in a process takes some seconds."""
        words = f"{self.description} {self.source}".strip()
        return svg_of(self.spec(), f"chart-{self.name}", self.title, words)

    def png(self, scale: float = 2) -> bytes:
        """PNG, `scale` times as many pixels across as the SVG is wide (384)."""
        return png_of(self.svg(), scale)

    def _repr_svg_(self) -> str:
        return self.svg()

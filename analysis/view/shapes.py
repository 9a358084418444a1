"""The few SVG shapes that charts are made of. Every text and attribute is escaped."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

Point = tuple[float, float]
CIRCLE, SQUARE, DIAMOND = "circle", "square", "diamond"
_FONT_SIZE = 13


@dataclass(frozen=True)
class Style:
    """How a line is told apart: colour, dash pattern, and the shape of its points."""

    colour: str
    dash: str
    marker: str


def line(start: Point, end: Point, colour: str, width: int = 1, dash: str = "") -> Markup:
    """A straight line; `dash` is an SVG dash pattern."""
    return Markup(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"'
        ' stroke-dasharray="{}"/>'
    ).format(*_place(start), *_place(end), colour, width, dash or "none")


def text(at: Point, words: str, anchor: str, *, bold: bool = False) -> Markup:
    """Words at a point; `anchor` is "start", "middle" or "end"."""
    return Markup(
        '<text x="{}" y="{}" text-anchor="{}" font-size="{}" font-weight="{}"'
        ' fill="#0b0c0c" stroke="#fff" stroke-width="4" paint-order="stroke">{}</text>'
    ).format(*_place(at), anchor, _FONT_SIZE, "bold" if bold else "normal", words)


def marker(at: Point, style: Style) -> Markup:
    """The point of a line, in the style's own shape."""
    x, y = at
    if style.marker == CIRCLE:
        return Markup('<circle cx="{}" cy="{}" r="5" fill="{}"/>').format(*_place(at), style.colour)
    turn = 45 if style.marker == DIAMOND else 0
    return Markup(
        '<rect x="{}" y="{}" width="8" height="8" fill="{}" transform="rotate({} {} {})"/>'
    ).format(*_place((x - 4, y - 4)), style.colour, turn, *_place(at))


def picture(key: str, title: str, description: str, size: Point, parts: Iterable[Markup]) -> Markup:
    """A whole picture with its title and its description in words.

    `key` must be unique on the page: it ties the two to the picture for screen readers.
    """
    head = Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-words"'
        ' xmlns="http://www.w3.org/2000/svg" font-family="Arial, Helvetica, sans-serif">'
        '<title id="{}-title">{}</title><desc id="{}-words">{}</desc>'
    ).format(*_place(size), key, key, key, title, key, description)
    return head + Markup("").join(parts) + Markup("</svg>")


def _place(point: Point) -> tuple[str, str]:
    return (f"{point[0]:.1f}", f"{point[1]:.1f}")

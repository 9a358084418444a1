"""The one look of every chart: colours, letters, widths, and numbers as written in England.

The colours are told apart by people who see few: each pair differs in lightness, and none
carries meaning alone. The renderer carries Liberation Sans, which is as wide as Arial, so a
chart is laid out alike on a machine without fonts.
"""

import textwrap
from datetime import date

WIDTH = 360
"""Pixels. On a phone of 360 the smallest letters are still 11 pixels high."""

EDGE = 10
"""Pixels at both ends of the axis, so that a point at its end is drawn whole."""

FONT = "Arial, Helvetica, sans-serif"
SIZE, SMALL, LARGE = 14, 13, 17
LINE = 18

INK, QUIET, TRACK, PAPER = "#0b0c0c", "#505a5f", "#f3f2f1", "#ffffff"
BLUE, PALE_BLUE, PLUM, PALE_PLUM = "#12436d", "#8fb8de", "#801650", "#dba3c3"
MIDDLE, UNSURE = "#b1b4b6", "#6f777b"

_BOLD_LETTER = 0.54
_LETTER = 0.5
"""The width of a letter of running English, in letter heights; a little more than it is."""


def wrapped(words: str, size: int = SIZE, *, bold: bool = False, width: int = WIDTH) -> list[str]:
    """The words in lines that fit `width` pixels."""
    letter = size * (_BOLD_LETTER if bold else _LETTER)
    return textwrap.wrap(words, int(width / letter), break_long_words=True) or [""]


def number(value: float) -> str:
    """A figure as it was released: "1,492", "42.0", "−0.2" with a real minus."""
    return f"{value:,}".replace("-", "−")


def day(written: str) -> str:
    """An ISO day or time as people write the day: "2 March 2026"."""
    found = date.fromisoformat(written[:10])
    return f"{found.day} {found:%B %Y}"


def signed(value: float) -> str:
    """A difference with its sign: "+2.1", "−2.1", "0.0"."""
    return f"+{number(value)}" if value > 0 else number(value)

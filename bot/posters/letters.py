"""How wide words are in Helvetica, so that both kinds of file break lines in the same places.

Arial and Liberation Sans have the same widths. Source: Adobe's core font metrics, in
thousandths of the size.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_BY_WIDTH: Mapping[int, str] = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[]\\ft",
    333: "()-`r“”",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–£",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_OTHER = 778
_JOINED = 500
"""Arabic letters, joined, are narrower than this on the whole."""

_STROKES = str.maketrans("łŁ", "lL")
_BOLD = 1.08
"""No letter in common use is wider than this in bold, next to itself."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that a line takes, or a little less in bold."""
    thousandths = sum(map(_width, text))
    return thousandths * size / 1000 * (_BOLD if bold else 1)


@lru_cache(maxsize=1000)
def _width(letter: str) -> int:
    # An accent takes no room of its own, and a direction mark none at all.
    base = unicodedata.normalize("NFD", letter).translate(_STROKES)[:1]
    if unicodedata.category(base) in {"Mn", "Cf"}:
        return 0
    joined = unicodedata.bidirectional(base) == "AL"
    return _WIDTHS.get(base, _JOINED if joined else _OTHER)


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `room` points; a longer word is broken where it must be."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, room, size, bold=bold)
        lines += full
    return [*lines, line] if line else lines


def _broken(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, size, bold=bold) > room:
            parts.append("")
        parts[-1] += letter
    return parts

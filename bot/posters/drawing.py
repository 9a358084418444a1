"""Where everything is on the page: A4, in points from its top left corner."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import segno

from bot.errors import FileRefused
from bot.posters.content import Content, Way
from bot.posters.letters import width, wrap
from bot.words import Words

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
MARGIN = 48.0
ROOM = PAGE_WIDTH - 2 * MARGIN
QUIET = 4
"""Modules of white around a QR code, as its standard asks."""

BLACK, WHITE, BLUE, RED = "#0b0c0c", "#ffffff", "#1d70b8", "#d4351c"

_LEADING = 1.25
_CODE_SIDE = 200.0
_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75)
_BOTTOM = 30.0
_SMALLEST = 8.0
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"


@dataclass(frozen=True)
class Text:
    """One line; `y` is where its letters stand, `x` where they begin.

    On a page from right to left `x` is its right edge.
    """

    x: float
    y: float
    size: float
    words: str
    bold: bool = False
    colour: str = BLACK

    @property
    def is_from_the_right(self) -> bool:
        """Whether it has a letter that is written from right to left."""
        return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in self.words)


@dataclass(frozen=True)
class Box:
    """A filled rectangle; `y` is its top."""

    x: float
    y: float
    width: float
    height: float
    colour: str = BLACK


@dataclass(frozen=True)
class Code:
    """A QR code without its quiet zone: the top left corner, and the side of one module."""

    x: float
    y: float
    module: float
    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> float:
        """How wide and how high it is, in points."""
        return len(self.rows) * self.module

    def boxes(self) -> list[Box]:
        """Its black modules, side by side ones as one."""
        boxes = []
        for number, row in enumerate(self.rows):
            start = 0
            for black, run in groupby(row):
                length = len(list(run))
                if black:
                    x, y = self.x + start * self.module, self.y + number * self.module
                    boxes.append(Box(x, y, length * self.module, self.module))
                start += length
        return boxes


@dataclass
class Drawing:
    """A page in the making; `y` is how far down it is filled, `scale` how large its words are."""

    title: str
    words: Words
    scale: float = 1.0
    y: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def write(
        self,
        words: str,
        size: float,
        *,
        x: float = MARGIN,
        room: float = ROOM,
        bold: bool = False,
        colour: str = BLACK,
    ) -> None:
        """Lines of words under what is there."""
        size *= self.scale
        for line in wrap(words, room, size, bold=bold):
            self.y += size * _LEADING
            self.texts.append(Text(x, self.y, size, line, bold, colour))

    def leave(self, space: float) -> None:
        """Leave white under what is there."""
        self.y += space * self.scale


def draw(content: Content) -> Drawing:
    """The poster, as large as its words allow.

    Raises:
        FileRefused: they do not fit on a page even if they are small.
    """
    for scale in _SCALES:
        page = _drawn(content, scale)
        if page.y <= PAGE_HEIGHT - _BOTTOM:
            return _mirrored(page) if page.words.direction == "rtl" else page
    raise FileRefused(
        "The words do not fit on one page. Shorten council_name or contact in the settings file."
    )


def qr_rows(address: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of an address's QR code; up to a quarter of it may be torn or dirty."""
    made = segno.make_qr(address, error="q")
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)


def _drawn(content: Content, scale: float) -> Drawing:
    page = Drawing(f"{content.council_name}: {content.title}", content.words, scale)
    _head(page, content)
    page.leave(10)
    page.write(content.heading, 38, bold=True)
    page.leave(6)
    page.write(content.title, 17, bold=True)
    for paragraph in content.about:
        page.leave(7)
        page.write(paragraph, 16)
    page.leave(12)
    _codes(page, content.ways)
    _typed(page, content)
    _foot(page, content)
    return page


def _head(page: Drawing, content: Content) -> None:
    if content.demonstration:
        words = content.words.say("printed.demonstration")
        page.boxes.append(Box(0, 0, PAGE_WIDTH, 34, RED))
        page.texts.append(Text(MARGIN, 22, 14, words, bold=True, colour=WHITE))
        page.y = 34
    top = page.y
    page.leave(10)
    page.write(content.council_name, 22, bold=True, colour=WHITE)
    page.leave(16)
    page.boxes.append(Box(0, top, PAGE_WIDTH, page.y - top, BLUE))


def _codes(page: Drawing, ways: Sequence[Way]) -> None:
    page.write(page.words.say("printed.camera"), 18, bold=True)
    page.leave(6)
    side, top = _CODE_SIDE * page.scale, page.y
    for number, way in enumerate(ways):
        x = MARGIN + number * (ROOM - side)
        page.y = top
        page.write(way.name, 16, x=x, room=side, bold=True)
        rows = qr_rows(way.address)
        # Flush with the words above; the margin and the gap are wider than its quiet zone.
        module = side / len(rows)
        page.codes.append(Code(x, page.y + QUIET * module, module, rows))
    page.y = max(code.y + (len(code.rows) + QUIET) * code.module for code in page.codes)


def _typed(page: Drawing, content: Content) -> None:
    page.write(page.words.say("printed.type"), 16)
    page.leave(4)
    page.write(content.typed_address, _fitting(content.typed_address, 24), bold=True)
    page.leave(2)
    page.write(
        page.words.say("printed.code", code=_kept_together(page, content.code)), 24, bold=True
    )


def _foot(page: Drawing, content: Content) -> None:
    page.leave(12)
    page.write(content.dates, 15, bold=True)
    page.leave(4)
    if content.contact:
        page.write(page.words.say("printed.questions", contact=content.contact), 13)
    address = _kept_together(page, content.privacy_address)
    page.write(page.words.say("printed.privacy", address=address), 13)


def _kept_together(page: Drawing, latin: str) -> str:
    """An address that begins with figures would fall apart behind Arabic words."""
    return f"{_LEFT_TO_RIGHT}{latin}" if page.words.direction == "rtl" else latin


def _mirrored(page: Drawing) -> Drawing:
    """The same page, begun from the right."""
    return replace(
        page,
        boxes=[replace(each, x=PAGE_WIDTH - each.x - each.width) for each in page.boxes],
        codes=[replace(each, x=PAGE_WIDTH - each.x - each.side) for each in page.codes],
        texts=[replace(each, x=PAGE_WIDTH - each.x) for each in page.texts],
    )


def _fitting(words: str, size: float) -> float:
    """The largest size, up to this one, at which bold words fit on one line."""
    return max(min(size, size * ROOM / width(words, size, bold=True)), _SMALLEST)

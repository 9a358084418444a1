"""A poster as a PDF file of one page, in the two fonts that every reader of PDF has."""

import io

import pydyf

from bot.errors import FileRefused
from bot.posters.drawing import BLACK, PAGE_HEIGHT, PAGE_WIDTH, Box, Drawing, Text

_ENCODING = "cp1252"
"""What PDF calls WinAnsiEncoding: the letters of western Europe."""

_ENGLISH = "en-GB"
_FONTS = {"Regular": "Helvetica", "Bold": "Helvetica-Bold"}


def pdf(page: Drawing) -> bytes:
    """The file.

    Raises:
        FileRefused: a letter is in neither font, or the page runs from right to left.
    """
    if page.words.direction == "rtl":
        raise FileRefused(
            f"A PDF poster cannot be in the language {page.words.language!r}: its fonts have no"
            " letters that run from right to left. Make the poster as an .svg file instead."
        )
    document = pydyf.PDF()
    document.info["Title"] = pydyf.String(page.title)
    document.catalog["Lang"] = pydyf.String(
        _ENGLISH if page.words.main == "en" else page.words.language
    )
    ink = pydyf.Stream(compress=True)
    for box in page.boxes:
        _fill(ink, [box], box.colour)
    for code in page.codes:
        _fill(ink, code.boxes(), BLACK)
    for text in page.texts:
        _write(ink, text)
    document.add_object(ink)
    document.add_page(_sheet(document, ink))
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def _sheet(document: pydyf.PDF, ink: pydyf.Stream) -> pydyf.Dictionary:
    fonts = pydyf.Dictionary({name: _font(base) for name, base in _FONTS.items()})
    return pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": document.pages.reference,
            "MediaBox": pydyf.Array([0, 0, PAGE_WIDTH, PAGE_HEIGHT]),
            "Contents": ink.reference,
            "Resources": pydyf.Dictionary({"Font": fonts}),
        }
    )


def _font(base: str) -> pydyf.Dictionary:
    return pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type1",
            "BaseFont": f"/{base}",
            "Encoding": "/WinAnsiEncoding",
        }
    )


def _fill(ink: pydyf.Stream, boxes: list[Box], colour: str) -> None:
    """Fill boxes in one go, so that no hair of white runs between them."""
    ink.set_color_rgb(*_rgb(colour))
    for box in boxes:
        top = PAGE_HEIGHT - box.y
        ink.rectangle(
            round(box.x, 3), round(top - box.height, 3), round(box.width, 3), round(box.height, 3)
        )
    ink.fill()


def _write(ink: pydyf.Stream, text: Text) -> None:
    ink.begin_text()
    ink.set_color_rgb(*_rgb(text.colour))
    ink.set_font_size("Bold" if text.bold else "Regular", round(text.size, 2))
    ink.move_text_to(round(text.x, 2), round(PAGE_HEIGHT - text.y, 2))
    ink.show_text_string(_encoded(text.words))
    ink.end_text()


def _encoded(words: str) -> bytes:
    try:
        return words.encode(_ENCODING)
    except UnicodeEncodeError as error:
        letter = words[error.start]
        raise FileRefused(
            f"The fonts of a PDF have no {letter!r}. Make the poster as an .svg file instead."
        ) from error


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return round(red / 255, 4), round(green / 255, 4), round(blue / 255, 4)

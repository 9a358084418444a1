"""A printed poster for a round: what it asks, and codes that lead there."""

from bot.errors import FileRefused
from bot.posters.as_pdf import pdf
from bot.posters.as_svg import svg
from bot.posters.content import Content, content
from bot.posters.drawing import draw

__all__ = ["Content", "content", "file"]

_KINDS = {".svg": svg, ".pdf": pdf}


def file(what: Content, ending: str) -> bytes:
    """The poster as a file of the kind that this ending names, such as ".pdf".

    Raises:
        FileRefused: there is no such kind, or a PDF cannot show the language or a letter.
    """
    make = _KINDS.get(ending.lower())
    if make is None:
        raise FileRefused(f"A poster is an .svg or a .pdf file, not {ending or 'without ending'}.")
    return make(draw(what))

"""The notice where there is no page: lines of plain text."""

from collections.abc import Iterator

from bot.notice.notices import Told
from bot.notice.text import Block, Kind


def paragraphs(told: Told) -> list[str]:
    """The blocks as text, one a paragraph; the entries of a list are lines of one."""
    return list(map(_paragraph, told.blocks))


def _paragraph(block: Block) -> str:
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    mark = "• " if block.kind is Kind.LIST else ""
    return (mark + line for line in block.lines)

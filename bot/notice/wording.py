"""The notice where there is no page: lines of plain text."""

from collections.abc import Iterator

from bot.notice.notices import Notices, Told
from bot.notice.text import Block, Kind
from bot.words import Words
from surveys.records import Round


def paragraphs(told: Told) -> list[str]:
    """The blocks as text, one a paragraph; the entries of a list are lines of one."""
    return list(map(_paragraph, told.blocks))


def in_short(
    notices: Notices, language: str, a_round: Round | None, council: str, contact: str
) -> list[str]:
    """The paragraphs of the short form, then which edition it is."""
    told = notices.short(language, a_round, council, contact)
    return [*paragraphs(told), notices.edition.in_words(Words(language))]


def _paragraph(block: Block) -> str:
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    mark = "• " if block.kind is Kind.LIST else ""
    return (mark + line for line in block.lines)

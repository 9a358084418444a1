"""One language's notice: a head, and four sections of plain paragraphs, lists and headings.

The head is two lines, `Version: 2` and `Date: 1 December 2026`. A line that begins with
"# " opens a section, "## " is a heading inside it, "- " an entry of a list; whatever else
stands together is a paragraph.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby

from bot.errors import NoticeRefused
from bot.notice.edition import Edition

LARGEST_VERSION = 999_999

_HEAD = re.compile(r"(Version|Date)\s*:\s*(.*)", re.IGNORECASE)
PLACE = re.compile(r"\{([^{}]*)\}|[{}]")
PLACES = frozenset({"council", "contact"})
"""What stands in braces, and the names that may."""


class Section(StrEnum):
    """The four sections, by their titles, which are in English in every language's file."""

    SHORT = "Short form"
    ANONYMOUS = "Anonymous survey"
    LINKED = "Linked survey"
    FULL = "Full form"


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph (one line), or a list (one line an entry)."""

    kind: Kind
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """The notice in the language `language`, with its places still to be filled."""

    language: str
    edition: Edition
    sections: Mapping[Section, tuple[Block, ...]]


_Numbered = tuple[int, str]


def read_notice(text: str, language: str, source: str) -> Notice:
    """The notice that `text`, the content of the file `source`, holds.

    Raises:
        NoticeRefused: it is not one; names the file, the line and what to do.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    start = next((at for at, (_, line) in enumerate(lines) if _opens(line)), len(lines))
    edition = _edition(lines[:start], source)
    _check_places(lines[start:], source)
    return Notice(language, edition, _sections(lines[start:], source))


def _opens(line: str) -> bool:
    return line.startswith("# ")


def _edition(head: Iterable[_Numbered], source: str) -> Edition:
    found: dict[str, _Numbered] = {}
    for number, line in head:
        named = _HEAD.fullmatch(line)
        if line and (named is None or named[1].lower() in found):
            raise NoticeRefused(
                source,
                number,
                f"{line!r} does not belong here",
                "The head has two lines, such as Version: 2 and Date: 1 December 2026.",
            )
        if named:
            found[named[1].lower()] = (number, named[2].strip())
    for name, example in (("version", "Version: 2"), ("date", "Date: 1 December 2026")):
        if name not in found:
            raise NoticeRefused(
                source, 1, f"the head has no {name}", f"Begin the file with a line like: {example}"
            )
    return Edition(_version(*found["version"], source), _dated(*found["date"], source))


def _version(number: int, written: str, source: str) -> int:
    is_number = written.isascii() and written.isdigit()
    if not is_number or not 1 <= int(written[:9]) <= LARGEST_VERSION:
        raise NoticeRefused(
            source, number, f"{written!r} is not a version", "Write a whole number: Version: 2"
        )
    return int(written)


def _dated(number: int, written: str, source: str) -> date:
    try:
        return datetime.strptime(written, "%d %B %Y").replace(tzinfo=UTC).date()
    except ValueError:
        raise NoticeRefused(
            source,
            number,
            f"{written!r} is not a date",
            "Write it in English, with the month in words: Date: 1 December 2026",
        ) from None


def _check_places(body: Iterable[_Numbered], source: str) -> None:
    for number, line in body:
        for place in PLACE.finditer(line):
            if place[1] not in PLACES:
                raise NoticeRefused(
                    source,
                    number,
                    f"nothing can be put in place of {place[0]}",
                    "The places are {council} and {contact}; write no other braces.",
                )


def _sections(body: list[_Numbered], source: str) -> dict[Section, tuple[Block, ...]]:
    found: dict[Section, tuple[Block, ...]] = {}
    starts = [at for at, (_, line) in enumerate(body) if _opens(line)]
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        number, line = body[start]
        section = _section(number, line[2:].strip(), source)
        if section in found:
            raise NoticeRefused(
                source, number, f"there are two sections {section.value!r}", "Keep one of them."
            )
        found[section] = tuple(_blocks(line for _, line in body[start + 1 : end]))
        if not found[section]:
            raise NoticeRefused(
                source, number, f"the section {section.value!r} is empty", "Write its words."
            )
    last = body[-1][0] if body else 1
    for section in Section:
        if section not in found:
            raise NoticeRefused(
                source,
                last,
                f"the section {section.value!r} is missing",
                f"Add a line: # {section.value}, and its words below it.",
            )
    return found


def _section(number: int, title: str, source: str) -> Section:
    for section in Section:
        if title.casefold() == section.value.casefold():
            return section
    titles = ", ".join(section.value for section in Section)
    raise NoticeRefused(
        source,
        number,
        f"there is no section {title!r}",
        f"The sections are: {titles}. Headings inside them begin with ##.",
    )


def _blocks(lines: Iterable[str]) -> Iterator[Block]:
    for kind, together in groupby(lines, _kind):
        said = list(together)
        match kind:
            case Kind.HEADING:
                yield from (Block(kind, (line.lstrip("#").strip(),)) for line in said)
            case Kind.LIST:
                yield Block(kind, tuple(line[2:].strip() for line in said))
            case Kind.PARAGRAPH:
                yield Block(kind, (" ".join(said),))


def _kind(line: str) -> Kind | None:
    if not line:
        return None
    if line.startswith("##"):
        return Kind.HEADING
    return Kind.LIST if line.startswith("- ") else Kind.PARAGRAPH

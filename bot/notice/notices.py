"""The notice in every language it is written in, with the council's own words in their places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from bot.errors import NoticeRefused
from bot.notice.edition import Edition
from bot.notice.text import PLACE, Block, Notice, Section, read_notice
from bot.words import ENGLISH, Words
from surveys.records import Round

_ISOLATE, _END = "\u2068", "\u2069"
_ENDING = ".md"


@dataclass(frozen=True)
class Told:
    """Part of the notice as somebody reads it; `words` are in the language it is written in."""

    words: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Notices:
    """One notice in several languages; the English one is always there."""

    by_language: Mapping[str, Notice]

    @property
    def edition(self) -> Edition:
        """Its version and date, the same in every language."""
        return self.by_language[ENGLISH].edition

    def short(self, language: str, a_round: Round | None, council: str, contact: str) -> Told:
        """The short form, and what closing means in this round; for no round, the form alone."""
        sections = [Section.SHORT]
        if a_round is not None:
            sections.append(Section.LINKED if a_round.linked else Section.ANONYMOUS)
        return self._told(language, sections, council, contact)

    def full(self, language: str, council: str, contact: str) -> Told:
        """The whole notice, for a page."""
        return self._told(language, [Section.FULL], council, contact)

    def _told(self, language: str, sections: Iterable[Section], council: str, contact: str) -> Told:
        notice = self._in(language)
        words = Words(notice.language)
        reach = contact or words.say("notice.contact", council=council)
        places = {"{council}": _isolated(words, council), "{contact}": _isolated(words, reach)}
        blocks = (block for section in sections for block in notice.sections[section])
        return Told(words, tuple(_filled(block, places) for block in blocks))

    def _in(self, language: str) -> Notice:
        known = (language, language.partition("-")[0], ENGLISH)
        return next(self.by_language[code] for code in known if code in self.by_language)


@lru_cache(maxsize=1)
def shipped() -> Notices:
    """The notice that comes with the product, in every shipped language."""
    found = {
        each.name: each.read_bytes()
        for each in sorted(files("bot.notice").iterdir(), key=str)
        if each.name.endswith(_ENDING)
    }
    return _together(found, "bot/notice")


def load(folder: Path | None) -> Notices:
    """The council's own notice, from a folder with one file a language; ours where it has none.

    Raises:
        NoticeRefused: the folder or a file in it cannot be used; names the file, the line
            and what to do.
    """
    if folder is None:
        return shipped()
    try:
        found = {each.name: each.read_bytes() for each in sorted(folder.glob(f"*{_ENDING}"))}
    except OSError as error:
        raise NoticeRefused(
            str(folder),
            None,
            f"it cannot be read: {error.strerror}",
            "Make the folder with a file en.md in it, or take privacy_notice out of the settings.",
        ) from None
    return _together(found, str(folder))


def _together(found: Mapping[str, bytes], folder: str) -> Notices:
    languages = {name: name.removesuffix(_ENDING) for name in found}
    if ENGLISH not in languages.values():
        raise NoticeRefused(
            f"{folder}/{ENGLISH}{_ENDING}",
            None,
            "the file is not there",
            "English is read where another language has no notice: write it first.",
        )
    notices = {
        code: read_notice(_text(found[name], f"{folder}/{name}"), code, f"{folder}/{name}")
        for name, code in languages.items()
    }
    _check_editions(notices, folder)
    return Notices(notices)


def _text(content: bytes, source: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise NoticeRefused(source, line, "it is not UTF-8", "Save it as UTF-8.") from None


def _check_editions(notices: Mapping[str, Notice], folder: str) -> None:
    """A translation that lags behind would tell some families what is no longer true."""
    wanted = notices[ENGLISH].edition
    for code, notice in notices.items():
        if notice.edition != wanted:
            raise NoticeRefused(
                f"{folder}/{code}{_ENDING}",
                1,
                f"it is {_named(notice.edition)}, and {ENGLISH}{_ENDING} is {_named(wanted)}",
                f"Bring it up to date, or take it away: its readers then get {ENGLISH}{_ENDING}.",
            )


def _named(edition: Edition) -> str:
    return edition.in_words(Words(ENGLISH)).lower()


def _filled(block: Block, places: Mapping[str, str]) -> Block:
    return Block(
        block.kind,
        tuple(PLACE.sub(lambda place: places[place[0]], line) for line in block.lines),
    )


def _isolated(words: Words, value: str) -> str:
    """A name or number in Latin letters must not turn a sentence of another direction round."""
    return value if words.direction == "ltr" else f"{_ISOLATE}{value}{_END}"

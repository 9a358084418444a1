"""How rules of concern are written, and how they find their words in a comment.

A phrase is words one after the other. `a/b` is either word, `wor*` any word that begins
so, `<set>` any word of that set, and `...` stands for up to four words between. Spelling is
the language's own: phrases and comments are made plain in the same way.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from surveys.words import fold

SHIPPED = ("en", "pl", "ar")
"""Languages with words of concern. Only English has been read by its speakers so far."""

BREAK = "|"
"""Stands where a phrase was taken out, so that no other phrase reaches over the place."""

_GAP = rf"(?: (?!\{BREAK})\S+){{0,4}}?"
_LONG_RUN = re.compile(r"(\D)\1{2,}")
_ALIKE = str.maketrans({"ł": "l", "ı": "i", "ة": "ه", "ى": "ي", "ـ": None})
"""Letters that Unicode does not take apart, and Arabic ones typed for each other."""


@dataclass(frozen=True)
class Rule:
    """A name in plain words, and what its phrases look like in plain text."""

    name: str
    phrases: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether any phrase is in a text that `plain` made."""
        return self._pattern.search(text) is not None

    def without(self, text: str) -> str:
        """The text with a break in place of every phrase."""
        return self._pattern.sub(BREAK, text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\S)(?:{'|'.join(self.phrases)})(?!\S)")


@dataclass(frozen=True)
class Words:
    """The rules of one language.

    `harmless` phrases are taken out first. `softened` ones mean "read first" and hide
    their words from the `urgent` rules; `stands` rules are urgent whatever is softened.
    `mended` has common typing errors; `sturdy` words are so unlike any other that one wrong
    letter is forgiven; `familiar` ones are in nearly every comment of the language.
    """

    harmless: tuple[Rule, ...]
    softened: tuple[Rule, ...]
    stands: tuple[Rule, ...]
    urgent: tuple[Rule, ...]
    read_first: tuple[Rule, ...]
    mended: Mapping[str, str]
    sturdy: tuple[str, ...]
    familiar: frozenset[str]


def plain(text: str) -> str:
    """Lower-case words without punctuation, accents, vowel signs or drawn-out letters."""
    apart = unicodedata.normalize("NFD", _LONG_RUN.sub(r"\1", fold(text)))
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    kept = unicodedata.normalize("NFC", bare).translate(_ALIKE).replace(BREAK, " ")
    return " ".join(kept.split())


@lru_cache(maxsize=len(SHIPPED))
def words_of(language: str) -> Words:
    """The rules of a shipped language: `en.toml` and, by theme, `en_*.toml`."""
    folder = files("surveys").joinpath("concern_words")
    themes = {each.name: each for each in folder.iterdir() if _is_of(each.name, language)}
    return read_words(*(themes[name].read_text(encoding="utf-8") for name in sorted(themes)))


def read_words(*sources: str) -> Words:
    """The rules of a language's words files, TOML.

    Raises:
        ValueError: two files have a rule, or a set, of one name: one would be lost.
    """
    data = _together(map(tomllib.loads, sources))
    sets = {name: text.split() for name, text in data["sets"].items()}
    listed = {name: tuple(map(plain, words)) for name, words in sets.items()}
    return Words(
        harmless=_rules(data["harmless"], sets),
        softened=_rules(data["softened"], sets),
        stands=_rules(data["stands"], sets),
        urgent=_rules(data["urgent"], sets),
        read_first=_rules(data["read_first"], sets),
        mended={plain(w): plain(meant) for meant, ws in data["mended"].items() for w in ws.split()},
        sturdy=listed["sturdy"],
        familiar=frozenset(listed["familiar"]),
    )


def _is_of(file_name: str, language: str) -> bool:
    return re.fullmatch(rf"{language}(_\w+)?\.toml", file_name) is not None


def _together(parts: Iterable[Mapping[str, Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    whole: dict[str, dict[str, str]] = {}
    for part in parts:
        for section, named in part.items():
            known = whole.setdefault(section, {})
            twice = known.keys() & named.keys()
            if twice:
                raise ValueError(
                    f"words of concern: [{section}] has {', '.join(sorted(twice))} in two files"
                    " of one language, and one would be lost. Give one of them another name."
                )
            known.update(named)
    return whole


def _rules(written: Mapping[str, str], sets: Mapping[str, Sequence[str]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(name, tuple(_as_pattern(line, sets) for line in lines.splitlines() if line.strip()))
        for name, lines in written.items()
    )


def _as_pattern(phrase: str, sets: Mapping[str, Sequence[str]]) -> str:
    pattern, joint = "", ""
    for place in phrase.split():
        if place == "...":
            pattern += _GAP
            continue
        pattern += f"{joint}(?:{'|'.join(_as_words(place, sets))})"
        joint = " "
    return pattern


def _as_words(place: str, sets: Mapping[str, Sequence[str]]) -> list[str]:
    alternatives: list[str] = []
    for part in place.split("/"):
        named = sets[part[1:-1]] if part.startswith("<") else (part,)
        alternatives += map(_as_word, named)
    return alternatives


def _as_word(word: str) -> str:
    stem = re.escape(plain(word.removesuffix("*")))
    return rf"{stem}\w*" if word.endswith("*") else stem

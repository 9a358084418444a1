"""How a rule of concern is written, and how it finds its words in a comment.

A phrase is words one after the other. `a/b` is either word, `wor*` any word that begins
so, and `…` stands for up to four words between. Spelling is the language's own: phrases
and comments are made plain in the same way before they are compared.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from surveys.words import fold

GAP = "…"
_GAP = r"(?: \S+){0,4}?"
_LONG_RUN = re.compile(r"(\D)\1{2,}")
# Letters that Unicode does not take apart, and Arabic letters that are typed for each other.
_ALIKE = str.maketrans({"ł": "l", "ة": "ه", "ى": "ي", "ـ": None, "ı": "i"})

Phrases = tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A name in plain words, and the phrases that make it true."""

    name: str
    phrases: Phrases

    def is_in(self, plain_text: str) -> bool:
        """Whether any phrase is in a text that `plain` made."""
        return self._pattern.search(plain_text) is not None

    def without(self, plain_text: str) -> str:
        """The text with a break in place of every phrase."""
        return self._pattern.sub("|", plain_text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\S)(?:{'|'.join(map(_as_pattern, self.phrases))})(?!\S)")


@dataclass(frozen=True)
class Words:
    """The rules of one language.

    `harmless` phrases are taken out first. `softened` ones mean "read first" and hide
    their words from the `urgent` rules alone; `stands` rules are urgent whatever is softened.
    `mended` has common typing errors; `sturdy` words are so unlike any other that one wrong
    letter is forgiven; `familiar` ones are in nearly every comment of the language.
    """

    harmless: Rule
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
    return " ".join(unicodedata.normalize("NFC", bare).translate(_ALIKE).split())


def _as_pattern(phrase: str) -> str:
    pattern, joint = "", ""
    for token in phrase.split():
        if token == GAP:
            pattern += _GAP
            continue
        pattern += f"{joint}(?:{'|'.join(map(_as_word, token.split('/')))})"
        joint = " "
    return pattern


def _as_word(word: str) -> str:
    stem = re.escape(plain(word.removesuffix("*")))
    return rf"{stem}\w*" if word.endswith("*") else stem

"""Finding the choices that a parent's words name, or come near to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from surveys.figures import read_count
from surveys.model import Choice
from surveys.words import fold, numerals, squeeze

LONGEST_NAME = 200
"""Nothing longer than this many characters is taken for the name of a choice."""

MOST_SUGGESTIONS = 3
_CLOSE = 0.72
_SHARES_WORDS = 0.9
_STARTS_ALIKE = 0.8
_SHORTEST_START = 3
_NUMBERED = re.compile(r"(\d{1,9}) (.+)")
_BETWEEN = re.compile(r"\s*(\d{1,9})[.,٫](\d+)\s*")
_COMMAS = re.compile(r"[,;،؛、，；\n]")


@dataclass(frozen=True)
class Listing:
    """The choices on offer, to be found by number, by code, or by a label's words.

    `languages` are the languages whose labels count.
    """

    choices: Sequence[Choice]
    languages: Sequence[str]

    def named(self, text: str) -> tuple[Choice, ...]:
        """The choices that `text` names exactly; more than one where it is ambiguous."""
        if len(text) > LONGEST_NAME:
            return ()
        number, folded = read_count(text), fold(text)
        # "-4" and "4?" fold to 4, yet are not plainly 4.
        by_name = () if number is None and folded.isdecimal() else self._called(folded)
        found = self._unique((*self._numbered(number), *by_name))
        return found or self._both(folded)

    def several(self, text: str) -> tuple[Choice, ...]:
        """The choices that a comma-separated list names, or () if any part is unclear."""
        whole = self.named(text)
        if len(whole) == 1:
            return whole
        parts = [part for part in _COMMAS.split(text[:LONGEST_NAME]) if fold(part)]
        found = [self.named(part) for part in parts]
        if len(text) > LONGEST_NAME or any(len(named) != 1 for named in found):
            return ()
        return self._unique(choice for named in found for choice in named)

    def near(self, text: str) -> tuple[str, ...]:
        """Codes of up to three choices that `text` may have meant, the likeliest first."""
        if len(text) > LONGEST_NAME:
            return ()
        folded = fold(text)
        mentioned = [c for number in _mentioned(text) for c in self._numbered(number)]
        likely = (*self._called(folded), *mentioned, *self._alike(folded))
        return tuple(dict.fromkeys(choice.code for choice in likely))[:MOST_SUGGESTIONS]

    def _numbered(self, number: int | None) -> tuple[Choice, ...]:
        if number is None:
            return ()
        if any(_is_number(choice.code) for choice in self.choices):
            return tuple(c for c in self.choices if _is_number(c.code) and int(c.code) == number)
        return tuple(self.choices[number - 1 : number]) if number else ()

    def _called(self, folded: str) -> tuple[Choice, ...]:
        wanted = squeeze(folded)
        return tuple(c for c in self.choices if wanted and wanted in map(squeeze, self._names(c)))

    def _both(self, folded: str) -> tuple[Choice, ...]:
        # A copied line, "5. Strongly agree": number and words must name the same choice.
        match = _NUMBERED.fullmatch(folded)
        if match is None:
            return ()
        called = self._called(match[2])
        return tuple(choice for choice in self._numbered(int(match[1])) if choice in called)

    def _alike(self, folded: str) -> list[Choice]:
        scored = [(self._likeness(folded, choice), choice) for choice in self.choices]
        close = [pair for pair in scored if pair[0] >= _CLOSE]
        return [choice for _, choice in sorted(close, key=lambda pair: -pair[0])]

    def _likeness(self, folded: str, choice: Choice) -> float:
        return max(_likeness(folded, name) for name in self._names(choice))

    def _names(self, choice: Choice) -> list[str]:
        labels = (choice.labels.get(language, "") for language in self.languages)
        return [fold(choice.code), *map(fold, labels)]

    def _unique(self, found: Iterable[Choice]) -> tuple[Choice, ...]:
        codes = {choice.code for choice in found}
        return tuple(choice for choice in self.choices if choice.code in codes)


def _is_number(code: str) -> bool:
    return code.isascii() and code.isdigit()


def _mentioned(text: str) -> list[int]:
    between = _BETWEEN.fullmatch(numerals(text))
    if between:
        return [int(between[1]), int(between[1]) + 1]
    return [int(figures) for figures in re.findall(r"\d{1,9}", fold(text))]


def _likeness(typed: str, name: str) -> float:
    # Numbers that were mentioned are found as numbers; "10" is not like "1".
    if not typed or not name or name.isdecimal():
        return 0.0
    words, others = set(typed.split()), set(name.split())
    if words <= others or others <= words:
        return _SHARES_WORDS
    starts_alike = len(typed) >= _SHORTEST_START and name.startswith(typed)
    spelling = SequenceMatcher(None, typed, name, autojunk=False).ratio()
    return max(spelling, _STARTS_ALIKE if starts_alike else 0.0)

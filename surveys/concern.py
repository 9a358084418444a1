"""Whether a comment must be read before others, or answered at once.

Plain rules that anybody can read, tuned to miss nothing: they order the reading and
never replace it. "None" means only that no rule matched; a person reads every comment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from surveys.concern_rules import SHIPPED, Rule, Words, plain, words_of

UNREADABLE = "cannot be read by rules"
NO_RULES = "no rules for this language"
OTHER_LANGUAGE = "perhaps another language"

_LONG_ENOUGH = 5
_FAMILIAR_IN = 6
"""In our languages at least one word in so many is a familiar one."""

_SCRIPTS = {"ar": ("\u0600", "\u06ff")}
_LATIN = ("a", "ɏ")


class Tier(StrEnum):
    """How soon a comment must be read; `URGENT` also means help is offered at once."""

    NONE = "none"
    READ_FIRST = "read_first"
    URGENT = "urgent"


@dataclass(frozen=True)
class Concern:
    """What the rules found: the highest tier, and the names of the rules that matched."""

    tier: Tier
    rules: tuple[str, ...] = ()


def concern(text: str, language: str) -> Concern:
    """What the rules of every shipped language find in a comment.

    `language` is the conversation's ("en", "en-easyread", "pl"): parents also write in
    another one, so it never narrows the rules. A language without rules, a text
    without words, and a text that looks like none of our languages are read first.
    """
    words = plain(text)
    urgent, first = [], [*_doubts(words, language)]
    for rules in map(words_of, SHIPPED):
        found_urgent, found_first = _matches(_mend(words, rules), rules)
        urgent += found_urgent
        first += found_first
    names = tuple(dict.fromkeys(chain(urgent, first)))
    if urgent:
        return Concern(Tier.URGENT, names)
    return Concern(Tier.READ_FIRST if first else Tier.NONE, names)


def _matches(text: str, rules: Words) -> tuple[list[str], list[str]]:
    for rule in rules.harmless:
        text = rule.without(text)
    softened = [*_names(rules.softened, text)]
    hard = text
    for rule in rules.softened:
        hard = rule.without(hard)
    urgent = [*_names(rules.stands, text), *_names(rules.urgent, hard)]
    return urgent, [*softened, *_names(rules.read_first, text)]


def _names(rules: Iterable[Rule], text: str) -> Iterator[str]:
    return (rule.name for rule in rules if rule.is_in(text))


def _mend(text: str, rules: Words) -> str:
    return " ".join(_mended(word, rules) for word in text.split())


def _mended(word: str, rules: Words) -> str:
    known = rules.mended.get(word)
    if known:
        return known
    if len(word) < _LONG_ENOUGH or word in rules.familiar:
        return word
    return next((meant for meant in rules.sturdy if _one_slip(word, meant)), word)


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, extra, wrong or swapped with the next."""
    if abs(len(typed) - len(meant)) > 1 or typed[0] != meant[0]:
        return False
    same = next(
        (n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b),
        min(len(typed), len(meant)),
    )
    mine, theirs = typed[same:], meant[same:]
    swapped = mine[1::-1] + mine[2:]
    return theirs in (mine[1:], swapped) or mine[1:] == theirs[1:] or mine == theirs[1:]


def _doubts(words: str, language: str) -> Iterator[str]:
    if not any(letter.isalpha() for letter in words) or "\N{REPLACEMENT CHARACTER}" in words:
        yield UNREADABLE
        return
    if language.partition("-")[0] not in SHIPPED:
        yield NO_RULES
    if any(map(_is_foreign, words)) or _is_unfamiliar(words.split()):
        yield OTHER_LANGUAGE


def _is_unfamiliar(said: list[str]) -> bool:
    known = max(sum(word in words_of(each).familiar for word in said) for each in SHIPPED)
    return len(said) >= _LONG_ENOUGH and _FAMILIAR_IN * known < len(said)


def _is_foreign(letter: str) -> bool:
    known = (_LATIN, *_SCRIPTS.values())
    return letter.isalpha() and not any(low <= letter <= high for low, high in known)

"""A parent's words made comparable, whatever the script, keyboard or phone."""

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʹ`´＇"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TEN = "\N{KEYCAP TEN}"
_KEYCAP = "\N{COMBINING ENCLOSING KEYCAP}"


def clean(text: str) -> str:
    """The text as typed, but for NUL (removed) and half characters (shown as U+FFFD).

    Neither can be stored, and neither can be typed on purpose.
    """
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\0", ""))


def upright(text: str) -> str:
    """The text without the characters that turn a line round, for readers of somebody's words."""
    return _DIRECTIONS.sub("", text)


def is_blank(text: str) -> bool:
    """Whether nothing can be seen in it."""
    return all(_is_invisible(letter) or _is_space(letter) for letter in text)


def numerals(text: str) -> str:
    """The text with the digits of any script as 0-9, keypad emoji too, trimmed.

    Superscripts are left alone (4² is not 42) unless one circled digit is all there is.
    """
    seen = "".join(letter for letter in text if not _is_invisible(letter)).strip()
    seen = seen.replace(_KEYCAP, "")
    if seen == _TEN:
        return "10"
    if len(seen) == 1:
        return str(unicodedata.digit(seen, seen))
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in seen)


def fold(text: str) -> str:
    """The text in words: lower case, one space between words, without punctuation."""
    apart = "".join(
        f" {letter} " if unicodedata.category(letter) == "No" else letter
        for letter in numerals(text).translate(_APOSTROPHES)
    )
    folded = _compatible(_compatible(apart).casefold())
    return " ".join("".join(map(_without_punctuation, folded)).split())


def squeeze(folded: str) -> str:
    """Folded words without spaces, but for those that keep two numbers apart."""
    return re.sub(r"(?<!\d) | (?!\d)", "", folded)


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_invisible(letter: str) -> bool:
    # Direction marks, zero-width characters and the selectors that colour an emoji.
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


def _is_space(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "ZC"


def _without_punctuation(letter: str) -> str:
    return " " if unicodedata.category(letter)[0] in "PZC" else letter

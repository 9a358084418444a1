"""Text as Telegram reads it: HTML, counted in UTF-16 units, cut where a reader would."""

import html
import re
import unicodedata
from dataclasses import dataclass, field

from surveys.words import upright

MOST_UNITS = 4_096
"""The most UTF-16 units Telegram takes in one message, tags not counted."""

_RIGHT_MARK = "\u200f"
_RIGHTWARD = frozenset({"R", "AL"})
_STRONG = _RIGHTWARD | {"L"}
_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
# One thing a reader sees: a tag, an entity, a flag, or a letter with all that colours,
# joins or accents it. The bound keeps a hostile pile of accents from being one letter.
_TOKEN = re.compile(
    r"<[^>]*>|&[#\w]+;|\r\n|"
    "(?:[\U0001f1e6-\U0001f1ff]{2}|.)"
    "(?:[\u0300-\u036f\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"
    "|\u200d[^<&]){0,32}",
    re.DOTALL,
)


def safe(text: str) -> str:
    """Words of somebody's own as HTML, without the characters that turn a line round."""
    return html.escape(upright(text), quote=False)


def verbatim(text: str) -> str:
    """A parent's own words as HTML, every character kept."""
    return html.escape(text, quote=False)


def bold(text: str) -> str:
    """Somebody's words, bold."""
    return f"<b>{safe(text)}</b>"


def plain(text: str) -> str:
    """Words for a button: no markup is read there."""
    return upright(text)


def from_the_right(text: str) -> str:
    """The text with a mark before each line that would begin at the wrong side.

    A phone lets the first letter with a direction decide for a line; a Latin name at the
    start of an Arabic sentence would turn it round. Tags and entities have no direction.
    """
    return "\n".join(_RIGHT_MARK + line if _turns(line) else line for line in text.split("\n"))


def _turns(line: str) -> bool:
    letters = [unicodedata.bidirectional(each) for each in html.unescape(_TAG.sub("", line))]
    strong = [each in _RIGHTWARD for each in letters if each in _STRONG]
    return any(strong) and not strong[0]


def units(text: str) -> int:
    """UTF-16 units of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, most: int) -> str:
    """The text on one line in at most this many units, with "…" where it was cut."""
    line = " ".join(text.split())
    if units(line) <= most:
        return line
    kept = ""
    for token in _TOKEN.findall(line):
        if units(kept + token) > most - 1:
            break
        kept += token
    return kept.rstrip() + "…"


def split_message(text: str, most: int = MOST_UNITS) -> list[str]:
    """The HTML in parts of at most `most` units that each stand alone.

    No part cuts a tag, an entity or an emoji; a tag open at a cut is closed before it
    and opened again after it. Cuts fall at the end of a line or a word where there is one.
    """
    if units(text) <= most:
        # Nearly every message: what a reader sees is never more than the HTML of it.
        return [text.strip()] if _TAG.sub("", text).strip() else []
    parts, part = [], _Part()
    for token in _TOKEN.findall(text):
        # More than once where the rest after a cut is itself nearly a whole part.
        while part.tokens and part.size + _size(token) > most:
            done, part = part.cut()
            parts.append(done)
        part.add(token)
    parts.append(part.text())
    return [each for each in (part.strip() for part in parts) if _TAG.sub("", each).strip()]


@dataclass
class _Part:
    """One part in the making; `size` counts what a reader sees."""

    opened: tuple[str, ...] = ()
    tokens: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, token: str) -> None:
        self.tokens.append(token)
        self.size += _size(token)

    def text(self) -> str:
        closing = "".join(f"</{_TAG.match(tag)[2]}>" for tag in reversed(self._open()))  # type: ignore[index]  # every one of them matched
        return "".join((*self.opened, *self.tokens)) + closing

    def cut(self) -> tuple[str, "_Part"]:
        """What is sent, and the part that begins with the rest."""
        place = self._place()
        rest = self.tokens[place:]
        self.tokens = self.tokens[:place]
        after = _Part(self._open())
        for token in rest:
            after.add(token)
        return self.text(), after

    def _place(self) -> int:
        """Where to cut: after the last line, else word, of the second half; else at the end."""
        half = len(self.tokens) // 2
        for ends in ("\n", " "):
            for place in range(len(self.tokens), half, -1):
                if self.tokens[place - 1] == ends:
                    return place
        return len(self.tokens)

    def _open(self) -> tuple[str, ...]:
        stack = list(self.opened)
        for token in self.tokens:
            tag = _TAG.fullmatch(token)
            if tag and tag[1]:
                stack.pop()
            elif tag:
                stack.append(token)
        return tuple(stack)


def _size(token: str) -> int:
    if _TAG.fullmatch(token):
        return 0
    return units(html.unescape(token))

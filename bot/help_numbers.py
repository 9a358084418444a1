"""The numbers to call in what a council says about help: found, told once, and missed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

EMERGENCY = frozenset({"999", "112"})
"""The numbers that everybody knows without us."""

NO_LOCAL_NUMBER = "Families would be given no local number: set help_numbers in sendvoice.toml"
NO_CONTACT = "Families would not be told how to reach you: set contact in sendvoice.toml"

_SHORT = r"999|112|111|101|105|119|116 ?\d{3}|18000"
_LONG = r"(?:\+44|\(?0)(?:[ ()\u00a0-]{0,2}\d){7,11}"
_NUMBER = re.compile(rf"(?<![\d+.,/:£])(?:{_LONG}|{_SHORT})(?![\d/:%]|[.,]\d|[ \u00a0]?[ap]m\b)")
_TO_TEXT = re.compile(r"\b(?:text|sms)\b[^.;]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A piece of a line. `dial` is what a telephone dials, or "" where it is only words."""

    text: str
    dial: str = ""


def parts(line: str) -> Iterator[Part]:
    """The line in pieces, in order. A number for text messages is words: nobody answers it."""
    end = 0
    for found in _NUMBER.finditer(line):
        if _TO_TEXT.search(line[end : found.start()]):
            continue
        if found.start() > end:
            yield Part(line[end : found.start()])
        yield Part(found[0], re.sub(r"[^\d+]", "", found[0].replace("(0)", "")))
        end = found.end()
    if end < len(line):
        yield Part(line[end:])


def numbers(line: str) -> frozenset[str]:
    """The numbers to call in a line, as they are dialled."""
    return frozenset(part.dial for part in parts(line) if part.dial)


def once(lines: Iterable[str], *, after: str = "") -> tuple[str, ...]:
    """The lines without those whose numbers `after`, or a line before, has given already."""
    said, kept = set(numbers(after)), []
    for line in lines:
        called = numbers(line)
        if not called or called - said:
            kept.append(line)
        said |= called
    return tuple(kept)


def lacking(help_numbers: Iterable[str], contact: str) -> tuple[str, ...]:
    """What a council must be warned of before it asks real families; mostly nothing."""
    is_local = any(numbers(line) - EMERGENCY for line in help_numbers)
    return (*(() if is_local else (NO_LOCAL_NUMBER,)), *(() if contact.strip() else (NO_CONTACT,)))

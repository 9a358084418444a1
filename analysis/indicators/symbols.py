"""What a cell without a number means. The meaning belongs to the layout, so it is a table.

`-` is "missing" in the Explore Education Statistics layout and zero in the Ministry of
Justice's tribunal table: a reader passes its own table to `read_cell`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.records import Missing

SymbolTable = Mapping[str, Missing | float]
"""Symbol as printed in the file, without square brackets, to why there is no number.

Or to the number it stands for, as the Ministry of Justice's "-" stands for 0.
"""

EES_SYMBOLS: SymbolTable = {
    "c": Missing.SUPPRESSED,
    "k": Missing.SUPPRESSED,
    "z": Missing.NOT_APPLICABLE,
    "low": Missing.ROUNDS_TO_ZERO,
    "~": Missing.ROUNDS_TO_ZERO,
    "u": Missing.LOW_RELIABILITY,
    "x": Missing.UNAVAILABLE,
    ":": Missing.UNAVAILABLE,
    "..": Missing.UNAVAILABLE,
    ".": Missing.UNAVAILABLE,
    "-": Missing.UNAVAILABLE,
    "N/A": Missing.UNAVAILABLE,
    "": Missing.BLANK,
}
"""Explore Education Statistics, and the older symbols its files used before 2024.

z, x, c, low and u are the current ones; k, ~, :, "..", ".", "-" and N/A are older.
"""

MOJ_SYMBOLS: SymbolTable = {
    "-": 0.0,
    "..": Missing.UNAVAILABLE,
    "x": Missing.UNAVAILABLE,
    "~": Missing.SUPPRESSED,
    "": Missing.BLANK,
}
"""The Ministry of Justice's tribunal table.

Its own notes explain -, .. and ~; x marks decisions that cannot be computed for a council.
"""

NCCIS_SYMBOLS: SymbolTable = {
    "c": Missing.SUPPRESSED,
    "z": Missing.NOT_APPLICABLE,
    "": Missing.BLANK,
}
"""The file on young people in nothing (NEET), which has the columns of EES and two symbols."""

SYMBOLS: Mapping[str, SymbolTable] = {
    "ees": EES_SYMBOLS,
    "moj": MOJ_SYMBOLS,
    "nccis": NCCIS_SYMBOLS,
}
"""Each layout's table, by the name that definition data gives it."""

MISSING_WORDS: Mapping[Missing, str] = {
    Missing.SUPPRESSED: "hidden by the publisher to protect people",
    Missing.NOT_APPLICABLE: "does not apply",
    Missing.UNAVAILABLE: "not available",
    Missing.ROUNDS_TO_ZERO: "above zero but rounds to zero",
    Missing.LOW_RELIABILITY: "not reliable enough to publish",
    Missing.BLANK: "left blank by the publisher",
}

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True)
class UnknownSymbol:
    """A cell that is neither a number nor a symbol of the table. Never guessed."""

    text: str


def read_cell(text: str, symbols: SymbolTable) -> float | Missing | UnknownSymbol:
    """The number in a cell, why there is none, or the unknown symbol itself.

    Spaces around, also no-break ones, are ignored. Only plain digits make a number:
    thousands commas, exponents and percent signs are unknown symbols, because the
    layouts read here never hold them. Symbols keep the publisher's capitals.
    """
    token = text.strip()
    if _NUMBER.fullmatch(token):
        return float(token)
    bracketed = _BRACKETED.fullmatch(token)
    symbol = bracketed.group(1).strip() if bracketed else token
    if bracketed and not symbol:
        return UnknownSymbol(token)
    return symbols.get(symbol, UnknownSymbol(token))

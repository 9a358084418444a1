"""LAIT's cells: numbers with float noise, "-" for missing, and what a figure may be."""

import re

from analysis.indicators.symbols import SymbolTable, UnknownSymbol, read_cell
from surveys.records import Missing

LAIT_SYMBOLS: SymbolTable = {
    "-": Missing.UNAVAILABLE,
    "..": Missing.UNAVAILABLE,
    "x": Missing.UNAVAILABLE,
    "c": Missing.SUPPRESSED,
    "z": Missing.NOT_APPLICABLE,
    "low": Missing.ROUNDS_TO_ZERO,
    "u": Missing.LOW_RELIABILITY,
    "": Missing.BLANK,
}
"""`-` is all that LAIT prints now: hidden, not collected and not applicable alike."""

_EXPONENT = re.compile(r"-?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+")
_NOISE = 10
"""Decimal places kept: 70.900000000000006 is 70.9 as a spreadsheet stores it."""


def read_value(text: str) -> float | Missing | UnknownSymbol:
    """The number in a cell without its float noise, why there is none, or the unknown symbol."""
    token = text.strip()
    found = float(token) if _EXPONENT.fullmatch(token) else read_cell(token, LAIT_SYMBOLS)
    return round(found, _NOISE) if isinstance(found, float) else found


def fault_of(text: str, found: float | Missing | UnknownSymbol, unit: str) -> tuple[str, str]:
    """What is wrong with a cell of a figure in this unit and what to do, ("", "") where nothing."""
    if isinstance(found, UnknownSymbol):
        known = ", ".join(symbol for symbol in LAIT_SYMBOLS if symbol)
        cause = f'"{text}" is neither a number nor a symbol this layout knows ({known}).'
        return cause, "Ask the publisher what it means; it was not guessed."
    if found is Missing.BLANK:
        cause = "The cell is empty, or holds a formula without its value."
        return cause, "Open the file in Excel and save it again, or download it again."
    if isinstance(found, float):
        return _number_fault(text, found, unit)
    return "", ""


def _number_fault(text: str, found: float, unit: str) -> tuple[str, str]:
    remedy = "Download the file again, or ask the publisher."
    if found < 0:
        return f'"{text}" is below zero.', remedy
    if unit == "percent" and found > 100:  # noqa: PLR2004 - percent is of a hundred
        return f'"{text}" is above 100, and this is a percentage.', remedy
    if unit == "count" and not found.is_integer():
        return f'"{text}" is not a whole number, and a count is.', remedy
    return "", ""

"""Numbers and dates as people write them, read strictly or not at all."""

import re
from datetime import date

from surveys.words import fold, numerals

LONGEST = 64
"""Nothing longer than this many characters is read as a number or a date."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

_COUNT = re.compile(r"[(#]?\s*([0-9]{1,9})\s*[.)!]?")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<part>[0-9]*))?"
)
_MOST_DIGITS = 15
_NUMBER_SIGNS = str.maketrans("٬،，٫．−－＋", ",,,..--+")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([a-z]+) ([0-9]{4})")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def read_count(text: str) -> int | None:
    """A whole number that is all there is: "4", "4.", "(4)", "٤", "4️⃣". Never "-4" or "4?"."""
    match = _COUNT.fullmatch(numerals(text[:LONGEST]))
    return int(match[1]) if match and len(text) <= LONGEST else None


def read_number(text: str) -> str | None:
    """A number in plain digits ("1,200" is "1200", "٣٫٥" is "3.5"), or `None`.

    A comma only ever separates thousands, as in England. At most 15 digits.
    """
    figures = numerals(text[: LONGEST + 1]).translate(_NUMBER_SIGNS)
    match = _NUMBER.fullmatch(figures)
    if len(text) > LONGEST or match is None:
        return None
    whole, part = match["whole"].replace(",", ""), match["part"] or ""
    if not 0 < len(whole + part) <= _MOST_DIGITS:
        return None
    plain = ((whole or "0").lstrip("0") or "0") + ("." + part).rstrip("0").rstrip(".")
    return f"-{plain}" if match["sign"] == "-" and plain != "0" else plain


def has_fraction(text: str) -> bool:
    """Whether a number that `read_number` reads was written with figures after the point."""
    return re.search(r"\.[0-9]", numerals(text).translate(_NUMBER_SIGNS)) is not None


def read_date(text: str) -> date | None:
    """A date written day first, as ISO, or with the month's English name; or `None`.

    Two-digit years and dates that do not exist are refused. Years 1900 to 2100.
    """
    if len(text) > LONGEST:
        return None
    parts = _date_parts(text)
    if parts is None or not EARLIEST_YEAR <= parts[0] <= LATEST_YEAR:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _date_parts(text: str) -> tuple[int, int, int] | None:
    figures = numerals(text)
    if match := _DAY_FIRST.fullmatch(figures):
        return int(match[4]), int(match[3]), int(match[1])
    if match := _ISO.fullmatch(figures):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NAMED.fullmatch(fold(text)):
        month = _month(match[2])
        return (int(match[3]), month, int(match[1])) if month else None
    return None


def _month(name: str) -> int | None:
    short = "sep" if name == "sept" else name
    for number, month in enumerate(_MONTHS, start=1):
        if short in (month, month[:3]):
            return number
    return None

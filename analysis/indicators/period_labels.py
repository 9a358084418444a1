"""The shapes of period labels: each function reads one, or says what is due instead."""

import datetime as dt
import re

_MARKED = re.compile(r"(.*?)\s*\(([A-Za-z]+)\)")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_SPLIT_YEAR = re.compile("((?:19|20)[0-9]{2})[-/]?([0-9]{2})")
_WINDOW = re.compile("((?:19|20)[0-9]{2})[-–]((?:(?:19|20))?[0-9]{2})")
_SPLIT_WINDOW = re.compile("((?:19|20)[0-9]{2})/([0-9]{2})[-–]((?:(?:19|20))?[0-9]{2})/([0-9]{2})")
_EXCEL_ORIGIN = dt.date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)
"""Excel's days from 1954 to 2119: its false 29 February 1900 lies before them."""
_LONGEST_WINDOW = 10
_MOST_WEEKS = 53


def label_and_mark(native: str) -> tuple[str, str]:
    """A label and the mark in brackets after it, "" where it has none."""
    marked = _MARKED.fullmatch(native.strip())
    return (marked.group(1), marked.group(2)) if marked else (native.strip(), "")


def single_year(label: str, kind: str) -> int:
    """The year of 4 digits. Raises ValueError."""
    if _YEAR.fullmatch(label):
        return int(label)
    raise ValueError(f'"{label}" is not {_a(kind)}: one such as 2024 is due.')


def split_year(label: str, kind: str) -> int:
    """The first year of 202425, 2024/25 or 2024-25. Raises ValueError."""
    found = _SPLIT_YEAR.fullmatch(label)
    if found and _follows(found.group(1), found.group(2)):
        return int(found.group(1))
    raise ValueError(f'"{label}" is not {_a(kind)}: one such as 202425 or 2024/25 is due.')


def census_day(label: str, kind: str) -> dt.date:
    """The day of 2025-01-16, 16/01/2025, or of Excel's count of days. Raises ValueError."""
    if re.fullmatch("[0-9]{5}", label) and int(label) in _EXCEL_DAYS:
        return _EXCEL_ORIGIN + dt.timedelta(days=int(label))
    year_first = re.fullmatch("([0-9]{4})-([0-9]{2})-([0-9]{2})(?: 00:00:00)?", label)
    day_first = re.fullmatch("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", label)
    parts = year_first.groups() if year_first else day_first.groups()[::-1] if day_first else ()
    if parts:
        try:
            return dt.date(*map(int, parts))
        except ValueError:
            pass
    raise ValueError(f'"{label}" is not {_a(kind)}: a day such as 16/01/2025 is due.')


def week_of(label: str, kind: str) -> tuple[int, int]:
    """The year of a label and the week that its kind ("Week 42") names. Raises ValueError."""
    week = int(kind.removeprefix("Week "))
    if not 1 <= week <= _MOST_WEEKS:
        raise ValueError(f'"{kind}" is not a week of a year: 1 to {_MOST_WEEKS} are due.')
    return single_year(label, "year of a week"), week


def window_of(label: str) -> tuple[int, int, bool]:
    """The first and last year of 2021-23, or of 2013/14-15/16 (then True). Raises ValueError."""
    split = _SPLIT_WINDOW.fullmatch(label)
    plain = _WINDOW.fullmatch(label)
    if split and _follows(split.group(1), split.group(2)) and _follows(*split.groups()[2:]):
        first, last = int(split.group(1)), _last(split.group(1), split.group(3))
    elif plain:
        first, last = int(plain.group(1)), _last(*plain.groups())
    else:
        first, last = 0, 0
    if 1 < last - first + 1 <= _LONGEST_WINDOW:
        return first, last, split is not None
    raise ValueError(
        f'"{label}" is not a window of years: one such as 2021-23 or 2013/14-15/16 is due.'
    )


def _follows(first: str, second: str) -> bool:
    return (int(first) + 1) % 100 == int(second)


def _last(first: str, last: str) -> int:
    """The year that two digits mean after a first year: 1999-01 ends in 2001."""
    if len(last) == len(first):
        return int(last)
    year = int(first) // 100 * 100 + int(last)
    return year if year >= int(first) else year + 100


def _a(kind: str) -> str:
    article = "an" if kind[:1].casefold() in set("aeiou") else "a"
    return f"{article} {kind.casefold()}"

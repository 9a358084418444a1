"""Periods as the publishers label them, typed, and put in order without arithmetic on labels.

202425 minus 202324 is 101 and means nothing: a label is read into its first year, and
"previous" is the one before it in order. A label alone does not say what it is: 2016-17 is
a split year in one series and a window of two years in another, so its kind is declared.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import total_ordering

from analysis.indicators.period_labels import (
    census_day,
    label_and_mark,
    single_year,
    split_year,
    week_of,
    window_of,
)


class PeriodKind(StrEnum):
    """What stretch of time a figure is about. Two kinds have no order between them."""

    CALENDAR = "Calendar year"
    REPORTING = "Reporting year"
    ACADEMIC = "Academic year"
    FINANCIAL = "Financial year"
    CENSUS_DAY = "Census day"
    WINDOW = "Window of calendar years"
    SPLIT_WINDOW = "Window of split years"
    WEEK = "Week"


class Standing(IntEnum):
    """How final a figure is, the later replacing the earlier; unmarked is as first published."""

    PROVISIONAL = 0
    UNMARKED = 1
    REVISED = 2
    FINAL = 3
    OUTTURN = 4


_MARKS = {
    "prov": Standing.PROVISIONAL,
    "provisional": Standing.PROVISIONAL,
    "p": Standing.PROVISIONAL,
    "rev": Standing.REVISED,
    "revised": Standing.REVISED,
    "r": Standing.REVISED,
    "final": Standing.FINAL,
    "ot": Standing.OUTTURN,
    "outturn": Standing.OUTTURN,
}
_SINGLE = {
    "Calendar year": PeriodKind.CALENDAR,
    "Reporting year": PeriodKind.REPORTING,
}
_SPLIT = {
    "Academic year": PeriodKind.ACADEMIC,
    "Financial year": PeriodKind.FINANCIAL,
}
_ENDING = {
    "Academic year ending": PeriodKind.ACADEMIC,
    "Financial year ending": PeriodKind.FINANCIAL,
}
_CENSUS = ("January census", "Census day")
_WINDOW = "Window of years"


@total_ordering
@dataclass(frozen=True)
class Period:
    """A period beginning in `first_year`; `native` is the file's own label, mark included.

    `within` is the week of a week, and month * 100 + day of a census day (100 where only
    January is known); `years` is the length of a window; `words` is the period as people
    write it, its mark included. Comparing periods of different kinds, or windows of
    different lengths, raises ValueError.
    """

    kind: PeriodKind
    first_year: int
    native: str
    words: str
    within: int = 0
    years: int = 1
    standing: Standing = Standing.UNMARKED

    @property
    def scale(self) -> str:
        """The kind in words, a window with its length: only equal scales are comparable."""
        return f"{self.kind} ({self.years} years)" if self.years > 1 else str(self.kind)

    @property
    def last_year(self) -> int:
        """The calendar year in which it ends."""
        split = (PeriodKind.ACADEMIC, PeriodKind.FINANCIAL, PeriodKind.SPLIT_WINDOW)
        return self.first_year + self.years - (self.kind not in split)

    @property
    def time(self) -> tuple[str, int, int]:
        """The stretch of time itself, whatever the label and however final the figure."""
        return (self.scale, self.first_year, self.within)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        if self.scale != other.scale:
            kinds = ", ".join(sorted((self.scale, other.scale)))
            raise ValueError(f"Periods of different kinds cannot be put in order: {kinds}.")
        return self._place() < other._place()

    def _place(self) -> tuple[int, int, int, str]:
        return (self.first_year, self.within, self.standing, self.native)


def parse_period(native: str, kind: str) -> Period:
    """Read one label of one declared kind.

    `kind` is "Calendar year" or "Reporting year" (2024), "Academic year" or "Financial
    year" (202425, 2024/25, 2024-25), the same with "ending" after it (2025 is 2024/25),
    "January census" (2025), "Census day" (2025-01-16, 16/01/2025 or Excel's 45673),
    "Window of years" (2021-23, 2013/14-15/16) or "Week 42" (2020). A mark in brackets may
    follow: prov, Rev, Final, OT. Raises ValueError saying what is wrong and what is due.
    """
    label, mark = label_and_mark(native)
    if mark and mark.casefold() not in _MARKS:
        raise ValueError(f'"{native}" is not a period: its mark is none of {", ".join(_MARKS)}.')
    period = replace(_parse(label, kind), native=native)
    if not mark:
        return period
    standing = _MARKS[mark.casefold()]
    return replace(period, words=f"{period.words} ({standing.name.lower()})", standing=standing)


def _parse(label: str, kind: str) -> Period:
    if kind in _SINGLE:
        return Period(_SINGLE[kind], single_year(label, kind), label, label)
    if kind in _SPLIT:
        return _split(split_year(label, kind), _SPLIT[kind], label)
    if kind in _ENDING:
        return _split(single_year(label, kind) - 1, _ENDING[kind], label)
    if kind in _CENSUS:
        return _census(label, kind)
    if kind == _WINDOW:
        return _window(label)
    if re.fullmatch("Week [0-9]{1,2}", kind):
        year, week = week_of(label, kind)
        return Period(PeriodKind.WEEK, year, label, f"week {week} of {year}", within=week)
    known = ", ".join(sorted({*_SINGLE, *_SPLIT, *_ENDING, *_CENSUS, _WINDOW, "Week 42"}))
    raise ValueError(f'"{kind}" is not a kind of period this reader knows ({known}).')


def _split(first: int, kind: PeriodKind, label: str) -> Period:
    return Period(kind, first, label, _split_words(first))


def _split_words(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02}"


def _census(label: str, kind: str) -> Period:
    if kind == "January census" and re.fullmatch("[0-9]{1,4}", label):
        year = single_year(label, kind)
        return Period(PeriodKind.CENSUS_DAY, year, label, f"January {year}", within=100)
    day = census_day(label, kind)
    words = f"{day.day} {day:%B} {day.year}"
    within = day.month * 100 + day.day
    return Period(PeriodKind.CENSUS_DAY, day.year, label, words, within=within)


def _window(label: str) -> Period:
    first, last, is_split = window_of(label)
    years = last - first + 1
    ends = (_split_words(first), _split_words(last)) if is_split else (str(first), str(last))
    kind = PeriodKind.SPLIT_WINDOW if is_split else PeriodKind.WINDOW
    words = f"{ends[0]} to {ends[1]} ({years} years together)"
    return Period(kind, first, label, words, years=years)


def ordered_periods(labels: Iterable[tuple[str, str]]) -> tuple[Period, ...]:
    """The distinct periods of (label, kind) pairs, oldest first.

    Of the labels of one period only the most final is kept: a revised figure stands for
    the provisional one. Raises ValueError for a label that does not fit its kind, and where
    kinds are mixed: a calendar year and an academic year have no order between them, nor
    have a window of three years and a single one.
    """
    periods = {parse_period(native, kind) for native, kind in labels}
    return tuple({period.time: period for period in sorted(periods)}.values())


def latest_and_previous(labels: Iterable[tuple[str, str]]) -> tuple[Period | None, Period | None]:
    """The latest period of (label, kind) pairs and the one before it in order, if there are.

    Raises as `ordered_periods` does.
    """
    periods = ordered_periods(labels)
    return periods[-1] if periods else None, periods[-2] if len(periods) > 1 else None


def period_words(native: str, kind: str) -> str:
    """A stored period as people write it; a label that cannot be read is shown as it is."""
    try:
        return parse_period(native, kind).words
    except ValueError:
        return native

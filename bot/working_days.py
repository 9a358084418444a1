"""Working days in England: the clock of everything that somebody must read in time."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.local_time import LONDON

_SATURDAY = 5


def due_on(now: datetime) -> date:
    """The working day in England after the day of `now`: the last one to read a comment on."""
    day = now.astimezone(LONDON).date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def same_day(now: datetime) -> date:
    """The day of `now` in England where it is a working day, else the next one that is."""
    day = now.astimezone(LONDON).date()
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Whether it is neither a Saturday, a Sunday nor a bank holiday in England."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


@lru_cache(maxsize=4)
def _bank_holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415 - slow to import

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))

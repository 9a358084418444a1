"""Dates and times as people in England write them."""

from datetime import datetime
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in_words(moment: datetime) -> str:
    """The day in England at `moment`, such as "28 March 2027"."""
    there = moment.astimezone(ENGLAND)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}"


def moment_in_words(moment: datetime) -> str:
    """The day and time in England, such as "28 March 2027 at 11:59pm"."""
    return f"{day_in_words(moment)} at {time_in_words(moment)}"


def time_in_words(moment: datetime) -> str:
    """The time in England to the minute: "5pm", "9:30am", "midday" or "midnight"."""
    there = moment.astimezone(ENGLAND)
    if there.minute == 0 and there.hour in (0, 12):
        return "midday" if there.hour else "midnight"
    minutes = f":{there.minute:02}" if there.minute else ""
    half = ("am", "pm")[there.hour // 12]
    return f"{there.hour % 12 or 12}{minutes}{half}"

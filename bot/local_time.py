"""Times as people in England write and read them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.errors import RoundRefused

LONDON = ZoneInfo("Europe/London")

_MONTHS = (
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
_FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M")


def parse(text: str) -> datetime:
    """A time in England, such as "2027-03-28 23:59" or "28/03/2027 23:59", as UTC.

    Raises:
        RoundRefused: it is not a time, or the clocks skip it or show it twice.
    """
    local = _naive(text.strip()).replace(tzinfo=LONDON)
    moment = local.astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise RoundRefused(f"{text}: the clocks go forward over this time. Choose another.")
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise RoundRefused(f"{text}: the clocks go back over this time. Choose another.")
    return moment


def parse_day(text: str, what: str = "The day") -> date:
    """A day, such as "30/6/2027", "30 June 2027" or "2027-06-30". `what` it is, for the error.

    Raises:
        RoundRefused: it is not a day.
    """
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %m %Y"):
        try:
            return datetime.strptime(_in_numbers(text), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    if not text.strip():
        raise RoundRefused(f"{what}: write a day, such as 30/6/2027 or 30 June 2027.")
    raise RoundRefused(f"{what}: {text!r} is not a day. Write it like 30/6/2027 or 30 June 2027.")


def _in_numbers(text: str) -> str:
    """The text with the name of a month, whole or its first three letters, as a number."""
    words = text.replace(",", " ").split()
    for number, month in enumerate(_MONTHS, 1):
        if len(words) == 3 and words[1].casefold() in (month.casefold(), month[:3].casefold()):  # noqa: PLR2004 - day, month, year
            words[1] = str(number)
    return " ".join(words)


def day_in_words(moment: datetime) -> str:
    """The day in England at `moment`, such as "28 March 2027"."""
    return date_in_words(moment.astimezone(LONDON).date())


def date_in_words(day: date) -> str:
    """A day as people in England write it, such as "28 March 2027"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime) -> str:
    """The day and time in England, such as "28 March 2027 at 11:59pm"."""
    return f"{day_in_words(moment)} at {time_in_words(moment)}"


def time_in_words(moment: datetime) -> str:
    """The time in England to the minute: "5pm", "9:30am", "midday" or "midnight"."""
    there = moment.astimezone(LONDON)
    if there.minute == 0 and there.hour in (0, 12):
        return "midday" if there.hour else "midnight"
    minutes = f":{there.minute:02}" if there.minute else ""
    half = ("am", "pm")[there.hour // 12]
    return f"{there.hour % 12 or 12}{minutes}{half}"


def _naive(text: str) -> datetime:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the caller adds the zone
        except ValueError:
            continue
    raise RoundRefused(
        f"{text!r} is not a time. Write it like 28/3/2027 17:00 or 2027-03-28 17:00."
    )

"""Times as people in England write and read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.errors import RoundRefused

LONDON = ZoneInfo("Europe/London")

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


def words(moment: datetime) -> str:
    """A time in England in words: "28 March 2027 at 11:59pm"."""
    local = moment.astimezone(LONDON)
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02d}" if local.minute else ""
    half = "am" if local.hour < 12 else "pm"  # noqa: PLR2004 - noon
    return f"{local.day} {local:%B %Y} at {hour}{minutes}{half}"


def _naive(text: str) -> datetime:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the caller adds the zone
        except ValueError:
            continue
    raise RoundRefused(f"{text!r} is not a time. Write it like 2027-03-28 17:00.")

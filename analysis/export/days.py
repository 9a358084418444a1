"""Days as people in England write them."""

from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def in_words(day: date) -> str:
    """A day, such as "28 March 2027", whatever the machine's own language is."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

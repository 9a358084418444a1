"""Numbers as people in England read them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from analysis.indicators.symbols import MISSING_WORDS
from surveys.records import IndicatorValue


def number_words(value: float, unit: str) -> str:
    """A value in its unit: "41.0%", "1,492", "3.2". Halves round up, as publishers do."""
    if unit == "count":
        return f"{rounded(value, 0):,}"
    words = f"{rounded(value, 1):,}"
    return f"{words}%" if unit == "percent" else words


def rounded(value: float, places: int) -> Decimal:
    """The value to some decimal places, halves away from zero."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def value_words(value: IndicatorValue) -> str:
    """The figure, or the words for why there is none."""
    if value.value is not None:
        return number_words(value.value, value.unit)
    if value.missing is not None and not value.note:
        return MISSING_WORDS[value.missing].capitalize()
    return "Not given"


def base_words(value: IndicatorValue) -> str:
    """The base of a percentage, such as "611 of 1,492"; "" where there is none."""
    if value.unit != "percent" or value.numerator is None or value.denominator is None:
        return ""
    return f"{number_words(value.numerator, 'count')} of {number_words(value.denominator, 'count')}"


def day_words(day: date) -> str:
    """A day, such as "2 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def plain_number(value: float) -> str:
    """A number as it was published, to one decimal place at most: "62", "61.5"."""
    return f"{rounded(value, 0 if float(value).is_integer() else 1):,}"

"""Periods as the publisher labels them, put in order without arithmetic on labels.

202425 minus 202324 is 101 and means nothing: a period is parsed into its first year,
and "previous" is the one before it in order.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SINGLE_YEAR_KINDS = frozenset({"Calendar year", "Reporting year"})
"""Kinds written as one year of 4 digits, such as 2024."""

SPANNING_KINDS = frozenset({"Academic year", "Financial year"})
"""Kinds written as 6 digits over two years, such as 202425."""


@dataclass(frozen=True, order=True)
class Period:
    """A period of `kind` beginning in `first_year`; `native` is the file's own label."""

    first_year: int
    kind: str
    native: str

    @property
    def words(self) -> str:
        """The period as people write it: "2024" or "2024/25"."""
        if self.kind in SPANNING_KINDS:
            return f"{self.native[:4]}/{self.native[4:]}"
        return self.native


def parse_period(native: str, kind: str) -> Period:
    """Read one label of one kind. Raises ValueError saying what is wrong and what is due."""
    if kind in SINGLE_YEAR_KINDS:
        if re.fullmatch(r"(19|20)[0-9]{2}", native):
            return Period(int(native), kind, native)
        raise ValueError(f'"{native}" is not a {kind.lower()}: one such as 2024 is due.')
    if kind in SPANNING_KINDS:
        if re.fullmatch(r"(19|20)[0-9]{4}", native) and _consecutive(native):
            return Period(int(native[:4]), kind, native)
        raise ValueError(f'"{native}" is not an {kind.lower()}: one such as 202425 is due.')
    known = ", ".join(sorted(SINGLE_YEAR_KINDS | SPANNING_KINDS))
    raise ValueError(f'"{kind}" is not a kind of period this reader knows ({known}).')


def ordered_periods(labels: Iterable[tuple[str, str]]) -> tuple[Period, ...]:
    """The distinct periods of (label, kind) pairs, oldest first.

    Raises ValueError for a label that does not fit its kind, and where kinds are mixed:
    a calendar year and an academic year have no order between them.
    """
    periods = {parse_period(native, kind) for native, kind in labels}
    kinds = sorted({period.kind for period in periods})
    if len(kinds) > 1:
        raise ValueError(f"Periods of different kinds cannot be put in order: {', '.join(kinds)}.")
    return tuple(sorted(periods))


def period_words(native: str, kind: str) -> str:
    """A stored period as people write it; a label that cannot be read is shown as it is."""
    try:
        return parse_period(native, kind).words
    except ValueError:
        return native


def _consecutive(native: str) -> bool:
    return (int(native[2:4]) + 1) % 100 == int(native[4:])

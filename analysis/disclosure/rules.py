"""The rules: which counts are too small to show, and how far a hidden one must stay open.

`docs/decisions/0009-what-is-hidden-has-another-explanation.md` says why.
"""

from collections.abc import Iterable
from enum import StrEnum

SMALL_COUNTS = range(1, 5)
LEAST = 5
"""The smallest count above nought that is shown."""

LOW_BASE = 30
LOW_BASE_NOTE = "Low base: under 30"

TOO_FEW = "fewer than {threshold} answers"
HIDDEN = (
    "fewer than {threshold} answers, or hidden so that such a row does not follow from the total"
)
SMALL = "some counts are from 1 to 4, or would tell such a count"
FOLLOWS = "its small groups could be worked out from the total"
FEW = "few people, or hidden so that a count of few people does not follow"

Range = tuple[int, int | None]
"""From, to; `None` is without end."""


class Kind(StrEnum):
    """What a count counts, which decides when it is hidden and what must stay possible."""

    BASE = "base"
    """People a share or a mean is made of: 1 up to below the threshold is hidden."""

    ANSWER = "answer"
    """People who gave an answer, or did not give it: 1 to 4 is hidden."""

    NO_ANSWER = "no_answer"
    """People who did not know, skipped, or are counted only apart: 1 to 4 is hidden."""


def is_small(kind: Kind, count: int, threshold: int) -> bool:
    """Whether a count must be hidden for its own sake."""
    return 0 < count < threshold if kind is Kind.BASE else count in SMALL_COUNTS


def must_allow(kind: Kind, count: int, threshold: int) -> tuple[Range, ...]:
    """The ranges of which one must remain possible, to a reader, for a hidden count.

    A small base must possibly be one that is shown, a small answer likewise; a small
    number without an answer may also possibly be none. Any other count must possibly
    be another than it is.
    """
    if not is_small(kind, count, threshold):
        return ((count + 1, None), (0, count - 1)) if count else ((1, None),)
    if kind is Kind.BASE:
        return ((threshold, None),)
    return ((LEAST, None),) if kind is Kind.ANSWER else ((0, 0), (LEAST, None))


def has_small(counts: Iterable[int]) -> bool:
    """Whether any count is from 1 to 4."""
    return any(count in SMALL_COUNTS for count in counts)


def low_base_note(base: int) -> str:
    """The warning beside a base of fewer than 30; "" from there on."""
    return LOW_BASE_NOTE if base < LOW_BASE else ""

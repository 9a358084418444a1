"""Which figures may be shown: so few answers that a family could be found are hidden.

A base below the threshold is not shown, nor anything computed from it. A table that
holds a count from 1 to 4 is withheld whole, until complementary suppression of single
cells exists; a nought is shown, for nobody stands behind it. Where rows of a table and
their total are both shown, what is hidden must not follow by subtraction: the hidden
rows together must themselves be fit to show, which takes at least two. They give one reason
between them: to say which is small and which only hides it would give the small one
away (11 people in two rows, one of them 10 or more and one not, are 10 and 1).

Tables are linked where they count the same answers over one group and a part of it: a
measure and its phases, the anchor measure and its question over everybody. Their
differences are checked as if they were shown. Tables of different questions are not: their
bases may differ by the few who skipped one of them or did not know, and that there were
a few follows, but nothing else about them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

SMALL_COUNTS = range(1, 5)
LOW_BASE = 30

LOW_BASE_NOTE = "Low base: under 30"

TOO_FEW = "fewer than {threshold} answers"
HIDDEN = (
    "fewer than {threshold} answers, or hidden so that such a row does not follow from the total"
)
SMALL = "some counts are from 1 to 4"
FOLLOWS = "its small groups could be worked out from the total"


def has_small(counts: Iterable[int]) -> bool:
    """Whether any count is from 1 to 4."""
    return any(count in SMALL_COUNTS for count in counts)


def low_base_note(base: int) -> str:
    """The warning beside a base of fewer than 30; "" from there on."""
    return LOW_BASE_NOTE if base < LOW_BASE else ""


def rows_to_hide(
    bases: Mapping[str, int],
    threshold: int,
    fit: Callable[[Sequence[str]], bool] = lambda _: True,
) -> frozenset[str] | None:
    """Which groups of a table with a shown total are hidden.

    `bases` are the groups' bases; their sum is the total's. Groups with no answers hide
    nothing: they are shown as "no answers". `fit` says whether the hidden groups taken
    together may be known. `None` where no choice of rows keeps the small ones hidden:
    then the groups are all withheld.
    """
    hidden = [group for group, base in bases.items() if 0 < base < threshold]
    if not hidden:
        return frozenset()
    others = sorted(
        (group for group, base in bases.items() if base >= threshold), key=bases.__getitem__
    )
    while not _safe(hidden, bases, threshold, fit):
        if not others:
            return None
        hidden.append(others.pop(0))
    return frozenset(hidden) if others else None


def _safe(
    hidden: Sequence[str],
    bases: Mapping[str, int],
    threshold: int,
    fit: Callable[[Sequence[str]], bool],
) -> bool:
    together = sum(bases[group] for group in hidden)
    return together >= threshold and fit(hidden)

"""Which figures may be shown: so few answers that a family could be found are hidden.

A base below the threshold is not shown, nor anything computed from it. A table that
holds a count from 1 to 4 is withheld whole, until complementary suppression of single
cells exists; a nought is shown, for nobody stands behind it. Where rows of a table and
their total are both shown, what is hidden must not follow by subtraction: the hidden
rows together must themselves be fit to show, and be at least two.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

SMALL_COUNTS = range(1, 5)
LOW_BASE = 30
LEAST_HIDDEN = 2

TOO_FEW = "fewer than {threshold} answers"
PROTECTS = "hidden so that another group's figures do not follow from the total"
SMALL = "some counts are from 1 to 4"
FOLLOWS = "its small groups could be worked out from the total"


def has_small(counts: Iterable[int]) -> bool:
    """Whether any count is from 1 to 4."""
    return any(count in SMALL_COUNTS for count in counts)


def is_low(base: int) -> bool:
    """Whether a base is shown with a warning: fewer than 30."""
    return base < LOW_BASE


def rows_to_hide(
    bases: Mapping[str, int],
    threshold: int,
    fit: Callable[[Sequence[str]], bool] = lambda _: True,
) -> dict[str, str] | None:
    """Which groups of a table with a shown total are hidden, each with its reason.

    `bases` are the groups' bases; their sum is the total's. Groups with no answers hide
    nothing: they are shown as "no answers". `fit` says whether the hidden groups taken
    together may be known. `None` where no choice of rows keeps the small ones hidden:
    then the groups are all withheld.
    """
    small = [group for group, base in bases.items() if 0 < base < threshold]
    if not small:
        return {}
    hidden = {group: TOO_FEW.format(threshold=threshold) for group in small}
    others = sorted(
        (group for group, base in bases.items() if base >= threshold), key=bases.__getitem__
    )
    while not _safe(hidden, bases, threshold, fit):
        if not others:
            return None
        hidden[others.pop(0)] = PROTECTS
    return hidden if others else None


def _safe(
    hidden: Mapping[str, str],
    bases: Mapping[str, int],
    threshold: int,
    fit: Callable[[Sequence[str]], bool],
) -> bool:
    together = sum(bases[group] for group in hidden)
    return len(hidden) >= LEAST_HIDDEN and together >= threshold and fit(list(hidden))

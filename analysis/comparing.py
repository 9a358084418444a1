"""Two rounds compared: paired where enough responses are about the same children."""

from dataclasses import dataclass

import pandas as pd

from analysis import mean_difference, share_difference
from analysis.change import LEAST_PAIRS, LEAST_SHARE, Change, Design, Side
from analysis.confidence import Share
from analysis.mean_difference import Difference
from analysis.sums import household_effect

MOST_INDEX = 100.0
"""An index lies from 0 to 100, so its change cannot exceed this many points."""


@dataclass(frozen=True)
class Group:
    """One round's people of a group, by response id.

    `figures` is a float Series, missing for people without a value: an index from 0 to 100,
    or 1 and 0 for who is and is not in a share. `households` is their household numbers
    (missing: a household of their own), or `None` where nobody's is known.
    """

    figures: pd.Series
    households: pd.Series | None = None


def change_of_mean(
    name: str, before: Group, after: Group, matched: pd.DataFrame, least_pairs: int = LEAST_PAIRS
) -> Change:
    """The change of a group's mean index, in points.

    `matched` is `pairs.Pairs.matched`. A pair counts where both its responses are in the
    group and have a value. Where there are `least_pairs` of them, and they are half or more
    of the people with a value in the smaller round, pairs alone are compared and everybody
    else is left out and counted (`paired_change_of_mean`). Otherwise everybody is compared,
    as two groups of strangers (`mean_difference.independent`). Never a mixture, and counts
    alone decide, so the figures cannot choose their own test.
    """
    old, new = before.figures.dropna(), after.figures.dropna()
    pairs = len(_usable(old, new, matched))
    if _enough(pairs, old, new, least_pairs):
        return paired_change_of_mean(name, before, after, matched)
    homes = _of(before, old), _of(after, new)
    found = mean_difference.independent(old, new, homes, MOST_INDEX)
    return _change(name, (before, after), (old, new), pairs, found, Design.INDEPENDENT)


def paired_change_of_mean(name: str, before: Group, after: Group, matched: pd.DataFrame) -> Change:
    """The change of a mean index among pairs alone, however few (`mean_difference.paired`).

    The household of a pair is that of the later round, else of the earlier one.

    Limits: pairs are families who answered twice, and may not be like the rest of a round.
    """
    old, new = before.figures.dropna(), after.figures.dropna()
    usable = _usable(old, new, matched)
    old, new = old.reindex(usable["before"]), new.reindex(usable["after"])
    differences = pd.Series(new.to_numpy() - old.to_numpy(), index=usable.index, dtype="float64")
    found = mean_difference.paired(differences, _households(usable, before, after), MOST_INDEX)
    return _change(name, (before, after), (old, new), len(usable), found, Design.PAIRED)


def change_of_share(
    name: str, before: Group, after: Group, matched: pd.DataFrame, least_pairs: int = LEAST_PAIRS
) -> Change:
    """The change of a share, in percentage points; figures are 1 (in it) and 0 (not in it).

    Paired or independent by the rule of `change_of_mean`; a pair's household as in
    `paired_change_of_mean`. Statistics: `share_difference.paired` and `independent`, with
    the bases that households leave (`sums.household_effect`).

    Raises:
        ValueError: a figure is neither 0 nor 1.
    """
    old, new = before.figures.dropna(), after.figures.dropna()
    if not (old.isin([0, 1]).all() and new.isin([0, 1]).all()):
        raise ValueError("a person is in a share (1) or not (0)")
    usable = _usable(old, new, matched)
    if _enough(len(usable), old, new, least_pairs):
        old, new = old.reindex(usable["before"]), new.reindex(usable["after"])
        moved = pd.Series(new.to_numpy() - old.to_numpy(), index=usable.index, dtype="float64")
        effect = household_effect(moved, _households(usable, before, after))
        counts = int((moved > 0).sum()), int((moved < 0).sum()), len(usable)
        found = share_difference.paired(*counts, effect)
        design = Design.PAIRED
    else:
        effects = household_effect(old, _of(before, old)), household_effect(new, _of(after, new))
        earlier, later = (Share(int(each.sum()), len(each)) for each in (old, new))
        found = share_difference.independent(earlier, later, effects)
        design = Design.INDEPENDENT
    return _change(name, (before, after), (100 * old, 100 * new), len(usable), found, design)


def _enough(pairs: int, old: pd.Series, new: pd.Series, least_pairs: int) -> bool:
    return pairs >= max(least_pairs, LEAST_SHARE * min(len(old), len(new)))


def _usable(old: pd.Series, new: pd.Series, matched: pd.DataFrame) -> pd.DataFrame:
    return matched[matched["before"].isin(old.index) & matched["after"].isin(new.index)]


def _of(group: Group, people: pd.Series) -> pd.Series | None:
    return None if group.households is None else group.households.reindex(people.index)


def _households(usable: pd.DataFrame, before: Group, after: Group) -> pd.Series:
    """The pairs' households by series: numbers of the two rounds are kept apart."""
    homes = pd.Series(None, index=usable.index, dtype="object")
    for side, group in (("after", after), ("before", before)):
        if group.households is not None:
            found = group.households.reindex(usable[side]).astype("object").to_numpy()
            named = pd.Series(found, index=usable.index, dtype="object").map(
                lambda number, side=side: f"{side} {number}", na_action="ignore"
            )
            homes = homes.where(homes.notna(), named)
    return homes


def _change(
    name: str,
    groups: tuple[Group, Group],
    compared: tuple[pd.Series, pd.Series],
    pairs: int,
    found: Difference,
    design: Design,
) -> Change:
    before, after = (
        _side(group.figures, figures) for group, figures in zip(groups, compared, strict=True)
    )
    return Change(name, design, before, after, pairs, found, p_holm=found.p_value)


def _side(everybody: pd.Series, compared: pd.Series) -> Side:
    valued = int(everybody.notna().sum())
    return Side(
        figure=float(compared.mean()) if len(compared) else None,
        base=len(compared),
        left_out=valued - len(compared),
        without_value=len(everybody) - valued,
    )

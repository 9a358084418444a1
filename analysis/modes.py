"""Whether people who answered in different ways (chat, web, phone, paper) answered differently."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.confidence import (
    HIGHEST,
    LOWEST,
    dont_know_share,
    index_items,
    person_indexes,
)
from analysis.frames import Answers
from analysis.holm import holm
from analysis.intervals import Interval, of_mean
from surveys.model import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_TESTED = 10
"""Modes with fewer people than this with a value join no test."""

CLAIMED_BELOW = 0.05
CHAT, TERMINAL = "chat", "terminal"
KINDS = {"telegram": CHAT}
"""Modes that go by another name here; every other mode goes by its own."""

CAUTION = (
    "A difference between ways of answering may come from who chose which way, and not from the"
    " way itself."
)
WELCH = "Welch's analysis of variance"
KRUSKAL = "Kruskal-Wallis"
WHY_WELCH = (
    "It compares the mean indexes that are shown, and does not take the ways of answering to be"
    " equally large or equally spread."
)
WHY_NO_SPREAD = (
    "It compares ranks: everybody of one way has the same index, and a comparison of means needs"
    " some spread in each."
)
WHY_RANKS = (
    "It compares ranks: most people say don't know to nothing, so means and spreads would"
    " describe them badly."
)
TOO_FEW = f"not available: fewer than two ways have {LEAST_TESTED} people or more"
ALL_SAME = "not available: everybody has the same value"
ONE_SAME = "not available: everybody of one way has the same value"
DECIMALS = 9
"""Values that differ only beyond these are the same: floating point, not families."""


@dataclass(frozen=True)
class Mode:
    """One way of answering.

    `people` counts all responses given in it, `base` those with a person index; `mean` and
    `interval` (0 to 100) are of those indexes. `dont_know` is the percent of answers to
    index items that were don't know (`confidence.dont_know_share`: the base is answers).
    `tested` is whether the mode was large enough to join the test of indexes.
    """

    mode: str
    people: int
    base: int
    mean: float | None
    interval: Interval
    dont_know: float | None
    tested: bool


@dataclass(frozen=True)
class ModeTest:
    """A test whether the modes differ; `p_value` is `None` where `reason` says why.

    `why` is why this test was chosen. `modes` took part, `left_out` counts people with a
    value in modes too small to. `p_holm` is adjusted over the two tests (index, don't know).
    """

    name: str
    why: str
    modes: tuple[str, ...]
    left_out: int
    statistic: float | None
    p_value: float | None
    p_holm: float | None
    reason: str


@dataclass(frozen=True)
class Modes:
    """The modes of a round, most used first, and whether they differ.

    `warning` is "" where they do not differ beyond chance; `caution` always goes with it.
    """

    modes: tuple[Mode, ...]
    index: ModeTest
    dont_know: ModeTest
    warning: str
    caution: str = CAUTION


def compare_modes(answers: Answers) -> Modes:
    """The ways in which a round was answered, side by side.

    Needs `people["mode"]` and `people["household"]`. The index is tested by Welch's analysis
    of variance (Welch 1951, Biometrika 38, 330-336; `scipy.stats.f_oneway`), or by ranks
    where everybody of a mode has the same index, which leaves Welch's without; each person's
    share of don't knows among index items by Kruskal and Wallis's ranks (1952, J. Am. Stat.
    Assoc. 47, 583-621; `scipy.stats.kruskal`). A mode joins a test with 10 values or more.
    The warning follows the p-values adjusted for two tests (Holm), at 0.05.

    Limits: persons are taken as independent in the tests (the intervals resample
    households); parents choose their way, so a difference is not an effect; no difference
    found is not no difference.
    """
    modes = answers.people["mode"].astype("object").replace(KINDS).fillna("not known")
    indexes = person_indexes(answers)
    counts = modes.value_counts()
    names = sorted(counts.index, key=lambda name: (-counts[name], name))
    tests = _tests(indexes, _unsure(answers), modes, names)
    return Modes(
        modes=tuple(_mode(answers, indexes, modes, name) for name in names),
        index=tests[0],
        dont_know=tests[1],
        warning=_warning(*tests),
    )


def _mode(answers: Answers, indexes: pd.Series, modes: pd.Series, name: str) -> Mode:
    people = modes.index[modes == name]
    values = indexes.loc[people].dropna()
    homes = answers.people.loc[values.index, "household"]
    return Mode(
        mode=name,
        people=len(people),
        base=len(values),
        mean=float(values.mean()) if len(values) else None,
        interval=of_mean(values, LOWEST, HIGHEST, households=homes),
        dont_know=dont_know_share(answers, list(people)),
        tested=len(values) >= LEAST_TESTED,
    )


def _unsure(answers: Answers) -> pd.Series:
    """Each person's percent of don't knows among their rated or unknown index items."""
    states = answers.states[[item.key for item in index_items(answers)]]
    unknown = (states == State.DONT_KNOW.value).sum(axis=1)
    heard = unknown + (states == State.ANSWERED.value).sum(axis=1)
    return (100 * unknown / heard.where(heard > 0)).astype("float64")


def _tests(
    indexes: pd.Series, unsure: pd.Series, modes: pd.Series, names: Sequence[str]
) -> tuple[ModeTest, ModeTest]:
    index = _test(indexes, modes, names, (WELCH, WHY_WELCH))
    if index.reason == ONE_SAME:
        index = _test(indexes, modes, names, (KRUSKAL, WHY_NO_SPREAD))
    dont_know = _test(unsure, modes, names, (KRUSKAL, WHY_RANKS))
    one, other = holm([index.p_value, dont_know.p_value])
    return replace(index, p_holm=one), replace(dont_know, p_holm=other)


def _test(
    figures: pd.Series, modes: pd.Series, names: Sequence[str], test: tuple[str, str]
) -> ModeTest:
    values = figures.dropna().round(DECIMALS)
    groups = {mode: values[modes.loc[values.index] == mode].to_numpy() for mode in names}
    large = {mode: group for mode, group in groups.items() if len(group) >= LEAST_TESTED}
    left_out = len(values) - sum(map(len, large.values()))
    none = ModeTest(*test, tuple(large), left_out, None, None, None, "")
    reason = _untestable(list(large.values()), test[0])
    if reason:
        return replace(none, reason=reason)
    statistic, p_value = _tested(test[0], list(large.values()))
    return replace(none, statistic=statistic, p_value=p_value)


def _untestable(groups: Sequence["NDArray[np.float64]"], name: str) -> str:
    if len(groups) < 2:  # noqa: PLR2004 - a comparison takes two
        return TOO_FEW
    if min(map(min, groups)) == max(map(max, groups)):
        return ALL_SAME
    one_same = name == WELCH and any(min(group) == max(group) for group in groups)
    return ONE_SAME if one_same else ""


def _tested(name: str, groups: Sequence["NDArray[np.float64]"]) -> tuple[float, float]:
    from scipy.stats import f_oneway, kruskal  # noqa: PLC0415 - heavy, and only here

    found = f_oneway(*groups, equal_var=False) if name == WELCH else kruskal(*groups)
    return float(found.statistic), float(found.pvalue)


def _warning(index: ModeTest, dont_know: ModeTest) -> str:
    differ = [
        what
        for what, test in (
            ("in confidence", index),
            ("in how often they say don't know", dont_know),
        )
        if test.p_holm is not None and test.p_holm < CLAIMED_BELOW
    ]
    if not differ:
        return ""
    return f"Ways of answering differ {' and '.join(differ)}, by more than chance. {CAUTION}"

"""Tests whether people who answered in different ways differ by more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.holm import holm

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_TESTED = 10
"""Modes with fewer households than this with a value join no test."""

WELCH = "Welch's analysis of variance"
KRUSKAL = "Kruskal-Wallis"
WHY_WELCH = (
    "It compares mean indexes, each household counting once, and does not take the ways of"
    " answering to be equally large or equally spread."
)
WHY_NO_SPREAD = (
    "It compares ranks: everybody of one way has the same index, and a comparison of means needs"
    " some spread in each."
)
WHY_RANKS = (
    "It compares ranks: most people say don't know to nothing, so means and spreads would"
    " describe them badly."
)
TOO_FEW = f"not available: fewer than two ways have {LEAST_TESTED} households or more"
ALL_SAME = "not available: everybody has the same value"
ONE_SAME = "not available: everybody of one way has the same value"
DECIMALS = 9
"""Values that differ only beyond these are the same: floating point, not families."""


@dataclass(frozen=True)
class ModeTest:
    """A test whether the modes differ; `p_value` is `None` where `reason` says why.

    `why` is why this test was chosen. `modes` took part, `left_out` counts households
    with a value in modes too small to. `p_holm` is adjusted over the two tests (index, don't know).
    """

    name: str
    why: str
    modes: tuple[str, ...]
    left_out: int
    statistic: float | None
    p_value: float | None
    p_holm: float | None
    reason: str


def mode_tests(
    indexes: pd.Series, unsure: pd.Series, modes: pd.Series, names: Sequence[str]
) -> tuple[ModeTest, ModeTest]:
    """Whether modes differ in their indexes, and in how much their people don't know.

    All Series are by response id, one a household: `indexes` and `unsure` are floats, missing
    where it has none, and `modes` are names, of which `names` are those that occur. Sources,
    choice and limits: `modes.compare_modes`.
    """
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
    if min(group.min() for group in groups) == max(group.max() for group in groups):
        return ALL_SAME
    one_same = name == WELCH and any(group.min() == group.max() for group in groups)
    return ONE_SAME if one_same else ""


def _tested(name: str, groups: Sequence["NDArray[np.float64]"]) -> tuple[float, float]:
    from scipy.stats import f_oneway, kruskal  # noqa: PLC0415 - heavy, and only here

    found = f_oneway(*groups, equal_var=False) if name == WELCH else kruskal(*groups)
    return float(found.statistic), float(found.pvalue)

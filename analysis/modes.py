"""Whether people who answered in different ways (chat, web, phone, paper) answered differently."""

from dataclasses import dataclass

import pandas as pd

from analysis.confidence import (
    HIGHEST,
    LOWEST,
    dont_know_share,
    index_items,
    person_indexes,
)
from analysis.frames import Answers
from analysis.intervals import Interval, of_mean
from analysis.mode_tests import ModeTest, mode_tests
from surveys.model import State

CLAIMED_BELOW = 0.05
KINDS = {"telegram": "chat"}
"""Modes that go by another name here; every other mode goes by its own."""

CAUTION = (
    "A difference between ways of answering may come from who chose which way, and not from the"
    " way itself."
)


@dataclass(frozen=True)
class Mode:
    """One way of answering.

    `people` counts all responses given in it, `base` those with a person index; `mean` and
    `interval` (0 to 100) are of those indexes. `dont_know` is the percent of answers to
    index items that were don't know (`confidence.dont_know_share`: the base is answers).
    `tested` is whether the mode has enough households to join the test of indexes.
    """

    mode: str
    people: int
    base: int
    mean: float | None
    interval: Interval
    dont_know: float | None
    tested: bool


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
    Assoc. 47, 583-621; `scipy.stats.kruskal`). Children of a household who were answered
    for in one mode count once, with their mean: they are alike. A mode joins a test with 10
    households or more. The warning follows the p-values adjusted for two tests (Holm), at
    0.05.

    Limits: a household that used two modes is taken as two; parents choose their way, so a
    difference is not an effect; no difference found is not no difference.
    """
    modes = answers.people["mode"].astype("object").replace(KINDS).fillna("not known")
    indexes = person_indexes(answers)
    counts = modes.value_counts()
    names = sorted(counts.index, key=lambda name: (-counts[name], name))
    homes = _homes(answers.people["household"], modes)
    index, unsure = (each.groupby(homes).mean() for each in (indexes, _unsure(answers)))
    tests = mode_tests(index, unsure, modes, names)
    return Modes(
        modes=tuple(
            _mode(answers, indexes[modes == name], name, tested=name in tests[0].modes)
            for name in names
        ),
        index=tests[0],
        dont_know=tests[1],
        warning=_warning(*tests),
    )


def _homes(households: pd.Series, modes: pd.Series) -> pd.Series:
    """By person, the response id that stands for all of their household and mode."""
    ids = households.index.to_series()
    homes = households.astype("object").where(households.notna(), ids)
    return ids.groupby([homes, modes], sort=False).transform("first")


def _mode(answers: Answers, indexes: pd.Series, name: str, *, tested: bool) -> Mode:
    values = indexes.dropna()
    homes = answers.people.loc[values.index, "household"]
    return Mode(
        mode=name,
        people=len(indexes),
        base=len(values),
        mean=float(values.mean()) if len(values) else None,
        interval=of_mean(values, LOWEST, HIGHEST, households=homes),
        dont_know=dont_know_share(answers, list(indexes.index)),
        tested=tested,
    )


def _unsure(answers: Answers) -> pd.Series:
    """Each person's percent of don't knows among their rated or unknown index items."""
    states = answers.states[[item.key for item in index_items(answers)]]
    unknown = (states == State.DONT_KNOW.value).sum(axis=1)
    heard = unknown + (states == State.ANSWERED.value).sum(axis=1)
    return (100 * unknown / heard.where(heard > 0)).astype("float64")


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

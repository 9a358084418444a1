"""Who stands behind an index: the mix of setting and provision."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.frames import NOT_GIVEN, Answers
from surveys.phases import PROVISION_NAMES, SETTING_NAMES, Provision, Setting

LEAST = 5
OTHERS = "All other combinations"
GIVEN_NOT = "not given"


class Combination(NamedTuple):
    """A setting with a provision, by their codes."""

    setting: str
    provision: str


def mix(answers: Answers, people: Sequence[str]) -> list[tuple[Combination | None, int]]:
    """How many of these people are in each combination of setting and provision.

    Largest first. Combinations of fewer than 5 people are joined as `None`, "all other
    combinations", with the next smallest where those would still be fewer than 5, so no
    count shown is from 1 to 4 unless everybody together is.
    """
    chosen = answers.people.loc[pd.Index([*people], dtype="object"), ["setting", "provision"]]
    setting, provision = chosen["setting"].cat, chosen["provision"].cat
    wide = len(provision.categories)
    counts = np.bincount(setting.codes.astype("int64") * wide + provision.codes)
    apart = [
        (Combination(setting.categories[at // wide], provision.categories[at % wide]), int(count))
        for at, count in enumerate(counts)
        if count
    ]
    apart.sort(key=lambda row: (-row[1], named(row[0])))
    return _joined(apart)


def _joined(apart: list[tuple[Combination, int]]) -> list[tuple[Combination | None, int]]:
    shown = [row for row in apart if row[1] >= LEAST]
    rest = sum(count for _, count in apart) - sum(count for _, count in shown)
    while 0 < rest < LEAST and shown:
        rest += shown.pop()[1]
    return [*shown, (None, rest)] if rest else [*shown]


def named(who: Combination) -> str:
    """A combination in words."""
    setting, provision = who
    place = GIVEN_NOT if setting == NOT_GIVEN else SETTING_NAMES[Setting(setting)]
    help_kind = GIVEN_NOT if provision == NOT_GIVEN else PROVISION_NAMES[Provision(provision)]
    return f"{place}, {help_kind}"

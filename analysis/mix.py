"""Who stands behind an index: the mix of setting and provision."""

from collections.abc import Sequence

from analysis.frames import NOT_GIVEN, Answers
from surveys.phases import PROVISION_NAMES, SETTING_NAMES, Provision, Setting

LEAST = 5
OTHERS = "All other combinations"
GIVEN_NOT = "not given"


def mix(answers: Answers, people: Sequence[str]) -> list[tuple[str, int]]:
    """How many of these people are in each combination of setting and provision.

    Largest first. Combinations of fewer than 5 people are joined as "all other
    combinations", with the next smallest where those would still be fewer than 5, so no
    count shown is from 1 to 4 unless everybody together is.
    """
    chosen = answers.people.loc[list(people), ["setting", "provision"]]
    counts = chosen.value_counts()
    named = [(_name(*pair), int(count)) for pair, count in counts.items()]  # type: ignore[misc]  # the index holds pairs
    named.sort(key=lambda row: (-row[1], row[0]))
    return _joined(named)


def _joined(named: list[tuple[str, int]]) -> list[tuple[str, int]]:
    shown = [row for row in named if row[1] >= LEAST]
    rest = sum(count for _, count in named) - sum(count for _, count in shown)
    while 0 < rest < LEAST and shown:
        rest += shown.pop()[1]
    return [*shown, (OTHERS, rest)] if rest else shown


def _name(setting: str, provision: str) -> str:
    place = GIVEN_NOT if setting == NOT_GIVEN else SETTING_NAMES[Setting(setting)]
    help_kind = GIVEN_NOT if provision == NOT_GIVEN else PROVISION_NAMES[Provision(provision)]
    return f"{place}, {help_kind}"

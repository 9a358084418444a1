"""What changed between two rounds, for everybody and phase by phase."""

from collections.abc import Callable, Sequence

import pandas as pd

from analysis.change import LEAST_PAIRS, Change, not_comparable, together
from analysis.comparable import index_break, question_break
from analysis.comparing import Group, change_of_mean, change_of_share
from analysis.confidence import TOP_TWO, person_indexes
from analysis.frames import Answers
from analysis.pairs import match

EVERYBODY = "all"
"""The group of a round's total, which is tested by itself and is in no family of tests."""

Among = Callable[[Answers], pd.Series]
"""Which persons a figure is about (bool by response id), such as `confidence.in_mainstream`."""

Figures = Callable[[Answers], pd.Series]
Compare = Callable[[str, Group, Group, pd.DataFrame, int], Change]


def everybody(answers: Answers) -> pd.Series:
    """Nobody is left out."""
    return pd.Series(data=True, index=answers.people.index)


def index_change(before: Answers, after: Answers, least_pairs: int = LEAST_PAIRS) -> Change:
    """The change of the mean confidence index of everybody who has one, in either round.

    Index points. See `comparing.change_of_mean`; "not comparable" by `comparable.index_break`.
    """
    reason = index_break(before, after)
    if reason:
        return not_comparable(EVERYBODY, reason)
    return _compare(person_indexes, change_of_mean, (before, after), [None], least_pairs)[0]


def index_changes(
    before: Answers, after: Answers, phases: Sequence[str], least_pairs: int = LEAST_PAIRS
) -> list[Change]:
    """The change of the mean confidence index of each of these phases, in this order.

    Hand over the codes of the phases that are published: they are the family of tests (Holm).
    A child is in the phase that its own round's answer names; one that moved between phases
    is in no pair here, is counted in `left_out`, and belongs to `transitions`.
    """
    reason = index_break(before, after)
    if reason:
        return [not_comparable(phase, reason) for phase in phases]
    return together(_compare(person_indexes, change_of_mean, (before, after), phases, least_pairs))


def share_change(
    before: Answers,
    after: Answers,
    key: str,
    among: Among = everybody,
    least_pairs: int = LEAST_PAIRS,
) -> Change:
    """The change of a rating's top-two share, in percentage points, over `among` as a whole.

    Base: those who gave a rating (don't know and the like are in neither side). See
    `comparing.change_of_share`; "not comparable" by `comparable.question_break`.
    """
    reason = question_break(before.questionnaire, after.questionnaire, key)
    if reason:
        return not_comparable(EVERYBODY, reason)
    figures = _top_two(key, among)
    return _compare(figures, change_of_share, (before, after), [None], least_pairs)[0]


def share_changes(
    before: Answers,
    after: Answers,
    key: str,
    phases: Sequence[str],
    among: Among = everybody,
    least_pairs: int = LEAST_PAIRS,
) -> list[Change]:
    """The change of a rating's top-two share in each of these phases; as `index_changes`."""
    reason = question_break(before.questionnaire, after.questionnaire, key)
    if reason:
        return [not_comparable(phase, reason) for phase in phases]
    figures = _top_two(key, among)
    return together(_compare(figures, change_of_share, (before, after), phases, least_pairs))


def _compare(
    figures: Figures,
    compare: Compare,
    rounds: tuple[Answers, Answers],
    phases: Sequence[str | None],
    least_pairs: int,
) -> list[Change]:
    before, after = rounds
    matched = match(before.people, after.people).matched
    old, new = figures(before), figures(after)
    return [
        compare(
            phase or EVERYBODY,
            _group(before, old, phase),
            _group(after, new, phase),
            matched,
            least_pairs,
        )
        for phase in phases
    ]


def _group(answers: Answers, figures: pd.Series, phase: str | None) -> Group:
    if phase is not None:
        phases = answers.people.loc[figures.index, "phase"]
        figures = figures[phases == phase]
    return Group(figures, answers.people.loc[figures.index, "household"])


def _top_two(key: str, among: Among) -> Figures:
    def figures(answers: Answers) -> pd.Series:
        scores = answers.scores.loc[among(answers), key]
        return (scores >= TOP_TWO).astype("float64").where(scores.notna())

    return figures

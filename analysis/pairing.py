"""The children of two linked rounds, divided by what became of their phase."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.comparable import index_break, shared_items
from analysis.confidence import person_indexes
from analysis.frames import NOT_GIVEN, Answers
from analysis.pairs import match

NO_PAIR, ELSEWHERE = "no pair", "elsewhere"
"""Who has not an index in both rounds, and who has but did not give the phase in both."""


@dataclass(frozen=True)
class Pairing:
    """The pairs with an index in both rounds, over the questions asked unchanged in both.

    `matched` is that of `pairs.Pairs`: every child with a response in both rounds. `group`
    (by series) is where an indexed child stayed or moved to, or one of the words above.
    `is_whole` says that the questions in both are all questions of either index.
    """

    matched: pd.DataFrame
    group: pd.Series
    is_whole: bool


def pairing(before: Answers, after: Answers) -> Pairing:
    """The pairs of two rounds.

    Raises:
        AnswersRefused: a series occurs twice in a round.
    """
    matched = match(before.people, after.people).matched
    keys = tuple(item.key for item in shared_items(before, after))
    old, new = matched["before"], matched["after"]
    phases = before.people["phase"].astype("object").reindex(old).to_numpy()
    then = after.people["phase"].astype("object").reindex(new).to_numpy()
    both = _has_index(before, old, keys) & _has_index(after, new, keys)
    group = [
        NO_PAIR if not has else ELSEWHERE if NOT_GIVEN in {one, other} else moved(one, other)
        for has, one, other in zip(both, phases, then, strict=True)
    ]
    return Pairing(
        matched, pd.Series(group, index=matched.index, dtype="str"), not index_break(before, after)
    )


def moved(old: str, new: str) -> str:
    """The group of children who were in one phase and are in another, or the same."""
    return f"{old} to {new}"


def _has_index(answers: Answers, ids: pd.Series, keys: Sequence[str]) -> pd.Series:
    form = answers.questionnaire
    questions = tuple(question for question in form.questions if question.key in keys)
    shared = replace(answers, questionnaire=replace(form, questions=questions))
    return pd.Series(person_indexes(shared).notna().reindex(ids).to_numpy(), index=ids.index)

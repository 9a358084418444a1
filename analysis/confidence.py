"""The confidence index: item scores, person indexes, and the anchor measure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.frames import Answers
from surveys.model import Question, State
from surveys.phases import Moment, Setting

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

LOWEST, HIGHEST = 0.0, 100.0
ENOUGH_ITEMS = 0.7
ENOUGH_CONSTRUCTS = 2 / 3
TOP_TWO = 4
"""Scores from here up are "agree" and "strongly agree"."""

IN_MAINSTREAM = (Setting.MAINSTREAM.value, Setting.UNIT_OR_ARP.value)
"""Settings inside a mainstream school: a unit is part of the school it stands in."""

INDEX_DEFINITION = (
    "Mean of persons' confidence indexes, 0 to 100 (definition of 25 November 2026). A rating"
    " of 1 to 5 scores 0, 25, 50, 75 or 100, reversed first where agreeing means less"
    " confidence. A person's index is the mean of their rated items, if they rated at least"
    " 70% of the items that apply to them and two thirds of the topics. Don't know, does not"
    " apply and skipped have no score."
)
ANCHOR_COUNTED = (
    "Share of parents whose child is taught in a mainstream school, its units and resourced"
    " provision included, who agree or strongly agree that a local mainstream school or"
    " setting can meet their child's needs (definition of 25 November 2026)."
)
ANCHOR_DEFINITION = f"{ANCHOR_COUNTED} Base: those who gave a rating."


@dataclass(frozen=True)
class Share:
    """A count among a base; don't know and the like are in neither."""

    count: int
    base: int


def item_scores(answers: Answers) -> pd.DataFrame:
    """Scores from 0 to 100, one row a person and one column an index item (float64).

    `100 (x - 1) / 4`, and `100 -` that for a reversed item. This is the one place where
    scores are reversed; what is stored never is.
    """
    items = index_items(answers)
    scores = {item.key: _item_score(answers.scores[item.key], item) for item in items}
    return pd.DataFrame(scores, index=answers.scores.index, copy=False)


def _item_score(raw: pd.Series, item: Question) -> pd.Series:
    score = 100 * (raw - 1) / 4
    return 100 - score if item.reverse else score


def person_indexes(answers: Answers) -> pd.Series:
    """Each person's index, 0 to 100 (float64, named "index"), missing by the rule below.

    Needed: ratings on at least 70% of the round's index items that apply to the person
    (rounded up: 10 of 14), and on at least two thirds of their topics (rounded up: 6 of
    8). A question that the route of somebody who finished passed by does not apply; one
    that somebody has not reached yet does, or two early answers would make an index.
    """
    people = len(answers.people)
    total, rated, applies = np.zeros(people), np.zeros(people, "int16"), np.zeros(people, "int16")
    topics: dict[str, Flags] = defaultdict(lambda: np.zeros(people, "bool"))
    for item in index_items(answers):
        score = _item_score(answers.scores[item.key], item).to_numpy()
        has_rated = ~np.isnan(score)
        total[has_rated] += score[has_rated]
        rated += has_rated
        applies += _applies(answers, item)
        topics[item.construct] |= has_rated
    covered = sum((topic.astype("int16") for topic in topics.values()), np.zeros(people, "int16"))
    enough = (rated >= _rounded_up(ENOUGH_ITEMS * applies)) & (rated > 0)
    enough &= covered >= _rounded_up(ENOUGH_CONSTRUCTS * len(topics))
    means = np.divide(total, rated, out=np.full(people, np.nan), where=enough)
    return pd.Series(means, index=answers.people.index, name="index")


def _applies(answers: Answers, item: Question) -> Flags:
    states = answers.states[item.key]
    passed_by = (states == State.NOT_ASKED.value) & answers.people["finished"]
    return (~(passed_by | (states == State.DOES_NOT_APPLY.value))).to_numpy()


def index_items(answers: Answers) -> list[Question]:
    """The questions that count in the index of a round at this moment."""
    moments = ("", Moment.BOTH.value, answers.moment)
    return [
        question
        for question in answers.questionnaire.questions
        if question.index and (not answers.moment or question.moment in moments)
    ]


def anchor_item(answers: Answers) -> Question | None:
    """The question that is the strategy's own measure, if there is one."""
    return next((q for q in answers.questionnaire.questions if q.anchor), None)


def in_mainstream(answers: Answers) -> pd.Series:
    """Which persons' children are taught in a mainstream school (bool)."""
    return answers.people["setting"].isin(IN_MAINSTREAM)


def top_two(scores: pd.Series) -> Share:
    """How many of those who gave a rating gave one of the two highest."""
    rated = scores.dropna()
    return Share(int((rated >= TOP_TWO).sum()), len(rated))


def dont_know_share(answers: Answers, people: Sequence[str]) -> float | None:
    """Percent of the index items answered by these people where the answer was don't know.

    The base is answers (ratings and don't knows), not people; `None` where there are none.
    """
    states = _index_states(answers, people)
    unknown = int((states == State.DONT_KNOW.value).to_numpy().sum())
    rated = int((states == State.ANSWERED.value).to_numpy().sum())
    return 100 * unknown / (unknown + rated) if unknown + rated else None


def people_unsure(answers: Answers, people: Sequence[str]) -> int:
    """How many of these people said don't know to any index item."""
    return int((_index_states(answers, people) == State.DONT_KNOW.value).any(axis=1).sum())


def is_unsure(answers: Answers) -> pd.Series:
    """Which persons said don't know to any index item (bool)."""
    return (_index_states(answers, list(answers.people.index)) == State.DONT_KNOW.value).any(axis=1)


def _index_states(answers: Answers, people: Sequence[str]) -> pd.DataFrame:
    states = answers.states[[item.key for item in index_items(answers)]]
    if len(people) == len(states):
        return states
    # An index of the same kind: a list would be read to find its kind, text by text.
    return states.loc[pd.Index([*people], dtype="object")]


def _rounded_up(number: Any) -> Any:
    # 0.7 x 10 is a hair above 7 in floating point.
    return np.ceil(number - 1e-9)

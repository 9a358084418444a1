"""Answers as frames. The state of an answer is a column of its own, never a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.fitting import check_fit
from surveys.columns import NONE, NOTHINGS, Column, Columns
from surveys.model import Question, Questionnaire, State
from surveys.phases import PROFILE_KEYS

NOT_GIVEN = "not_given"
"""The group of a person who did not give the answer that groups are made by."""

STATES = (State.ANSWERED.value, *(state.value for state in NOTHINGS))
"""The place of each but the first is its number in a column, turned positive."""

Numbers = np.ndarray[tuple[int], np.dtype[Any]]


@dataclass(frozen=True)
class Answers:
    """A round's answers.

    `moment` is the round's: "", "before" or "after".

    `people` has one row a response, indexed by response id, with the columns `phase`,
    `setting`, `provision` (category; `not_given` where there is none), `language` and
    `mode` (category), `finished` (bool), `household` (Int64: shared by the children of one
    invitation, a number without meaning; missing where the link was cut) and `series`
    (str: the linked rounds' random id of this child; missing where rounds are not linked).

    `states` (category) and `given` (category or missing: what was answered; several boxes
    are joined by spaces) have one row a response and one column an answerable question, in
    questionnaire order; a question without a row is `not_asked`. The categories of `given`
    begin with the question's own codes, in order.

    `scores` (float64, 1 to 5) has the same rows and one column a rating question; it is
    missing wherever the state is not `answered`, and holds the raw, unreversed rating.

    A category compares with text as text does; of `people` it has only what occurs.
    """

    questionnaire: Questionnaire
    moment: str
    people: pd.DataFrame
    states: pd.DataFrame
    given: pd.DataFrame
    scores: pd.DataFrame


def as_frames(questionnaire: Questionnaire, columns: Columns, moment: str = "") -> Answers:
    """The frames of the responses of a round at this moment ("" where it has none).

    Raises:
        AnswersRefused: an answer is to another version or question, or has no response.
        ValueError: a response occurs twice.
    """
    check_fit([questionnaire], columns)
    # Objects: the ids' own texts, found by hashes that they have already.
    index = pd.Index(columns.ids, dtype="object", name="response_id")
    if index.has_duplicates:
        raise ValueError("There are duplicate responses.")
    asked = [question for question in questionnaire.questions if question.is_answerable]
    said = {question.key: _said(question, columns) for question in asked}
    states = {key: _states(column) for key, column in said.items()}
    given = {key: _given(column) for key, column in said.items()}
    ratings = [question for question in asked if question.is_rating]
    return Answers(
        questionnaire,
        moment,
        _people(said, columns, index),
        pd.DataFrame(states, index=index, copy=False),
        pd.DataFrame(given, index=index, copy=False),
        _scores(ratings, said, index),
    )


@dataclass(frozen=True)
class _Said:
    """A question's column whose texts begin with the question's own codes, in order."""

    texts: list[str]
    numbers: Numbers


def _said(question: Question, columns: Columns) -> _Said:
    column = columns.answers.get(question.key)
    codes = [choice.code for choice in question.choices if choice.state is State.ANSWERED]
    if column is None:
        return _Said(codes, np.full(len(columns.ids), NONE, dtype="int8"))
    values = list(dict.fromkeys([*codes, *column.texts]))
    place = {value: number for number, value in enumerate(values)}
    # A number below 0 counts from the end, where the nothings stand, the first of them last.
    places = np.array([*(place[value] for value in column.texts), *range(-len(NOTHINGS), 0)])
    narrow = places.astype(np.min_scalar_type(-len(values) - 1))
    return _Said(values, narrow[_numbers(column)])


def _numbers(column: Column) -> Numbers:
    return np.asarray(column.numbers)


def _states(said: _Said) -> "pd.Categorical[str]":
    return _categorical((-np.minimum(said.numbers, 0)).astype("int8"), STATES)


def _given(said: _Said) -> "pd.Categorical[str]":
    codes = np.maximum(said.numbers, NONE)
    return _categorical(codes, said.texts)


def _scores(ratings: list[Question], said: dict[str, _Said], index: pd.Index) -> pd.DataFrame:
    # One block, a question after another: a frame of it copies nothing.
    table = np.empty((len(ratings), len(index)))
    for row, question in zip(table, ratings, strict=True):
        column, score = said[question.key], {c.code: c.score for c in question.choices}
        scores = [score.get(value) for value in column.texts]
        by_number = np.array([*scores, *(None for _ in NOTHINGS)], dtype="float64")
        row[:] = by_number[column.numbers]
    return pd.DataFrame(table.T, index=index, columns=[q.key for q in ratings], copy=False)


def _people(said: dict[str, _Said], columns: Columns, index: pd.Index) -> pd.DataFrame:
    household = np.asarray(columns.household, dtype="int64")
    people = {
        **{key: _group(said.get(key), len(index)) for key in PROFILE_KEYS},
        "language": _category(columns.language),
        "mode": _category(columns.mode),
        "finished": np.frombuffer(columns.finished, dtype="bool"),
        "household": pd.arrays.IntegerArray(household, household == NONE),
        "series": _texts(columns.series),
    }
    return pd.DataFrame(people, index=index, copy=False)


def _group(said: _Said | None, people: int) -> "pd.Categorical[str]":
    if said is None:
        return _categorical(np.zeros(people, dtype="int8"), [NOT_GIVEN])
    # A blank answer names no group either.
    given = [value or NOT_GIVEN for value in said.texts]
    groups = list(dict.fromkeys([*(value for value in given if value != NOT_GIVEN), NOT_GIVEN]))
    none = groups.index(NOT_GIVEN)
    places = np.array([*(groups.index(value) for value in given), *(none for _ in NOTHINGS)])
    codes = places.astype("int16")[said.numbers]
    return _categorical(codes, groups).remove_unused_categories()


def _category(column: Column) -> "pd.Categorical[str]":
    return _categorical(_numbers(column), column.texts)


def _categorical(numbers: Numbers, texts: Sequence[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(numbers, pd.Index([*texts], dtype="str"), validate=False)


def _texts(column: Column) -> pd.api.extensions.ExtensionArray:
    texts = np.array([*column.texts, None], dtype="object")
    return pd.array(texts[_numbers(column)], dtype="str")

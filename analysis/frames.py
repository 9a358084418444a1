"""Answers as frames. The state of an answer is a column of its own, never a number."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.fitting import check_fit
from surveys.model import Question, Questionnaire, State
from surveys.phases import PROFILE_KEYS
from surveys.records import AnswerRecord, ResponseRecord

NOT_GIVEN = "not_given"
"""The group of a person who did not give the answer that groups are made by."""


@dataclass(frozen=True)
class Answers:
    """A round's answers.

    `moment` is the round's: "", "before" or "after".

    `people` has one row a response, indexed by response id, with the columns `phase`,
    `setting`, `provision` (str; `not_given` where there is none), `language`, `mode` (str)
    and `finished` (bool).

    `states` (str) and `given` (str or missing: what was answered) have one row a response
    and one column an answerable question, in questionnaire order; a question without a row
    is `not_asked`.

    `scores` (float, 1 to 5) has the same rows and one column a rating question; it is
    missing wherever the state is not `answered`, and holds the raw, unreversed rating.
    """

    questionnaire: Questionnaire
    moment: str
    people: pd.DataFrame
    states: pd.DataFrame
    given: pd.DataFrame
    scores: pd.DataFrame


def as_frames(
    questionnaire: Questionnaire,
    responses: Sequence[ResponseRecord],
    answers: Sequence[AnswerRecord],
    moment: str = "",
) -> Answers:
    """The frames of the responses of a round at this moment ("" where it has none).

    Raises:
        AnswersRefused: an answer is to another version or question, or has no response.
        ValueError: an answer occurs twice.
    """
    check_fit([questionnaire], responses, answers)
    ids = pd.Index(sorted(response.id for response in responses), name="response_id")
    keys = [question.key for question in questionnaire.questions if question.is_answerable]
    long = pd.DataFrame(
        [(a.response_id, a.question_key, a.state.value, _said(a)) for a in answers],
        columns=["response_id", "question_key", "state", "value"],
    )
    states = _wide(long, "state", ids, keys).fillna(State.NOT_ASKED.value)
    given = _wide(long, "value", ids, keys)
    ratings = [q for q in questionnaire.questions if q.is_rating and q.is_answerable]
    scores = pd.DataFrame({q.key: _scores(q, given[q.key]) for q in ratings}, index=ids)
    people = pd.DataFrame({key: _group(given, key) for key in PROFILE_KEYS}, index=ids)
    by_id = {response.id: response for response in responses}
    people["language"] = [by_id[response_id].language for response_id in ids]
    people["mode"] = [by_id[response_id].mode for response_id in ids]
    people["finished"] = [by_id[response_id].finished_on is not None for response_id in ids]
    return Answers(questionnaire, moment, people, states, given, scores)


def _said(answer: AnswerRecord) -> str | None:
    return answer.value if answer.state is State.ANSWERED else None


def _wide(long: pd.DataFrame, column: str, ids: pd.Index, keys: list[str]) -> pd.DataFrame:
    # pivot, not pivot_table: a second row for one answer must be an error, not a choice.
    wide = long.pivot(index="response_id", columns="question_key", values=column)  # noqa: PD010
    return wide.reindex(index=ids, columns=keys).astype("object")


def _scores(question: Question, values: pd.Series) -> pd.Series:
    by_code = {c.code: float(c.score) for c in question.choices if c.score is not None}
    return values.map(by_code).astype("float64")


def _group(given: pd.DataFrame, key: str) -> pd.Series:
    if key not in given:
        return pd.Series(NOT_GIVEN, index=given.index, dtype="object")
    return given[key].fillna(NOT_GIVEN).replace("", NOT_GIVEN)

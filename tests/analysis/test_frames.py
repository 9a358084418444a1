"""Frames take every answer as it was given, and refuse what does not fit."""

import pickle
from dataclasses import replace

import pytest

from analysis.errors import AnalysisError, AnswersRefused
from analysis.fitting import check_fit
from analysis.frames import NOT_GIVEN, as_frames
from surveys.columns import NONE
from surveys.model import QuestionType, State
from tests.analysis.answers import (
    AnswerRecord,
    Said,
    answers_of,
    columns_of,
    confidence,
    form,
    frames_of,
    name,
    rating,
    responses_of,
)
from tests.builders import question

SMALL = form(rating("q1"))


def test_b29_a_blank_group_is_not_a_group_of_its_own() -> None:
    people: list[Said] = [*[{"setting": "special"}] * 7, {}, {"setting": "skip"}, {"setting": ""}]
    found = frames_of(people, confidence())
    assert dict(found.people["setting"].value_counts()) == {"special": 7, NOT_GIVEN: 3}


def test_a_value_beside_another_state_is_not_an_answer() -> None:
    stale = [AnswerRecord(name(0), "q1", State.SKIPPED, "1")]
    found = as_frames(SMALL, columns_of(responses_of([{}], SMALL), stale))
    assert found.scores["q1"].isna().all()
    assert found.given["q1"].isna().all()


def test_a_round_without_answers_has_empty_frames() -> None:
    found = frames_of([], SMALL)
    assert found.people.empty
    assert list(found.scores.columns) == ["q1"]


def test_answers_to_another_version_are_refused() -> None:
    people: list[Said] = [{"q1": "4"}]
    others = responses_of(people, form(rating("q1", "trust")))
    with pytest.raises(AnalysisError, match="1 of 1 responses are to another version"):
        as_frames(SMALL, columns_of(others, answers_of(people)))


def test_an_answer_to_an_unknown_question_is_refused() -> None:
    people: list[Said] = [{"zz": "4"}]
    with pytest.raises(AnalysisError, match="zz"):
        frames_of(people, SMALL)


def test_an_answer_without_its_response_is_refused() -> None:
    people: list[Said] = [{"q1": "4"}, {"q1": "4"}]
    with pytest.raises(AnalysisError, match="without a response, from 1"):
        as_frames(SMALL, columns_of(responses_of(people[:1], SMALL), answers_of(people)))


def test_a_refusal_reads_the_same_after_crossing_from_the_worker_process() -> None:
    refused = AnswersRefused("1 of 2 responses are to another version.")
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused)  # noqa: S301 - our own bytes
    assert str(refused).startswith("1 of 2")


def test_a_response_that_occurs_twice_is_an_error() -> None:
    columns = columns_of(responses_of([{}], SMALL), [])
    twice = replace(
        columns, ids=columns.ids * 2, finished=b"\1\1", household=columns.household * 2,
        **{each: replace(column, numbers=column.numbers * 2)
           for each in ("version", "mode", "language", "series")
           for column in [getattr(columns, each)]},
    )  # fmt: skip
    with pytest.raises(ValueError, match="duplicate"):
        as_frames(SMALL, twice)


def test_an_answer_to_a_question_of_another_version_is_unknown_to_its_own() -> None:
    other = form(rating("q2"))
    responses = [*responses_of([{}], SMALL), *responses_of([{}, {}], other)[1:]]
    answered = columns_of(responses, answers_of([{"q1": "4"}, {"q2": "4"}]))
    check_fit([SMALL, other], answered)
    crossed = columns_of(responses, answers_of([{"q1": "4"}, {"q1": "4"}]))
    with pytest.raises(AnswersRefused, match=r"unknown questions: \['q1'\]"):
        check_fit([SMALL, other], crossed)


def test_a_code_keeps_the_place_that_its_question_gives_it() -> None:
    found = frames_of([{"q1": "1"}, {"q1": "gone"}, {"q1": "5"}], SMALL)
    assert list(found.given["q1"].cat.categories) == ["5", "4", "3", "2", "1", "gone"]
    assert list(found.given["q1"]) == ["1", "gone", "5"]
    assert list(found.scores["q1"].fillna(0)) == [1.0, 0.0, 5.0]


def test_many_different_answers_are_kept_apart() -> None:
    ages = form(question("age", QuestionType.INTEGER))
    said = [str(number) for number in range(300)]
    assert list(frames_of([{"age": each} for each in said], ages).given["age"]) == said


def test_people_carry_their_mode_household_and_series() -> None:
    found = frames_of([{}] * 3, SMALL, households=[7, NONE, 7], series=["s1", None, "s2"]).people
    assert set(found["mode"]) == {"web"}
    assert found["household"].dropna().to_dict() == {name(0): 7, name(2): 7}
    assert found["series"].dropna().to_dict() == {name(0): "s1", name(2): "s2"}
    assert frames_of([{}], SMALL).people[["household", "series"]].isna().all(axis=None)

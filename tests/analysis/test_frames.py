"""Frames take every answer as it was given, and refuse what does not fit."""

import pickle

import pytest

from analysis.errors import AnalysisError, AnswersRefused
from analysis.frames import NOT_GIVEN, as_frames
from surveys.model import State
from surveys.records import AnswerRecord
from tests.analysis.answers import Said, answers_of, confidence, form, name, rating, responses_of

SMALL = form(rating("q1"))


def test_b29_a_blank_group_is_not_a_group_of_its_own() -> None:
    people: list[Said] = [*[{"setting": "special"}] * 7, {}, {"setting": "skip"}, {"setting": ""}]
    found = as_frames(confidence(), responses_of(people, confidence()), answers_of(people))
    assert dict(found.people["setting"].value_counts()) == {"special": 7, NOT_GIVEN: 3}


def test_a_value_beside_another_state_is_not_an_answer() -> None:
    stale = [AnswerRecord(name(0), "q1", State.SKIPPED, "1")]
    found = as_frames(SMALL, responses_of([{}], SMALL), stale)
    assert found.scores["q1"].isna().all()
    assert found.given["q1"].isna().all()


def test_a_round_without_answers_has_empty_frames() -> None:
    found = as_frames(SMALL, [], [])
    assert found.people.empty
    assert list(found.scores.columns) == ["q1"]


def test_answers_to_another_version_are_refused() -> None:
    people: list[Said] = [{"q1": "4"}]
    with pytest.raises(AnalysisError, match="1 of 1 responses are to another version"):
        as_frames(SMALL, responses_of(people, form(rating("q1", "trust"))), answers_of(people))


def test_an_answer_to_an_unknown_question_is_refused() -> None:
    people: list[Said] = [{"zz": "4"}]
    with pytest.raises(AnalysisError, match="zz"):
        as_frames(SMALL, responses_of(people, SMALL), answers_of(people))


def test_an_answer_without_its_response_is_refused() -> None:
    people: list[Said] = [{"q1": "4"}, {"q1": "4"}]
    with pytest.raises(AnalysisError, match="without a response, from 1"):
        as_frames(SMALL, responses_of(people[:1], SMALL), answers_of(people))


def test_a_refusal_reads_the_same_after_crossing_from_the_worker_process() -> None:
    refused = AnswersRefused("1 of 2 responses are to another version.")
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused)  # noqa: S301 - our own bytes
    assert str(refused).startswith("1 of 2")

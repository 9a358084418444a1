"""Frames keep the five kinds of nothing apart, and nobody disappears from a group."""

import pytest

from analysis.errors import AnalysisError
from analysis.frames import NOT_GIVEN, as_frames
from surveys.model import State
from surveys.records import AnswerRecord
from tests.analysis.families import SKIP, answered, frames, item, survey
from tests.builders import rating

ASKED = survey(item("c1"), item("c2"))


def test_each_kind_of_nothing_has_its_state_and_no_score() -> None:
    said = ["4", SKIP, "dk", "na"]
    found = frames(ASKED, [*({"c1": one} for one in said), {}])
    assert list(found.states["c1"]) == [
        "answered", "skipped", "dont_know", "does_not_apply", "not_asked",
    ]  # fmt: skip
    assert found.scores["c1"].dtype == "float64"
    assert list(found.scores["c1"].dropna()) == [4.0]


def test_b12_a_skipped_question_is_not_zero() -> None:
    found = frames(ASKED, [{"c1": "4"}, {"c1": SKIP}, {"c1": SKIP}])
    assert found.scores["c1"].mean() == 4.0
    assert found.scores["c1"].count() == 1
    assert (found.states["c1"] == State.SKIPPED).sum() == 2


def test_b13_dont_know_is_in_no_mean() -> None:
    found = frames(ASKED, [{"c1": code} for code in ("5", "4", "dk", "4")])
    assert found.scores["c1"].mean() == pytest.approx(13 / 3)
    assert found.scores["c1"].count() == 3
    assert (found.states["c1"] == State.DONT_KNOW).sum() == 1


def test_b29_people_without_a_group_are_a_group() -> None:
    placed = [{"setting": "special", "c1": "4"}] * 7
    unplaced = [{"c1": "4"}, {"setting": SKIP, "c1": "4"}, {"setting": "", "c1": "4"}]
    sizes = frames(ASKED, [*placed, *unplaced]).people["setting"].value_counts()
    assert dict(sizes) == {"special": 7, NOT_GIVEN: 3}


def test_a_value_beside_another_state_is_not_an_answer() -> None:
    responses, _ = answered(ASKED, [{}])
    stale = [AnswerRecord(responses[0].id, "c1", State.SKIPPED, "1")]
    found = as_frames(ASKED, responses, stale)
    assert found.scores["c1"].isna().all()
    assert found.given["c1"].isna().all()


def test_a_round_without_answers_has_empty_frames() -> None:
    found = frames(ASKED, [])
    assert found.people.empty
    assert list(found.scores.columns) == ["c1", "c2"]


def test_an_answer_given_twice_is_an_error() -> None:
    responses, answers = answered(ASKED, [{"c1": "4"}])
    with pytest.raises(ValueError, match="duplicate"):
        as_frames(ASKED, responses, answers * 2)


def test_answers_to_another_version_are_refused() -> None:
    responses, answers = answered(survey(rating("c1")), [{"c1": "4"}])
    with pytest.raises(AnalysisError, match="another version"):
        as_frames(ASKED, responses, answers)


def test_an_answer_to_an_unknown_question_is_refused() -> None:
    responses, _ = answered(ASKED, [{}])
    stray = [AnswerRecord(responses[0].id, "zz", State.ANSWERED, "1")]
    with pytest.raises(AnalysisError, match="zz"):
        as_frames(ASKED, responses, stray)


def test_an_answer_without_its_response_is_refused() -> None:
    responses, answers = answered(ASKED, [{"c1": "4"}, {"c1": "4"}])
    with pytest.raises(AnalysisError, match="no response"):
        as_frames(ASKED, responses[:1], answers)

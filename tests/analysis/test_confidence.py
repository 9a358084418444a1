"""Scores are honest: nothing is no number, reversal happens once, nobody is lost."""

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.confidence import (
    Share,
    dont_know_share,
    item_scores,
    person_indexes,
    top_two,
)
from analysis.frames import NOT_GIVEN, as_frames
from analysis.items import item_result
from analysis.mix import Combination, mix
from analysis.phase_tables import phases_of
from surveys.model import Choice, Question, Questionnaire, QuestionType, State
from tests.analysis.answers import (
    Said,
    answers_of,
    columns_of,
    confidence,
    form,
    frames_of,
    name,
    parent,
    rating,
    responses_of,
)


def indexes(people: Sequence[Said], questionnaire: Questionnaire, moment: str = "") -> list[float]:
    return list(person_indexes(frames_of(people, questionnaire, moment)))


def test_b12_a_skip_is_no_zero() -> None:
    small = form(rating("q1"))
    result = item_result(
        frames_of([{"q1": "4"}, {"q1": "skip"}, {"q1": "skip"}], small), small.questions[0]
    )
    scores = frames_of([{"q1": "4"}, {"q1": "skip"}, {"q1": "skip"}], small).scores["q1"]
    assert scores.mean() == 4.0
    assert result.answered == 1
    assert {each.code: each.count for each in result.answers}["skipped"] == 2


def test_b13_dont_know_is_in_no_mean_and_every_share_names_its_base() -> None:
    small = form(rating("q1"))
    people = [{"q1": "5"}, {"q1": "4"}, {"q1": "dk"}, {"q1": "4"}]
    result = item_result(frames_of(people, small), small.questions[0])
    assert frames_of(people, small).scores["q1"].mean() == pytest.approx(4.33, abs=0.01)
    assert result.answered == 3
    assert result.rated == Share(3, 3)
    assert result.with_dont_know == Share(3, 4)
    assert {each.code: each.count for each in result.answers}["dont_know"] == 1


def test_b33_a_reversed_item_is_reversed_once_however_often_it_is_scored() -> None:
    small = form(*(rating(f"q{n}") for n in (1, 2, 3)), rating("q4", reverse=True))
    answers = frames_of([{"q1": "4", "q2": "4", "q3": "4", "q4": "2"}], small)
    for _ in range(2):
        assert list(item_scores(answers).loc[name(0)]) == [75.0, 75.0, 75.0, 75.0]
        assert list(person_indexes(answers)) == [75.0]
    assert answers.scores.loc[name(0), "q4"] == 2.0
    assert answers.given.loc[name(0), "q4"] == "2"


def test_b29_a_person_without_a_group_is_in_a_group_of_their_own() -> None:
    people: list[Said] = [parent("primary") for _ in range(7)]
    people += [{key: said for key, said in parent("x").items() if key != "phase"} for _ in range(3)]
    answers = frames_of(people, confidence())
    counts = answers.people["phase"].value_counts()
    assert counts.sum() == 10
    assert counts[NOT_GIVEN] == 3
    assert NOT_GIVEN in phases_of(answers)


def test_an_item_scores_from_0_to_100() -> None:
    small = form(rating("q1"))
    people: list[Said] = [{"q1": str(n)} for n in (1, 2, 3, 4, 5)]
    assert indexes(people, small) == [0.0, 25.0, 50.0, 75.0, 100.0]


def test_an_index_needs_ten_of_fourteen_items() -> None:
    ten: Said = parent("primary", **{f"c{n}": "skip" for n in (1, 5, 11, 14)})
    nine: Said = {**ten, "c3": "skip"}
    assert indexes([ten], confidence()) == [pytest.approx(65.0)]
    assert pd.isna(indexes([nine], confidence())[0])


def test_what_does_not_apply_lowers_the_need() -> None:
    person: Said = parent(
        "primary", **{f"c{n}": "na" for n in (1, 5, 11, 14)}, c3="skip", c6="skip", c13="skip"
    )
    assert not pd.isna(indexes([person], confidence())[0])
    assert pd.isna(indexes([{**person, "c9": "skip"}], confidence())[0])


def test_an_index_needs_two_thirds_of_the_topics() -> None:
    small = form(*(rating(f"q{n}", construct=f"t{max(0, n - 7)}") for n in range(10)))
    enough: Said = {f"q{n}": "3" for n in range(9)}
    one_topic: Said = {f"q{n}": "3" for n in range(7)}
    assert indexes([enough], small) == [50.0]
    assert pd.isna(indexes([one_topic], small)[0])


def test_two_early_answers_of_somebody_who_stopped_make_no_index() -> None:
    questionnaire = confidence()
    responses = responses_of([{}], questionnaire)
    unfinished = [type(responses[0])(**{**vars(responses[0]), "finished_on": None})]
    answers = as_frames(questionnaire, columns_of(unfinished, answers_of([{"c1": "5", "c2": "5"}])))
    assert pd.isna(person_indexes(answers).iloc[0])


def test_questions_of_another_moment_are_not_needed() -> None:
    early = Question(**{**vars(rating("q1")), "moment": "before"})
    late = Question(**{**vars(rating("q2")), "moment": "after"})
    assert indexes([{"q1": "5"}], form(early, late), "before") == [100.0]
    assert indexes([{"q2": "1"}], form(early, late), "after") == [0.0]


def test_an_empty_round_has_no_indexes_and_does_not_fail() -> None:
    assert indexes([], confidence()) == []
    assert dont_know_share(frames_of([], confidence()), []) is None


def test_the_dont_know_share_counts_answers() -> None:
    small = form(rating("q1"), rating("q2"))
    answers = frames_of([{"q1": "dk", "q2": "4"}, {"q1": "4", "q2": "skip"}], small)
    assert dont_know_share(answers, [name(0), name(1)]) == pytest.approx(100 / 3)


def test_top_two_is_agree_and_strongly_agree() -> None:
    assert top_two(pd.Series([5.0, 4.0, 3.0, None])) == Share(2, 3)


def test_b20_nothing_ticked_is_not_a_skip() -> None:
    options = tuple(Choice(code, {"en": code}) for code in ("a", "b", "c", "none"))
    question = Question("m", QuestionType.SELECT_MULTIPLE, {"en": "m"}, choices=options)
    people: list[Said] = [{"m": "a c"}, {"m": "none"}, {"m": "skip"}, {}]
    result = item_result(frames_of(people, form(question)), question)
    counts = {each.code: each.count for each in result.answers}
    assert (result.answered, result.asked, result.not_asked) == (2, 3, 1)
    assert (counts["a"], counts["b"], counts["c"], counts["none"], counts["skipped"]) == (
        1, 0, 1, 1, 1,
    )  # fmt: skip


def test_rare_combinations_are_joined_until_they_are_not_rare() -> None:
    people: list[Said] = [parent("primary") for _ in range(12)]
    people += [parent("primary", "special") for _ in range(6)]
    people += [parent("primary", "home") for _ in range(2)]
    answers = frames_of(people, confidence())
    everybody = list(answers.people.index)
    mainstream = Combination("mainstream", "sen_support")
    assert mix(answers, everybody) == [(mainstream, 12), (None, 8)]
    assert mix(answers, everybody[:12]) == [(mainstream, 12)]
    assert mix(answers, everybody[-2:]) == [(None, 2)]


@given(st.lists(st.dictionaries(st.sampled_from([f"c{n}" for n in range(1, 15)]),
       st.sampled_from(["1", "2", "3", "4", "5", "dk", "na", "skip"])), max_size=6))  # fmt: skip
def test_indexes_stay_in_range_and_the_order_of_rows_does_not_matter(people: list[Said]) -> None:
    questionnaire = confidence()
    responses, answers = responses_of(people, questionnaire), answers_of(people)
    straight = person_indexes(as_frames(questionnaire, columns_of(responses, answers)))
    turned = person_indexes(as_frames(questionnaire, columns_of(responses[::-1], answers[::-1])))
    pd.testing.assert_series_equal(straight, turned)
    assert straight.dropna().between(0, 100).all()


def test_states_are_five_and_none_is_a_number() -> None:
    small = form(rating("q1"))
    people: list[Said] = [{"q1": "4"}, {"q1": "dk"}, {"q1": "na"}, {"q1": "skip"}, {}]
    answers = frames_of(people, small)
    assert list(answers.states["q1"]) == [state.value for state in State]
    assert answers.scores["q1"].notna().sum() == 1

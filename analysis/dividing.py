"""The people of a round, divided by everything that a release's tables count."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis import confidence
from analysis.disclosure import Crowd, Where, where
from analysis.frames import NOT_GIVEN, Answers
from surveys.model import Question, QuestionType, State
from surveys.phases import PROFILE_KEYS

INDEX, UNSURE = "index", "unsure"
"""Who has an index, and who did not know the answer to one of its questions: "yes", "no"."""

SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE})
TICKED, LEFT, NEITHER = "ticked", "left", "neither"

Places = np.ndarray[tuple[int], np.dtype[Any]]


def crowd_of(answers: Answers) -> Crowd:
    """Everybody, divided by profile, by each question with choices, and by having an index."""
    crowd = Crowd.of(answers.people.index)
    for key in PROFILE_KEYS:
        question = answers.questionnaire.question(key)
        codes = [choice.code for choice in question.choices] if question else []
        crowd.divide(key, answers.people[key], [*codes, NOT_GIVEN])
    for question in counted_questions(answers):
        _by_question(crowd, answers, question)
    if confidence.index_items(answers):
        crowd.mark(INDEX, confidence.person_indexes(answers).notna())
        crowd.mark(UNSURE, confidence.is_unsure(answers))
    return crowd


def counted_questions(answers: Answers) -> list[Question]:
    """Those with choices, but for those that groups are made by."""
    questions = answers.questionnaire.questions
    return [q for q in questions if q.type in SELECTS and q.key not in PROFILE_KEYS]


def gave(question: Question, codes: Iterable[str]) -> Where:
    """Who gave one of these answers to a question with one answer."""
    return where(**{_name(question): [_given(code) for code in codes]})


def ticked(question: Question, code: str) -> Where:
    """Who ticked this box."""
    return where(**{_box(question, code): TICKED})


def left(question: Question, code: str) -> Where:
    """Who answered and left this box."""
    return where(**{_box(question, code): LEFT})


def states(question: Question, wanted: Sequence[State]) -> Where:
    """Those of whom the question's state is one of these."""
    names = [state.value for state in wanted if state is not State.ANSWERED]
    if State.ANSWERED in wanted:
        names += _answered(question)
    return where(**{_name(question): names})


def _by_question(crowd: Crowd, answers: Answers, question: Question) -> None:
    state, said = answers.states[question.key], answers.given[question.key]
    nothings = [each.value for each in State if each is not State.ANSWERED]
    several = question.type is QuestionType.SELECT_MULTIPLE
    one = state if several else _said(state, said)
    crowd.divide(_name(question), one, [*_answered(question), *nothings])
    if several:
        for choice in question.choices:
            _by_box(crowd, question, choice.code, state, said)


def _said(state: pd.Series, said: pd.Series) -> pd.Series:
    """What each person answered, or else the state of the answer (category)."""
    given = [_given(code) for code in said.cat.categories]
    codes = np.where(
        state == State.ANSWERED.value, said.cat.codes, len(given) + state.cat.codes.astype("int64")
    )
    return _column([*given, *state.cat.categories], codes, state)


def _by_box(crowd: Crowd, question: Question, code: str, state: pd.Series, said: pd.Series) -> None:
    groups = (TICKED, LEFT, NEITHER)
    # One who answered without a word is -1, which counts from the end.
    has = [TICKED if code in value.split(" ") else LEFT for value in said.cat.categories] + [LEFT]
    places = np.array([groups.index(each) for each in has])[said.cat.codes]
    places = np.where(state == State.ANSWERED.value, places, groups.index(NEITHER))
    name = _box(question, code)
    crowd.divide(name, _column(groups, places, state), groups)
    answered = _answered(question)
    others = crowd.others(_name(question), answered)
    crowd.impossible.append(where(**{name: (TICKED, LEFT), _name(question): others}))
    crowd.impossible.append(where(**{name: NEITHER, _name(question): answered}))


def _column(groups: Sequence[str], places: Places, beside: pd.Series) -> pd.Series:
    """Each person's group by its place, indexed as `beside` is."""
    names = pd.Index([*groups], dtype="str")
    return pd.Series(pd.Categorical.from_codes(places, names), index=beside.index)


_GIVEN = "answered: "


def _given(code: str) -> str:
    return f"{_GIVEN}{code}"


def _answered(question: Question) -> list[str]:
    if question.type is QuestionType.SELECT_MULTIPLE:
        return [State.ANSWERED.value]
    return [_given(choice.code) for choice in question.choices if choice.state is State.ANSWERED]


def _name(question: Question) -> str:
    return f"question {question.key}"


def _box(question: Question, code: str) -> str:
    return f"box {code} of {question.key}"

"""The people of a round, divided by everything that a release's tables count."""

from collections.abc import Iterable, Sequence

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
    state, said = answers.states[question.key].astype("str"), answers.given[question.key]
    is_answered = state == State.ANSWERED.value
    several = question.type is QuestionType.SELECT_MULTIPLE
    one = state.where(~is_answered, state if several else _GIVEN + said.astype("str"))
    nothings = [each.value for each in State if each is not State.ANSWERED]
    crowd.divide(_name(question), one, [*_answered(question), *nothings])
    if several:
        chosen = said.fillna("").astype("str").str.split(" ")
        for choice in question.choices:
            _by_box(crowd, question, choice.code, chosen.map(set), is_answered)


def _by_box(
    crowd: Crowd, question: Question, code: str, chosen: pd.Series, is_answered: pd.Series
) -> None:
    has = chosen.map(lambda codes: TICKED if code in codes else LEFT)
    name = _box(question, code)
    crowd.divide(name, has.where(is_answered, NEITHER), (TICKED, LEFT, NEITHER))
    answered = _answered(question)
    others = crowd.others(_name(question), answered)
    crowd.impossible.append(where(**{name: (TICKED, LEFT), _name(question): others}))
    crowd.impossible.append(where(**{name: NEITHER, _name(question): answered}))


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

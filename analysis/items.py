"""What was answered to each question: every choice and every kind of nothing, counted apart."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.confidence import TOP_TWO, Share
from analysis.frames import Answers
from surveys.model import Question, QuestionType, State, in_language

NOTHINGS = {
    State.DONT_KNOW: "Don't know",
    State.DOES_NOT_APPLY: "Does not apply",
    State.SKIPPED: "Skipped",
}

FEW = 20
"""Up to so many categories are counted one after another, which is then several times faster."""


@dataclass(frozen=True)
class Counted:
    """One answer to a question, or one kind of nothing, and how many gave it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class ItemResult:
    """One question's results.

    `asked` counts people asked, `answered` those in the state `answered`, `not_asked`
    those never asked. `answers` are the choices in order, then don't know, does not
    apply and skipped; for a "choose all that apply" question a person may be in several.
    `rated` and `with_dont_know` are the top-two share on the two bases; `None` for a
    question that is not a rating.
    """

    key: str
    asked: int
    answered: int
    not_asked: int
    answers: tuple[Counted, ...]
    rated: Share | None
    with_dont_know: Share | None


def item_result(answers: Answers, question: Question) -> ItemResult:
    """The results of one select question over everybody in `answers`."""
    states = _counts(answers.states[question.key])
    codes = _codes(_counts(answers.given[question.key]), question)
    language = answers.questionnaire.default_language
    nothing = {state: states[state.value] for state in NOTHINGS}
    counted = [
        Counted(c.code, in_language(c.labels, language, language), codes[c.code])
        for c in question.choices
        if c.state is State.ANSWERED
    ]
    counted += [Counted(s.value, label, nothing[s]) for s, label in NOTHINGS.items()]
    rated = _top_two(codes, question) if question.is_rating else None
    unknown = nothing[State.DONT_KNOW]
    not_asked = states[State.NOT_ASKED.value]
    return ItemResult(
        key=question.key,
        asked=len(answers.states) - not_asked,
        answered=states[State.ANSWERED.value],
        not_asked=not_asked,
        answers=tuple(counted),
        rated=rated,
        with_dont_know=Share(rated.count, rated.base + unknown) if rated else None,
    )


def _counts(column: pd.Series) -> Counter[str]:
    """How many have each category."""
    codes, categories = column.cat.codes.to_numpy(), column.cat.categories
    if len(categories) <= FEW:
        counts = [int(np.count_nonzero(codes == place)) for place in range(len(categories))]
    else:
        counts = np.bincount(codes[codes >= 0], minlength=len(categories)).tolist()
    return Counter(dict(zip(categories, counts, strict=True)))


def _codes(given: Counter[str], question: Question) -> Counter[str]:
    """How many gave each code, of answers of one box or of several joined by spaces."""
    if question.type is not QuestionType.SELECT_MULTIPLE:
        return given
    codes: Counter[str] = Counter()
    for answer, count in given.items():
        for code in answer.split(" "):
            codes[code] += count
    return codes


def _top_two(codes: Counter[str], question: Question) -> Share:
    rated = {c.code: c.score for c in question.choices if c.score is not None}
    agreeing = [code for code, score in rated.items() if score >= TOP_TWO]
    return Share(sum(codes[code] for code in agreeing), sum(codes[code] for code in rated))

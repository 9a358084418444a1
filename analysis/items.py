"""What was answered to each question: every choice and every kind of nothing, counted apart."""

from dataclasses import dataclass

from analysis.confidence import Share, top_two
from analysis.frames import Answers
from surveys.model import Question, QuestionType, State, in_language

NOTHINGS = {
    State.DONT_KNOW: "Don't know",
    State.DOES_NOT_APPLY: "Does not apply",
    State.SKIPPED: "Skipped",
}


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
    states, values = answers.states[question.key], answers.given[question.key].dropna()
    chosen = values.str.split(" ") if question.type is QuestionType.SELECT_MULTIPLE else values
    codes = chosen.explode().value_counts()
    language = answers.questionnaire.default_language
    nothing = {state: int((states == state.value).sum()) for state in NOTHINGS}
    counted = [
        Counted(c.code, in_language(c.labels, language, language), int(codes.get(c.code, 0)))
        for c in question.choices
        if c.state is State.ANSWERED
    ]
    counted += [Counted(s.value, label, nothing[s]) for s, label in NOTHINGS.items()]
    rated = top_two(answers.scores[question.key]) if question.is_rating else None
    unknown = nothing[State.DONT_KNOW]
    not_asked = int((states == State.NOT_ASKED.value).sum())
    return ItemResult(
        key=question.key,
        asked=len(states) - not_asked,
        answered=int((states == State.ANSWERED.value).sum()),
        not_asked=not_asked,
        answers=tuple(counted),
        rated=rated,
        with_dont_know=Share(rated.count, rated.base + unknown) if rated else None,
    )

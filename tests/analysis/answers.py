"""Small rounds for the tests of scores and releases."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from surveys.catalogue import shipped
from surveys.model import Choice, Question, Questionnaire, QuestionType, State
from surveys.records import AnswerRecord, ResponseRecord, Round, RoundStatus

NOTHING = {"dk": State.DONT_KNOW, "na": State.DOES_NOT_APPLY, "skip": State.SKIPPED}
MADE_ON = date(2027, 4, 1)

AGREE = (
    *(Choice(str(n), {"en": f"Score {n}"}, score=n) for n in (5, 4, 3, 2, 1)),
    Choice("dk", {"en": "Don't know"}, state=State.DONT_KNOW),
    Choice("na", {"en": "Does not apply"}, state=State.DOES_NOT_APPLY),
)

Said = Mapping[str, str]
"""What one person said: a code, or "dk", "na" or "skip", by question key."""


def confidence() -> Questionnaire:
    return next(form for form in shipped() if form.key == "parental_confidence")


def rating(key: str, construct: str = "", *, reverse: bool = False) -> Question:
    return Question(
        key, QuestionType.SELECT_ONE, {"en": key}, choices=AGREE, construct=construct or key,
        reverse=reverse, index=True,
    )  # fmt: skip


def form(*questions: Question) -> Questionnaire:
    return Questionnaire("small", "1", {"en": "Small"}, "en", ("en",), questions)


def answers_of(people: Sequence[Said]) -> list[AnswerRecord]:
    return [
        AnswerRecord(name(number), key, NOTHING.get(said, State.ANSWERED), _value(said))
        for number, person in enumerate(people)
        for key, said in person.items()
    ]


def responses_of(people: Sequence[Said], questionnaire: Questionnaire) -> list[ResponseRecord]:
    return [
        ResponseRecord(name(number), questionnaire.hash, "web", "en", MADE_ON, MADE_ON)
        for number in range(len(people))
    ]


def name(number: int) -> str:
    return f"response-{number:04}"


def a_round(
    questionnaire: Questionnaire, threshold: int = 10, *, demonstration: bool = False
) -> Round:
    return Round(
        id="round",
        name="Spring",
        questionnaire_key=questionnaire.key,
        questionnaire_hash=questionnaire.hash,
        status=RoundStatus.CLOSED,
        opens_at=datetime(2027, 3, 1, 9, tzinfo=UTC),
        closes_at=datetime(2027, 3, 28, 22, 59, tzinfo=UTC),
        threshold=threshold,
        demonstration=demonstration,
    )


def parent(phase: str, setting: str = "mainstream", rate: str = "4", **said: str) -> Said:
    """A parent who gives every rating of the confidence survey the same answer."""
    ratings = {f"c{number}": rate for number in range(1, 15)}
    profile = {"phase": phase, "setting": setting, "provision": "sen_support"}
    return {**profile, **ratings, "l1": rate, **said}


def _value(said: str) -> str | None:
    return None if said in NOTHING else said

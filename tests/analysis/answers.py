"""Small rounds for the tests of scores and releases."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from analysis.frames import Answers, as_frames
from surveys.catalogue import shipped
from surveys.columns import NONE, Column, Columns, about
from surveys.columns import said as said_numbering
from surveys.model import Choice, Question, Questionnaire, QuestionType, State
from surveys.records import ResponseRecord, Round, RoundStatus

NOTHING = {"dk": State.DONT_KNOW, "na": State.DOES_NOT_APPLY, "skip": State.SKIPPED}
MARK = "state: "
MADE_ON = date(2027, 4, 1)

AGREE = (
    *(Choice(str(n), {"en": f"Score {n}"}, score=n) for n in (5, 4, 3, 2, 1)),
    Choice("dk", {"en": "Don't know"}, state=State.DONT_KNOW),
    Choice("na", {"en": "Does not apply"}, state=State.DOES_NOT_APPLY),
)

Said = Mapping[str, str]
"""What one person said: a code, or "dk", "na" or "skip", by question key."""


@dataclass(frozen=True)
class AnswerRecord:
    """One answer row. `value` holds a code, codes joined by a space, or text."""

    response_id: str
    question_key: str
    state: State
    value: str | None


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


def columns_of(
    responses: Sequence[ResponseRecord],
    answers: Sequence[AnswerRecord],
    households: Sequence[int] = (),
    series: Sequence[str | None] = (),
) -> Columns:
    """These records as storage reads them; nobody has a household or a series unless given."""
    order = sorted(range(len(responses)), key=lambda number: responses[number].id)
    kept = [responses[number] for number in order]
    place = {response.id: number for number, response in enumerate(kept)}
    said: dict[str, dict[int, str]] = {}
    for answer in answers:
        at = place.setdefault(answer.response_id, len(place))
        known = said.setdefault(answer.question_key, {})
        assert at not in known, "a duplicate answer: no database holds one"
        answered = answer.state is State.ANSWERED
        known[at] = answer.value or "" if answered else f"{MARK}{answer.state.value}"
    return Columns(
        ids=tuple(response.id for response in kept),
        version=_column([response.questionnaire_hash for response in kept]),
        mode=_column([response.mode for response in kept]),
        language=_column([response.language for response in kept]),
        series=_column([series[number] for number in order] if series else [None] * len(kept)),
        finished=bytes(response.finished_on is not None for response in kept),
        household=array("i", [households[n] for n in order] if households else [NONE] * len(kept)),
        answers={key: _said(by_place, len(place)) for key, by_place in said.items()},
    )


def frames_of(
    people: Sequence[Said], questionnaire: Questionnaire, moment: str = "", **more: Any
) -> Answers:
    """The frames of these people's answers; `more` is as in `columns_of`."""
    columns = columns_of(responses_of(people, questionnaire), answers_of(people), **more)
    return as_frames(questionnaire, columns, moment)


def name(number: int) -> str:
    return f"response-{number:04}"


def a_round(
    questionnaire: Questionnaire,
    threshold: int = 10,
    *,
    demonstration: bool = False,
    closed_at: datetime | None = None,
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
        closed_at=closed_at,
    )


def parent(phase: str, setting: str = "mainstream", rate: str = "4", **said: str) -> Said:
    """A parent who gives every rating of the confidence survey the same answer."""
    ratings = {f"c{number}": rate for number in range(1, 15)}
    profile = {"phase": phase, "setting": setting, "provision": "sen_support"}
    return {**profile, **ratings, "l1": rate, **said}


def _value(said: str) -> str | None:
    return None if said in NOTHING else said


def _column(texts: Sequence[str | None]) -> Column:
    numbering = about()
    numbers = array("i", [numbering[text] for text in texts])
    return Column(numbering.texts, numbers)


def _said(by_place: Mapping[int, str], length: int) -> Column:
    numbering = said_numbering(MARK)
    texts = [by_place.get(place, f"{MARK}{State.NOT_ASKED.value}") for place in range(length)]
    numbers = array("i", [numbering[text] for text in texts])
    return Column(numbering.texts, numbers)

"""Responses for the tests of figures, written as what each family answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from analysis.frames import Answers, as_frames
from surveys.model import Choice, Question, Questionnaire, State
from surveys.phases import Phase, Provision, Setting
from surveys.records import AnswerRecord, ResponseRecord, Round, RoundStatus
from tests.builders import choices, question, questionnaire, rating

SKIP = State.SKIPPED
DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

PROFILE = (
    question("phase", offered=choices(**{code: code for code in Phase})),
    question("setting", offered=choices(**{code: code for code in Setting})),
    question("provision", offered=choices(**{code: code for code in Provision})),
)

Said = str | State
Family = Mapping[str, Said]
Round1 = tuple[list[ResponseRecord], list[AnswerRecord]]


def item(key: str, construct: str = "", *, reverse: bool = False, anchor: bool = False) -> Question:
    """A rating that counts in the index; each is a topic of its own unless told."""
    return replace(
        rating(key), index=True, construct=construct or key, reverse=reverse, anchor=anchor
    )


def survey(*questions: Question) -> Questionnaire:
    """A questionnaire of the three profile questions and these."""
    return questionnaire(*PROFILE, *questions)


def answered(asked: Questionnaire, families: Sequence[Family], *, finished: bool = True) -> Round1:
    """The stored rows of these families. A key left out has no row: it was not asked."""
    responses = [
        ResponseRecord(f"r{number:03}", asked.hash, "web", "en", DAY, DAY if finished else None)
        for number, _ in enumerate(families)
    ]
    answers = [
        _row(asked, response.id, key, said)
        for response, family in zip(responses, families, strict=True)
        for key, said in family.items()
    ]
    return responses, answers


def _row(asked: Questionnaire, response_id: str, key: str, said: Said) -> AnswerRecord:
    if isinstance(said, State):
        return AnswerRecord(response_id, key, said, None)
    found = asked.question(key)
    choice: Choice | None = found.choice(said) if found else None
    state = choice.state if choice else State.ANSWERED
    return AnswerRecord(response_id, key, state, said if state is State.ANSWERED else None)


def frames(asked: Questionnaire, families: Sequence[Family], *, finished: bool = True) -> Answers:
    """The frames of these families' answers."""
    return as_frames(asked, *answered(asked, families, finished=finished))


def closed_round(asked: Questionnaire, *, threshold: int = 10) -> Round:
    """A closed round of this questionnaire."""
    return Round(
        "round-1", "Autumn 2026", asked.key, asked.hash, RoundStatus.CLOSED, NOW, NOW,
        threshold=threshold,
    )  # fmt: skip

"""Invented families. The same seed gives the same families; nobody here exists."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from surveys.inputs import Chosen, Input, NoticeAcknowledged, Skipped, Submitted, Typed
from surveys.model import Question, Questionnaire, QuestionType
from surveys.phases import Phase, Provision, Setting
from surveys.session import Session, Stage

SEED = 2027

# How many families of each kind, and how far they lean from the middle: invented, but
# of the shape that surveys of SEND parents report (special settings above mainstream).
_KINDS = (
    (Phase.EARLY_YEARS, Setting.MAINSTREAM, Provision.SEN_SUPPORT, 24, 0.5),
    (Phase.EARLY_YEARS, Setting.MAINSTREAM, Provision.APPLYING, 10, 0.1),
    (Phase.PRIMARY, Setting.MAINSTREAM, Provision.SEN_SUPPORT, 46, 0.3),
    (Phase.PRIMARY, Setting.MAINSTREAM, Provision.EHCP, 28, 0.4),
    (Phase.PRIMARY, Setting.UNIT_OR_ARP, Provision.EHCP, 14, 0.8),
    (Phase.PRIMARY, Setting.SPECIAL, Provision.EHCP, 16, 1.0),
    (Phase.SECONDARY, Setting.MAINSTREAM, Provision.SEN_SUPPORT, 40, -0.5),
    (Phase.SECONDARY, Setting.MAINSTREAM, Provision.EHCP, 24, -0.4),
    (Phase.SECONDARY, Setting.SPECIAL, Provision.EHCP, 18, 0.8),
    (Phase.POST_16, Setting.MAINSTREAM, Provision.EHCP, 12, 0.0),
    (Phase.POST_16, Setting.SPECIAL, Provision.EHCP, 8, 0.3),
)
FAMILIES = sum(kind[3] for kind in _KINDS)

_WELL = (
    "His teacher really listens and the help is working.",
    "She is happy to go in now. The new support is great.",
    "The staff are kind and they know him well.",
    "Speech therapy every week has been really good.",
    "Friends. She has good friends at last.",
    "Not much at the moment.",
)
_CHANGE = (
    "Tell us what is happening before it goes wrong.",
    "The plan took far too long and nobody answered my emails.",
    "Smaller classes would help him most.",
    "Somebody who knows about autism in every lesson.",
    "More help at break times, he is lonely.",
    "It isn't good enough that transport is late every day.",
)


@dataclass(frozen=True)
class Family:
    """One invented family and how far it leans from the middle of a scale."""

    phase: Phase
    setting: Setting
    provision: Provision
    leaning: float


def families() -> Iterator[Family]:
    """Every invented family, in a mixed order."""
    every = [
        Family(phase, setting, provision, lean)
        for phase, setting, provision, count, lean in _KINDS
        for _ in range(count)
    ]
    random.Random(SEED).shuffle(every)  # noqa: S311 - invented people, not secrets
    return iter(every)


class Parent:
    """Answers whatever it is asked, one turn at a time."""

    def __init__(self, family: Family, number: int, questionnaire: Questionnaire) -> None:
        self._family = family
        self._questionnaire = questionnaire
        self._random = random.Random(SEED * 10_000 + number)  # noqa: S311 - as above
        self._mood = self._random.gauss(family.leaning, 0.7)

    def reply(self, session: Session) -> Input | None:
        """The next thing this parent does, or `None` when there is nothing left to do."""
        if session.stage is Stage.FINISHED:
            return None
        if session.stage is Stage.WELCOME:
            return NoticeAcknowledged()
        if session.stage is Stage.REVIEWING or session.current is None:
            return Submitted()
        question = self._questionnaire.question(session.current)
        return None if question is None else self._answer(question)

    def _answer(self, question: Question) -> Input:
        profile = {
            "phase": self._family.phase,
            "setting": self._family.setting,
            "provision": self._family.provision,
        }
        if question.key in profile:
            return Chosen(question.key, profile[question.key].value)
        if question.type is QuestionType.TEXT:
            return self._comment(question)
        if question.is_rating:
            return self._rate(question)
        return Chosen(question.key, self._random.choice(question.choices).code)

    def _comment(self, question: Question) -> Input:
        if self._random.random() < 0.45:  # noqa: PLR2004 - fewer than half write something
            return Skipped(question.key)
        return Typed(self._random.choice(_WELL if question.key == "o1" else _CHANGE))

    def _rate(self, question: Question) -> Input:
        if self._random.random() < 0.04:  # noqa: PLR2004 - a few do not know
            return Chosen(question.key, "dk")
        towards = -self._mood if question.reverse else self._mood
        score = round(self._random.gauss(3 + towards, 0.9))
        return Chosen(question.key, str(min(5, max(1, score))))

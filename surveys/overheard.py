"""Words that a parent typed and that became no answer, and what the rules find in them.

Somebody who asks for help asks wherever the next message can be typed: at a rating, after
the end, beside a photo. The rules are the same as for comments (`surveys/heard.py`).
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.commands import command
from surveys.concern import Concern, Tier, concern
from surveys.events import AnswerRecorded, Event, Miss, NotUnderstood
from surveys.inputs import Filled, Input, Overheard, Typed, Unreadable
from surveys.model import Questionnaire, QuestionType
from surveys.session import Session
from surveys.words import clean

MANY_WORDS = 8
"""So many are read whatever they say: rules miss a third of what is said in other words."""

LONG = Concern(Tier.READ_FIRST, ("a long message outside a question",))

_TOO_LONG = "an answer that was too long: question {key}, child {child}"

_CODES = frozenset(
    {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.ACKNOWLEDGE}
)

_OTHER_SYMBOL = "So"
"""Emoji, and what stands for letters that were lost."""


@dataclass(frozen=True)
class Aside:
    """Words outside any question, and what the rules found in them: never nothing."""

    words: str
    concern: Concern


def overheard(
    questionnaire: Questionnaire, session: Session, said: Input, events: Sequence[Event] = ()
) -> Aside | None:
    """What must be read of a turn's words, or `None`.

    `None` where there were no words, where this turn made them an answer, where they are
    a command, and where they are few and the rules are silent. `session` and `events` are
    those after the turn; without events nothing of the turn was kept.
    """
    if any(isinstance(event, AnswerRecorded) for event in events):
        return None
    words = clean(words_of(said, questionnaire))
    if _steers(words, said, session, questionnaire):
        return None
    return raised(words, session.language)


def draft_of(key: str, child: int) -> str:
    """The rule under which a refused draft of child number `child`'s answer waits."""
    return _TOO_LONG.format(key=key, child=child)


def as_draft(aside: Aside, events: Sequence[Event], child: int) -> Aside:
    """The same words, named as the draft of an answer where they were refused as too long.

    Only where no rule about danger found anything: such words are never a mere draft.
    """
    keys = [
        event.key
        for event in events
        if isinstance(event, NotUnderstood) and event.miss is Miss.TOO_LONG
    ]
    if not keys or aside.concern != LONG:
        return aside
    return Aside(aside.words, Concern(LONG.tier, (draft_of(keys[0], child),)))


def raised(words: str, language: str) -> Aside | None:
    """Words that the rules raise, and long ones: who writes so much has something to say.

    Figures alone are a try at an answer, and no words.
    """
    if not any(_says_something(letter) for letter in words):
        return None
    found = concern(words, language)
    if found.tier is not Tier.NONE:
        return Aside(words, found)
    return Aside(words, LONG) if len(words.split()) >= MANY_WORDS else None


def words_of(said: Input, questionnaire: Questionnaire | None = None) -> str:
    """What was typed in one turn; codes of ticked choices are not words."""
    match said:
        case Typed(text):
            return text
        case Unreadable(_, words) | Overheard(words):
            return words
        case Filled(key, values):
            question = questionnaire.question(key) if questionnaire else None
            is_codes = question is not None and question.type in _CODES
            return "" if is_codes else "\n".join(values)
        case _:
            return ""


def _steers(words: str, said: Input, session: Session, questionnaire: Questionnaire) -> bool:
    typed = isinstance(said, Typed)
    return typed and command(words, session.language, questionnaire.default_language) is not None


def _says_something(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind[0] == "L" or kind == _OTHER_SYMBOL

"""A parent's typed words become an answer, or are asked back. Never guessed."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveys.choices import many_chosen, one_chosen
from surveys.events import Miss
from surveys.figures import has_fraction, read_date, read_number
from surveys.matching import Listing
from surveys.model import Choice, Question, QuestionType, State
from surveys.session import Answer
from surveys.words import clean, is_blank

LONGEST_TEXT = 4_000
"""The most characters a comment may have."""


@dataclass(frozen=True)
class Understood:
    """The words are this answer."""

    answer: Answer


@dataclass(frozen=True)
class Misread:
    """The words are not an answer; `suggestions` are up to three codes they may have meant."""

    miss: Miss
    suggestions: tuple[str, ...] = ()


Reading = Understood | Misread


def understand(
    question: Question,
    text: str,
    language: str,
    default_language: str,
    choices: Sequence[Choice],
) -> Reading:
    """What `text` means as an answer to `question`.

    `choices` are the ones offered. Their codes and their labels in both languages count.
    Where codes are numbers a typed number is a code, otherwise a place in the list from 1.
    """
    text = clean(text)
    if is_blank(text):
        return Misread(Miss.EMPTY)
    match question.type:
        case QuestionType.SELECT_ONE | QuestionType.ACKNOWLEDGE:
            return _one(Listing(choices, (language, default_language)), text)
        case QuestionType.SELECT_MULTIPLE:
            return _several(Listing(choices, (language, default_language)), text)
        case QuestionType.INTEGER | QuestionType.DECIMAL:
            return _number(question.type, text)
        case QuestionType.DATE:
            return _date(text)
        case _:
            return _comment(text)


def _one(listing: Listing, text: str) -> Reading:
    named = listing.named(text)
    if len(named) == 1:
        return Understood(one_chosen(named[0]))
    return _missed(listing, text)


def _several(listing: Listing, text: str) -> Reading:
    chosen = listing.several(text)
    answer = many_chosen(chosen) if chosen else None
    return Understood(answer) if answer else _missed(listing, text)


def _missed(listing: Listing, text: str) -> Misread:
    suggestions = listing.near(text)
    return Misread(Miss.NEAR_MISS if suggestions else Miss.NO_MATCH, suggestions)


def _number(kind: QuestionType, text: str) -> Reading:
    number = read_number(text)
    if number is None:
        return Misread(Miss.NOT_A_NUMBER)
    if kind is QuestionType.INTEGER and has_fraction(text):
        return Misread(Miss.NOT_A_WHOLE_NUMBER)
    return Understood(Answer(State.ANSWERED, number))


def _date(text: str) -> Reading:
    day = read_date(text)
    if day is None:
        return Misread(Miss.NOT_A_DATE)
    return Understood(Answer(State.ANSWERED, day.isoformat()))


def _comment(text: str) -> Reading:
    if len(text) > LONGEST_TEXT:
        return Misread(Miss.TOO_LONG)
    return Understood(Answer(State.ANSWERED, text))

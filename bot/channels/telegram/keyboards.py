"""The buttons under a message: one choice a row, each with its words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.channels.telegram import payload, wording
from bot.channels.telegram.markup import plain, shorten, units
from bot.channels.telegram.telling import Telling
from bot.languages import own_name
from surveys.inputs import (
    Chosen,
    Input,
    LanguageChosen,
    NoticeAcknowledged,
    Revisited,
    SelectionDone,
    Skipped,
    Submitted,
    Toggled,
    WentBack,
)
from surveys.model import Choice, Question, QuestionType

PHONE_UNITS = 32
"""What a phone shows of a button; longer choices are also listed in the message."""

REVISIT_UNITS = 60


@dataclass(frozen=True)
class Button:
    """What it says, and the payload of a tap on it."""

    words: str
    payload: str


Row = tuple[Button, ...]
Keyboard = tuple[Row, ...]


def welcome(told: Telling, offered: Iterable[str], edition: str) -> Keyboard:
    """Start, having read this `edition` of the notice, and the other languages by their names."""
    start = _row(told.words.say("button.start"), told.run, NoticeAcknowledged(edition))
    return (start, *languages(told, offered))


def languages(told: Telling, offered: Iterable[str]) -> Keyboard:
    """The languages on offer that are not spoken now, by their own names."""
    others = [code for code in offered if code != told.session.language]
    return tuple(_row(own_name(code), told.run, LanguageChosen(code)) for code in others)


def question(
    told: Telling, asked: Question, selected: Collection[str], only: Collection[str] = ()
) -> Keyboard:
    """The choices (those of `only`, if any), then Back and Skip."""
    rows = [
        _choice(told, asked, choice, mark, ticked=choice.code in selected)
        for choice, mark in zip(told.choices(asked), marks(told, asked), strict=True)
        if not only or choice.code in only
    ]
    if asked.type is QuestionType.SELECT_MULTIPLE:
        rows.append(_row(told.words.say("button.done"), told.run, SelectionDone(asked.key)))
    ways = _ways(told, asked)
    return (*rows, ways) if ways else tuple(rows)


def review(told: Telling) -> Keyboard:
    """Send, or change an answer."""
    words, run = told.words, told.run
    shown = payload.show_answers(run)
    change = Button(words.say("button.change"), shown)
    return (_row(words.say("button.send"), run, Submitted()), (change,))


def answers(told: Telling) -> Keyboard:
    """One button for each answer that can be changed, then Send."""
    rows = [
        _row(
            f"{number}. {shorten(told.text(asked.labels), REVISIT_UNITS)}",
            told.run,
            Revisited(asked.key),
        )
        for number, (asked, _) in enumerate(told.answers(), start=1)
    ]
    return (*rows, _row(told.words.say("button.send"), told.run, Submitted()))


def marks(told: Telling, asked: Question) -> tuple[str, ...]:
    """What stands before each choice and may be typed instead: "5" or "", as it reads best.

    Ratings show their codes; choices too long for a phone's button are numbered, so that
    the button can be found in the message's list.
    """
    offered = told.choices(asked)
    if any(choice.code.isdigit() for choice in offered):
        return tuple(choice.code if choice.code.isdigit() else "" for choice in offered)
    if are_long(told, asked):
        return tuple(str(number) for number in range(1, len(offered) + 1))
    return ("",) * len(offered)


def are_long(told: Telling, asked: Question) -> bool:
    """Whether a phone would cut one of the choices short."""
    return any(units(told.text(choice.labels)) > PHONE_UNITS for choice in told.choices(asked))


def _choice(told: Telling, asked: Question, choice: Choice, mark: str, *, ticked: bool) -> Row:
    label = told.text(choice.labels)
    words = f"{mark} – {label}" if mark else label
    tick = wording.TICK if ticked else ""
    said: Input = Chosen(asked.key, choice.code)
    if asked.type is QuestionType.SELECT_MULTIPLE:
        said = Toggled(asked.key, choice.code, on=not ticked)
    return _row(tick + words, told.run, said)


def _ways(told: Telling, asked: Question) -> Row:
    words, run = told.words, told.run
    back, skip = words.say("button.back"), words.say("button.skip")
    back_row = () if told.is_first(asked) else _row(back, run, WentBack(asked.key))
    skip_row = () if asked.required else _row(skip, run, Skipped(asked.key))
    return (*back_row, *skip_row)


def _row(words: str, run: str, said: Input) -> Row:
    return (Button(plain(words), payload.encode(run, said)),)

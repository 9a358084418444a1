"""What happened in one turn, in the past tense. Channels put these into words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, get_args

from surveys.commands import Command
from surveys.errors import SessionRefused
from surveys.model import State
from surveys.session import Answer


class Why(StrEnum):
    """Why a question is being asked."""

    NEXT = "next"
    AGAIN = "again"
    BACK = "back"
    RESUMED = "resumed"
    CHANGING = "changing"


class Miss(StrEnum):
    """Why a reply was not taken as an answer."""

    NO_MATCH = "no_match"
    NEAR_MISS = "near_miss"
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_DATE = "not_a_date"
    TOO_LONG = "too_long"
    CONSTRAINT = "constraint"
    REQUIRED = "required"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Welcomed:
    """The welcome and the privacy notice were due."""


@dataclass(frozen=True)
class QuestionAsked:
    """Question `key` is now being asked, `number` of `of` on this parent's route.

    `notes` are the keys of the notes to show before it; `selected` the codes (or the
    text) already given, so that a form can show them.
    """

    key: str
    number: int
    of: int
    why: Why
    notes: tuple[str, ...] = ()
    selected: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerRecorded:
    """The answer to `key` is now `answer`; `previous` was there before, or `None`."""

    key: str
    answer: Answer
    previous: Answer | None


@dataclass(frozen=True)
class AnswerDropped:
    """Question `key` is no longer on the route: its answer became "not asked"."""

    key: str
    previous: Answer


@dataclass(frozen=True)
class NotUnderstood:
    """A reply was not an answer to `key`; `attempt` counts them in a row from 1.

    `suggestions` are codes of choices the parent may have meant; `text` hands back
    what was typed where it would otherwise be lost.
    """

    key: str
    miss: Miss
    attempt: int
    suggestions: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class SelectionChanged:
    """The boxes ticked on question `key` are now `selected`."""

    key: str
    selected: tuple[str, ...]


@dataclass(frozen=True)
class TapIgnored:
    """A tap belonged to nothing that can be answered now. Nothing changed."""

    key: str


@dataclass(frozen=True)
class ChildChanged:
    """The questions are now about the family's `number`th child, counted from 1."""

    number: int


@dataclass(frozen=True)
class CommandTaken:
    """The parent asked for something that moves nothing here: help, their data, to stop.

    `LANGUAGE` asks for the choice of languages; `EASY_READ` says that there is none here.
    """

    command: Command


@dataclass(frozen=True)
class ReviewReached:
    """Every question on the route is answered; the parent may look back and send."""

    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finished:
    """The parent sent the answers."""


@dataclass(frozen=True)
class AlreadyFinished:
    """The parent had finished before this turn. Nothing changed."""


@dataclass(frozen=True)
class LanguageChanged:
    """From now on the parent is spoken to in the language `code`. Answers are kept."""

    code: str


@dataclass(frozen=True)
class HelpOffered:
    """What the parent just wrote may mean that somebody is in danger: help numbers are due.

    The engine never says so: whoever keeps the answers adds it (`surveys/heard.py`).
    """


@dataclass(frozen=True)
class NoticeChanged:
    """The privacy notice is another one than this parent was last told of.

    The engine never says so: whoever keeps the editions adds it, once.
    """


Event = (
    Welcomed
    | QuestionAsked
    | AnswerRecorded
    | AnswerDropped
    | NotUnderstood
    | SelectionChanged
    | TapIgnored
    | ChildChanged
    | CommandTaken
    | ReviewReached
    | Finished
    | AlreadyFinished
    | LanguageChanged
    | HelpOffered
    | NoticeChanged
)


def event_to_dict(event: Event) -> dict[str, Any]:
    """JSON-ready data that `event_from_dict` reads back as an equal event.

    `event` is the name of what happened; the other keys are the event's own fields.
    """
    told = {name: _written(value) for name, value in vars(event).items()}
    return {"event": type(event).__name__, **told}


def event_from_dict(data: Mapping[str, Any]) -> Event:
    """The event that `event_to_dict` wrote.

    Raises:
        SessionRefused: the data is not an event.
    """
    try:
        kind = _KINDS[data["event"]]
        return kind(
            **{
                each.name: _READERS.get(each.name, _as_it_is)(data[each.name])
                for each in fields(kind)
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SessionRefused(f"stored event cannot be read: {error!r}") from error


def _written(value: Any) -> Any:
    if isinstance(value, Answer):
        return {"state": value.state.value, "value": _written(value.value)}
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _as_it_is(value: Any) -> Any:
    return value


def _answer(item: Mapping[str, Any] | None) -> Answer | None:
    if item is None:
        return None
    value = item["value"]
    return Answer(State(item["state"]), tuple(value) if isinstance(value, list) else value)


_KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}

_READERS: Mapping[str, Callable[[Any], Any]] = {
    "answer": _answer,
    "previous": _answer,
    "why": Why,
    "miss": Miss,
    "command": Command,
    "notes": tuple,
    "selected": tuple,
    "suggestions": tuple,
}
"""How a field is read back, by its name; a name means the same in every event."""

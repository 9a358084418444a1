"""What happened in one turn, in the past tense. Channels put these into words."""

from dataclasses import dataclass
from enum import StrEnum

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
class ReviewReached:
    """Every question on the route is answered; the parent may look back and send."""

    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finished:
    """The parent sent the answers."""


@dataclass(frozen=True)
class AlreadyFinished:
    """The parent had finished before this turn. Nothing changed."""


Event = (
    Welcomed
    | QuestionAsked
    | AnswerRecorded
    | AnswerDropped
    | NotUnderstood
    | SelectionChanged
    | TapIgnored
    | ReviewReached
    | Finished
    | AlreadyFinished
)

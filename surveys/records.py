"""Records that more than one room reads. Plain data, no behaviour.

Times are timezone-aware UTC. `storage` makes these from rows; `analysis` and `bot`
read them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from surveys.concern import Concern


class RoundStatus(StrEnum):
    """The life of a round; it only moves forward."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Round:
    """One asking of one questionnaire version.

    `phases` is empty where every phase is asked. `linked` rounds keep who answered;
    others are cut from their invitations at closing. `demonstration` rounds hold
    invented families and are labelled so wherever they appear.
    """

    id: str
    name: str
    questionnaire_key: str
    questionnaire_hash: str
    status: RoundStatus
    opens_at: datetime
    closes_at: datetime
    moment: str = ""
    phases: tuple[str, ...] = ()
    linked: bool = False
    threshold: int = 10
    demonstration: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class ResponseRecord:
    """One child's response, without anything that says who gave it.

    `mode` is how it was given: "web", "telegram" or "terminal", or "phone" or "paper"
    where an officer entered it. Dates are the day in England, never a finer time.
    """

    id: str
    questionnaire_hash: str
    mode: str
    language: str
    started_on: date
    finished_on: date | None


@dataclass(frozen=True)
class WaitingComment:
    """One comment that somebody must read by the end of `due_on`, a day in England.

    `id` is of this wording: a changed comment has another. Nothing here says who wrote it.
    `question_key` is "" for words that were typed outside a question.
    """

    id: str
    round: str
    demonstration: bool
    questionnaire_hash: str
    question_key: str
    concern: Concern
    due_on: date
    text: str


@dataclass(frozen=True)
class ReadComment:
    """A comment that somebody read: when, and who, named as in the audit log."""

    comment: WaitingComment
    at: datetime
    actor: str


@dataclass(frozen=True)
class CaseRecord:
    """A safeguarding case, without how to reach the family.

    `words` are those that opened it, as they stand now; "" where they are kept no longer.
    `question_key` is "" for words that were typed outside a question, and `round` where the
    words of an older case went before it was known. Whoever acts is named as in the audit log.
    """

    id: str
    round: str
    demonstration: bool
    questionnaire_hash: str
    question_key: str
    rules: tuple[str, ...]
    opened_at: datetime
    words: str
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    is_closed: bool = False


@dataclass(frozen=True)
class CaseStep:
    """One step of a case in the audit log, with who took it as the log names them."""

    at: datetime
    actor: str
    action: str


class Missing(StrEnum):
    """Why an indicator has no number. Kept apart, never made 0."""

    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    UNAVAILABLE = "unavailable"
    ROUNDS_TO_ZERO = "rounds_to_zero"
    LOW_RELIABILITY = "low_reliability"
    BLANK = "blank"


@dataclass(frozen=True)
class IndicatorValue:
    """One published or refused figure for one area and period.

    `series` names the measure's definition (such as "M6.issued_20_weeks"); `unit` is
    "percent", "count", "rate" or "gap"; `period` is the file's own label with
    `period_kind` beside it ("Calendar year", "Academic year"). Exactly one of
    `value` and `missing` is `None`. `note` says why a figure that could be computed
    was refused. `numerator` and `denominator` are its base where it has one.
    """

    series: str
    measure: str
    area_code: str
    area_name: str
    area_level: str
    period: str
    period_kind: str
    unit: str
    value: float | None
    missing: Missing | None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""


@dataclass(frozen=True)
class IndicatorSource:
    """Where imported figures came from: one row an import."""

    file_name: str
    sha256: str
    reader: str
    encoding: str
    publisher: str
    title: str


@dataclass(frozen=True)
class StoredIndicator:
    """An indicator value with its source and the time it was imported."""

    value: IndicatorValue
    source: IndicatorSource
    imported_at: datetime

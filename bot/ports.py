"""What the rooms of the service ask of one another.

Channels know `Conversations`, and are `Sender`s where they push. The desk knows
`Desk`. None of them knows storage or analysis.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from bot.case_ports import Cases
from surveys.events import Event
from surveys.inputs import Input
from surveys.model import Questionnaire
from surveys.records import ReadComment, Round, WaitingComment
from surveys.session import Session


@dataclass(frozen=True)
class WebPlace:
    """A conversation reached by its personal link."""

    token: str


@dataclass(frozen=True)
class ChatPlace:
    """A private chat on a push channel, such as `ChatPlace("telegram", "8812")`."""

    channel: str
    address: str


Place = WebPlace | ChatPlace


@dataclass(frozen=True)
class CodeGiven:
    """A code came with the parent: `/start CODE`. Personal or a round's open code."""

    code: str


@dataclass(frozen=True)
class Turn:
    """One thing one parent did, on any channel.

    `delivery_key` is unique for one delivery ("telegram:BOT:UPDATE_ID", "web:NONCE"):
    a second turn with the same key changes nothing. `run` names the conversation an
    old button belongs to. `message_id` is the message that was tapped, so that the
    answer can change it in place. `notice` is the edition of the privacy notice that the
    page told of, or "".
    """

    delivery_key: str
    place: Place
    input: Input | CodeGiven
    run: str | None = None
    message_id: int | None = None
    notice: str = ""


class TurnStatus(StrEnum):
    """What a turn, or a look, came to."""

    OK = "ok"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    OLD_TAP = "old_tap"
    STOPPED = "stopped"
    ERASED = "erased"
    IN_USE = "in_use"


@dataclass(frozen=True)
class Turned:
    """The committed outcome of a turn, or of a look (then without events).

    Whatever the status, `HelpOffered` among the events means that help numbers are due.
    Everything but `status` is absent where the place is unknown; `session` is absent
    before the first turn, and after erasing has nothing but its language. `run` is the
    conversation's short public name, `child_number` which of the family's children it is
    about. `notice_read` is the edition of the privacy notice that the parent acknowledged,
    or ""; `notice_is_news` that there is another one by now, of which the parent must still
    be told. `is_listed`: the council's list has how to reach this family; `is_stopped`: it
    asked for no more messages.
    """

    status: TurnStatus
    round: Round | None = None
    questionnaire: Questionnaire | None = None
    session: Session | None = None
    run: str | None = None
    events: tuple[Event, ...] = ()
    child_number: int = 1
    notice_read: str = ""
    notice_is_news: bool = False
    is_listed: bool = False
    is_stopped: bool = False


HELP_OFFERED = "help_offered"
"""The fixed message with the help numbers, where a turn that cannot count needs them."""

HELP_STRANGER = "help_stranger"
"""The same for somebody without an invitation, whose words nobody will read."""

STAFF_ALERT = "staff_alert"
"""For the staff's own chat: something urgent came in. It says nothing of it."""


class NotStored(Exception):
    """The database took nothing just now; the same delivery may be tried again."""


class Conversations(Protocol):
    """The conversation service as a channel sees it."""

    async def take(self, turn: Turn) -> Turned:
        """Do one turn; returns after it is committed. Push channels are answered by the outbox.

        Raises:
            NotStored: the database could not keep it. Other errors are faults of ours.
        """

    async def look(self, place: Place) -> Turned:
        """Where this conversation stands. Changes nothing."""

    async def held(self, place: Place) -> tuple[Session, ...]:
        """The conversations of every child of this family, first child first."""

    async def asides(self, place: Place) -> tuple[str, ...]:
        """The words kept of this family that are no answer and wait, or waited, to be read."""

    async def look_open(self, code: str) -> Turned:
        """The open round with this open code, without a session. Changes nothing."""

    async def begin_open(self, code: str, delivery_key: str) -> str | None:
        """A new personal token for somebody who came by an open link, or `None`.

        The same `delivery_key` gives the same token again.

        Raises:
            NotStored: the database could not keep it.
        """


@dataclass(frozen=True)
class Outgoing:
    """One outbox row to be worded and sent now.

    `message_key` is "turn" (then `events`, `questionnaire` and `run` are there) or
    the name of a fixed message: "unknown_code", "no_code", "not_open_yet", "closed",
    "old_tap", "stopped", "erased", "group", "in_use" (this code is another chat's),
    "moved_away" (this chat's code is another's now), "help_offered" and "help_stranger" (the
    help numbers), "staff_alert" (for staff, about nobody), "web_link", "invitation" and
    "reminder" (these three with the `token` of the personal link). Where the parent asked to
    see what is held, `held` has every child's session, `asides` the words kept beside them,
    `notice_read` the edition of the privacy notice acknowledged, and `is_listed` whether the
    council's list has the family.
    `arguments` are the row's own, such as `message_id`.
    """

    id: int
    address: str
    message_key: str
    language: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    questionnaire: Questionnaire | None = None
    session: Session | None = None
    round: Round | None = None
    run: str | None = None
    held: tuple[Session, ...] = ()
    notice_read: str = ""
    is_listed: bool = False
    asides: tuple[str, ...] = ()


class DeliveryFailed(Exception):
    """A message was not delivered.

    `permanent` means this address will go on refusing (blocked, never started);
    `refused` that the other side got this message and would not have it;
    `retry_after` is how many seconds it asked us to wait; `uncertain` that it may have
    been delivered all the same; `moved_to` is what this address has become. None of them:
    the other side could not be reached, and will be.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        refused: bool = False,
        retry_after: float | None = None,
        uncertain: bool = False,
        moved_to: str = "",
    ) -> None:
        self.reason = reason
        self.permanent = permanent
        self.refused = refused
        self.retry_after = retry_after
        self.uncertain = uncertain
        self.moved_to = moved_to
        super().__init__(reason)


class Sender(Protocol):
    """A push channel's way out."""

    async def send(self, outgoing: Outgoing) -> None:
        """Word and deliver one message.

        Raises:
            DeliveryFailed: it was not delivered.
        """


@dataclass(frozen=True)
class PhaseCount:
    """Operational counts for one phase (`None`: phase not given yet). Not results."""

    phase: str | None
    started: int
    finished: int


@dataclass(frozen=True)
class RoundCounts:
    """Operational counts of a round, for staff only. Not results.

    `languages` are the codes of those on offer, `unchecked` of those of its questionnaire
    that no speaker has signed off (a demonstration offers them all the same).
    """

    round: Round
    invited: int
    started: int
    finished: int
    phases: tuple[PhaseCount, ...]
    open_code: str
    languages: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommentToRead:
    """A comment that waits to be read, under its question in the questionnaire's own language.

    `case_id` is the safeguarding case about it that is not closed, or "".
    """

    comment: WaitingComment
    question: str
    case_id: str = ""


@dataclass(frozen=True)
class CommentRead:
    """A comment that was read today, under its question, and the name of who read it."""

    read: ReadComment
    question: str
    by: str


class CloseOutcome(StrEnum):
    """What came of asking to close a round."""

    CLOSED = "closed"
    ALREADY_CLOSED = "already_closed"
    NOT_OPEN = "not_open"
    UNKNOWN = "unknown"


class TroubleKind(StrEnum):
    """What keeps the service from keeping, or telling, what it should."""

    DISK_FULL = "disk_full"
    BACKUP_FAILED = "backup_failed"
    BACKUP_LATE = "backup_late"
    NOT_ALERTED = "not_alerted"


@dataclass(frozen=True)
class Trouble:
    """One trouble and since when (UTC). `last_good`: when the newest backup was made, if any."""

    kind: TroubleKind
    since: datetime
    last_good: datetime | None = None


class Desk(Protocol):
    """The service as the staff pages see it. `actor` is who asks, as the audit log names them."""

    @property
    def cases(self) -> Cases:
        """Safeguarding cases, for those who lead on them alone."""

    async def troubles(self) -> tuple[Trouble, ...]:
        """What all staff must know now, the most pressing first; mostly nothing."""

    async def rounds(self) -> tuple[RoundCounts, ...]:
        """Every round, newest first, with its operational counts."""

    async def close_round(self, round_id: str, actor: str) -> CloseOutcome:
        """Close an open round: stop answers, make its release, cut an anonymous round's links."""

    async def comments_waiting(self) -> tuple[CommentToRead, ...]:
        """Every comment that waits to be read, the most urgent first; never who wrote it."""

    async def count_comments_waiting(self) -> int:
        """How many comments wait to be read."""

    async def strangers_helped(self) -> int:
        """How often people without an invitation got the help numbers in the last 30 days."""

    async def mark_comment_read(self, comment_id: str, actor: str) -> bool:
        """A person read this wording; `False` where it is not waiting, perhaps changed since."""

    async def comments_read_today(self) -> tuple[CommentRead, ...]:
        """What was read today and waits no more, the latest first."""

    async def put_comment_back(self, comment_id: str, actor: str) -> bool:
        """It waits again; `False` where this actor did not read it today, or it is gone."""

    async def release(self, round_id: str) -> Mapping[str, Any] | None:
        """The round's current release as plain data, or `None`."""

    async def strategy_html(self) -> str:
        """The strategy view as one self-contained page."""

"""The conversation service and the desk in memory, on the real engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.ports import (
    CloseOutcome,
    CodeGiven,
    CommentRead,
    CommentToRead,
    PhaseCount,
    Place,
    RoundCounts,
    Trouble,
    Turn,
    Turned,
    TurnStatus,
    WebPlace,
)
from surveys.engine import start, step
from surveys.events import HelpOffered
from surveys.model import Questionnaire
from surveys.overheard import words_of
from surveys.records import ReadComment, Round, RoundStatus
from surveys.session import Frame, Session
from tests.bot.web.fake_cases import MemoryCases
from tests.builders import CONFIDENCE

NOW = datetime(2027, 3, 10, 9, 30, tzinfo=UTC)


def a_round(questionnaire: Questionnaire = CONFIDENCE, **changes: Any) -> Round:
    """An open demonstration round from 1 to 28 March 2027, in England's time."""
    made = Round(
        id="r1",
        name="Spring 2027",
        questionnaire_key=questionnaire.key,
        questionnaire_hash=questionnaire.hash,
        status=RoundStatus.OPEN,
        opens_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
        closes_at=datetime(2027, 3, 28, 22, 59, tzinfo=UTC),
        demonstration=True,
        opened_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
    )
    return replace(made, **changes)


@dataclass
class MemoryConversations:
    """Conversations of one round. `now` is the clock; tests move it.

    Sessions are written out and read back between any two turns.
    """

    questionnaire: Questionnaire = CONFIDENCE
    round: Round = field(default_factory=a_round)
    now: datetime = NOW
    open_code: str = "spring27"
    language: str = ""
    tokens: set[str] = field(default_factory=lambda: {"tok-1"})
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    delivered: set[str] = field(default_factory=set)
    begun: dict[str, str] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    urgent: str = "he hits me"

    def clock(self) -> datetime:
        """The time now."""
        return self.now

    def session(self, place: str = "tok-1") -> Session | None:
        """The session as it is stored."""
        stored = self.sessions.get(place)
        return Session.from_dict(stored) if stored else None

    async def take(self, turn: Turn) -> Turned:
        """Do one turn on the real engine, once."""
        self.turns.append(turn)
        there = await self.look(turn.place)
        if there.status is not TurnStatus.OK:
            return there
        if turn.delivery_key in self.delivered:
            return replace(there, status=TurnStatus.DUPLICATE)
        self.delivered.add(turn.delivery_key)
        assert isinstance(turn.place, WebPlace)
        assert not isinstance(turn.input, CodeGiven)
        session = there.session or self._start()
        sprint = step(self.questionnaire, session, turn.input, self.now)
        self.sessions[turn.place.token] = sprint.session.to_dict()
        said = self.urgent in words_of(turn.input).splitlines()
        events = (*sprint.events, HelpOffered()) if said else sprint.events
        return replace(there, session=sprint.session, events=events)

    async def look(self, place: Place) -> Turned:
        """Where the conversation stands."""
        if not isinstance(place, WebPlace) or place.token not in self.tokens:
            return Turned(TurnStatus.UNKNOWN)
        session = self.session(place.token)
        return Turned(self._status(), self.round, self.questionnaire, session, "run1")

    async def asides(self, place: Place) -> tuple[str, ...]:
        """Nothing: these tests type only answers."""
        return ()

    async def held(self, place: Place) -> tuple[Session, ...]:
        session = (await self.look(place)).session
        return (session,) if session else ()

    async def look_open(self, code: str) -> Turned:
        """The round, for its open code."""
        if code != self.open_code:
            return Turned(TurnStatus.UNKNOWN)
        return Turned(self._status(), self.round, self.questionnaire)

    async def begin_open(self, code: str, delivery_key: str) -> str | None:
        """A new token, the same for the same key."""
        if code != self.open_code or self._status() is not TurnStatus.OK:
            return None
        token = self.begun.setdefault(delivery_key, f"open-{len(self.begun) + 1}")
        self.tokens.add(token)
        return token

    def _start(self) -> Session:
        language = self.language or self.questionnaire.default_language
        return start(self.questionnaire, language, Frame(self.round.moment, self.round.phases))

    def _status(self) -> TurnStatus:
        if self.now < self.round.opens_at:
            return TurnStatus.NOT_OPEN_YET
        if self.round.status is RoundStatus.CLOSED or self.now >= self.round.closes_at:
            return TurnStatus.CLOSED
        return TurnStatus.OK


@dataclass
class MemoryDesk:
    """A desk with one round and figures made up for the test. `actors` are those who asked."""

    round: Round = field(default_factory=a_round)
    released: Mapping[str, Any] | None = None
    strategy: str = "<!doctype html><html lang='en'><title>Strategy</title><h1>Strategy</h1></html>"
    invited: int = 1200
    phases: tuple[PhaseCount, ...] = (PhaseCount("primary", 31, 12), PhaseCount(None, 4, 0))
    comments: tuple[CommentToRead, ...] = ()
    troubled: tuple[Trouble, ...] = ()
    actors: list[str] = field(default_factory=list)
    read: tuple[CommentRead, ...] = ()
    cases: MemoryCases = field(default_factory=MemoryCases)

    async def rounds(self) -> tuple[RoundCounts, ...]:
        """The one round."""
        started = sum(each.started for each in self.phases)
        finished = sum(each.finished for each in self.phases)
        told = RoundCounts(self.round, self.invited, started, finished, self.phases, "spring27")
        return (replace(told, languages=("en", "pl"), unchecked=("ar",)),)

    async def troubles(self) -> tuple[Trouble, ...]:
        """What the test put there."""
        return self.troubled

    async def close_round(self, round_id: str, actor: str) -> CloseOutcome:
        """Close it, once."""
        self.actors.append(actor)
        if round_id != self.round.id:
            return CloseOutcome.UNKNOWN
        if self.round.status is RoundStatus.CLOSED:
            return CloseOutcome.ALREADY_CLOSED
        if self.round.status is RoundStatus.DRAFT:
            return CloseOutcome.NOT_OPEN
        closed_at = NOW + timedelta(hours=1)
        self.round = replace(self.round, status=RoundStatus.CLOSED, closed_at=closed_at)
        return CloseOutcome.CLOSED

    async def comments_waiting(self) -> tuple[CommentToRead, ...]:
        """What the test put there."""
        return self.comments

    async def count_comments_waiting(self) -> int:
        """How many the test put there."""
        return len(self.comments)

    async def strangers_helped(self) -> int:
        """Nobody."""
        return 0

    async def mark_comment_read(self, comment_id: str, actor: str) -> bool:
        """Take it away."""
        self.actors.append(actor)
        marked = [each for each in self.comments if each.comment.id == comment_id]
        self.comments = tuple(each for each in self.comments if each not in marked)
        self.read += tuple(
            CommentRead(ReadComment(each.comment, NOW, actor), each.question, "Sam")
            for each in marked
        )
        return bool(marked)

    async def comments_read_today(self) -> tuple[CommentRead, ...]:
        """What was marked."""
        return self.read

    async def put_comment_back(self, comment_id: str, actor: str) -> bool:
        """Wait again, for whoever marked it."""
        mine = [
            each
            for each in self.read
            if (each.read.comment.id, each.read.actor) == (comment_id, actor)
        ]
        self.read = tuple(each for each in self.read if each not in mine)
        self.comments += tuple(CommentToRead(each.read.comment, each.question) for each in mine)
        return bool(mine)

    async def release(self, round_id: str) -> Mapping[str, Any] | None:
        """Its release."""
        return self.released if round_id == self.round.id else None

    async def strategy_html(self) -> str:
        """A strategy view."""
        return self.strategy

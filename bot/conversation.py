"""The conversation service: one turn, from what a parent did to what is committed.

The engine decides what a turn means; this module keeps what it changed and queues what
is to be pushed, all in one transaction.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import rights
from bot.intake import Clock, Incoming, Intake
from bot.keeping import keep
from bot.languages import step_offered
from bot.library import Library
from bot.links import WEB_LINK, asks_for_link
from bot.ports import CodeGiven, NotStored, Place, Turn, Turned, TurnStatus, WebPlace
from bot.pushing import Pushing
from bot.seating import Seat, Seating, standing
from storage import comments, conversations, invitations, rounds
from storage.database import Database
from storage.errors import StorageError
from storage.vault import Vault, new_id
from surveys import engine
from surveys.commands import Command
from surveys.events import ChildChanged, CommandTaken, Event, HelpOffered
from surveys.inputs import Filled, NextChild, NoticeAcknowledged, Opened
from surveys.model import Questionnaire
from surveys.records import Round
from surveys.session import Frame, Session, Stage

MOST_CHILDREN = 9

_RUN_LENGTH = 8


@dataclass(frozen=True)
class _Done:
    """What the engine made of a turn, not yet kept."""

    seat: Seat
    questionnaire: Questionnaire
    run: str
    session: Session
    events: tuple[Event, ...]

    @property
    def turned(self) -> Turned:
        """The same, as a channel sees it."""
        return Turned(
            TurnStatus.OK,
            self.seat.round,
            self.questionnaire,
            self.session,
            self.run,
            self.events,
            self.seat.place.child_number,
        )


class ConversationService:
    """Takes turns from every channel."""

    def __init__(
        self,
        intake: Intake,
        reader: Database,
        vault: Vault,
        library: Library,
        clock: Clock,
        *,
        after_turn: Callable[[], None],
        after_erasing: Callable[[], None],
    ) -> None:
        self._intake = intake
        self._reader = reader
        self._seating = Seating(vault)
        self._pushing = Pushing(vault)
        self._library = library
        self._clock = clock
        self._after_turn = after_turn
        self._after_erasing = after_erasing

    async def take(self, turn: Turn) -> Turned:
        """Do one turn; returns after it is committed. Push channels are answered by the outbox.

        Raises:
            NotStored: the database could not keep it.
        """
        try:
            taken = await self._intake.submit(
                Incoming(lambda db, now: self._turn(db, now, turn), turn.delivery_key)
            )
        except (StorageError, sqlite3.OperationalError) as error:
            raise NotStored from error
        self._after_turn()
        if taken.value is not None and taken.value.status is TurnStatus.ERASED:
            await asyncio.to_thread(self._after_erasing)
        if taken.value is None:
            return self._again(turn, await self.look(turn.place))
        return taken.value

    def _again(self, turn: Turn, where: Turned) -> Turned:
        """A second delivery changes nothing; help that the first one offered is offered again.

        A browser shows only the answer to the last press of a button pressed twice.
        """
        seat = self._seating.find(self._reader, turn.place)
        response_id = conversations.response_of(self._reader, seat.place) if seat else None
        offered = (
            response_id is not None
            and isinstance(turn.input, Filled)
            and comments.is_urgent(self._reader, response_id, turn.input.key)
        )
        return replace(
            where, status=TurnStatus.DUPLICATE, events=(HelpOffered(),) if offered else ()
        )

    async def look(self, place: Place) -> Turned:
        """Where this conversation stands. Changes nothing."""
        seat = self._seating.find(self._reader, place)
        if seat is None:
            return Turned(TurnStatus.UNKNOWN)
        found = conversations.load(self._reader, seat.place)
        run, session = found or (None, None)
        questionnaire = self._library.get(self._reader, seat.round.questionnaire_hash)
        status = standing(seat.round, self._clock())
        return Turned(
            status, seat.round, questionnaire, session, run, child_number=seat.place.child_number
        )

    async def held(self, place: Place) -> tuple[Session, ...]:
        """The conversations of every child of this family, first child first."""
        seat = self._seating.find(self._reader, place)
        if seat is None:
            return ()
        return tuple(conversations.sessions(self._reader, seat.place.invitation.id))

    async def look_open(self, code: str) -> Turned:
        """The open round with this open code, without a session. Changes nothing."""
        found = rounds.by_open_code(self._reader, code)
        if found is None:
            return Turned(TurnStatus.UNKNOWN)
        questionnaire = self._library.get(self._reader, found.questionnaire_hash)
        return Turned(standing(found, self._clock()), found, questionnaire)

    async def begin_open(self, code: str, delivery_key: str) -> str | None:
        """A new personal token for somebody who came by an open link, or `None`."""
        return await self._intake.run(
            lambda db, now: self._seating.begin_open(db, now, code, delivery_key)
        )

    def _turn(self, db: Database, now: datetime, turn: Turn) -> Turned:
        if self._seating.is_kept_out(db, now, turn):
            self._pushing.fixed(db, now, turn, TurnStatus.IN_USE.value)
            return Turned(TurnStatus.IN_USE)
        seat = self._seating.of(db, now, turn)
        if seat is None:
            return self._turn_away(db, now, turn)
        if asks_for_link(turn):
            return self._send_link(db, now, turn, seat)
        questionnaire = self._library.get(db, seat.round.questionnaire_hash)
        found = conversations.load(db, seat.place)
        run, session = found or (new_id()[:_RUN_LENGTH], _start(questionnaire, seat.round))
        said = Opened() if isinstance(turn.input, CodeGiven) else turn.input
        sprint = step_offered(questionnaire, session, said, seat.round, now)
        done = _Done(seat, questionnaire, run, sprint.session, sprint.events)
        command = next((e.command for e in sprint.events if isinstance(e, CommandTaken)), None)
        if command is not None:
            return self._command(db, now, turn, done, command)
        refused = _refusal(turn, seat, now, known_run=found and found[0])
        if refused is not None:
            self._pushing.fixed(db, now, turn, refused.value, seat.round, session.language)
            return Turned(refused, seat.round, questionnaire, found and found[1])
        if isinstance(turn.input, NextChild) and session.stage is Stage.FINISHED:
            done = _next_child(db, now, done)
        return self._keep(db, now, turn, done)

    def _send_link(self, db: Database, now: datetime, turn: Turn, seat: Seat) -> Turned:
        """The parent's own web link; the outbox makes it anew, so that it lies nowhere."""
        self._pushing.seated(db, now, turn, WEB_LINK, seat)
        return Turned(standing(seat.round, now), seat.round)

    def _command(
        self, db: Database, now: datetime, turn: Turn, done: "_Done", command: Command
    ) -> Turned:
        """Commands move nothing, and their rights outlive the round's closing."""
        seat = done.seat
        erased = rights.carry_out(db, now, seat.place.invitation, seat.round, command)
        if erased:
            language = done.session.language
            self._pushing.fixed(db, now, turn, rights.ERASED, seat.round, language)
            # The session is gone; it says in which language to tell so.
            return Turned(TurnStatus.ERASED, seat.round, done.questionnaire, done.session)
        self._pushing.events(db, now, turn, seat, done.events)
        return done.turned

    def _keep(self, db: Database, now: datetime, turn: Turn, done: "_Done") -> Turned:
        seat = done.seat
        if seat.place.invitation.stopped:
            invitations.start_again(db, seat.place.invitation.id)
        events = keep(
            db,
            now,
            seat.place,
            done.questionnaire,
            done.session,
            done.events,
            run=done.run,
            mode=_mode(turn.place),
            sealed_contact=lambda: self._seating.sealed_contact(turn.place, seat),
        )
        if events:
            self._pushing.events(db, now, turn, seat, events)
        return replace(done, events=events).turned

    def _turn_away(self, db: Database, now: datetime, turn: Turn) -> Turned:
        """Nobody's turn: an unknown place or code, or a code of a round that is not open."""
        code = turn.input.code if isinstance(turn.input, CodeGiven) else None
        named = rounds.by_open_code(db, code) if code else None
        if named is None:
            self._pushing.fixed(db, now, turn, "unknown_code" if code else "no_code")
            return Turned(TurnStatus.UNKNOWN)
        status = standing(named, now)
        self._pushing.fixed(db, now, turn, status.value, named)
        return Turned(status, named)


def _next_child(db: Database, now: datetime, done: _Done) -> _Done:
    """The same family's next conversation, past the notice it has read already."""
    seat, questionnaire = done.seat, done.questionnaire
    invitation = seat.place.invitation
    if invitation.child_number >= MOST_CHILDREN:
        return done
    invitation = invitations.next_child(db, invitation)
    session = replace(_start(questionnaire, seat.round), language=done.session.language)
    begun = engine.step(questionnaire, session, NoticeAcknowledged(), now)
    events = (ChildChanged(invitation.child_number), *begun.events)
    there = Seat(conversations.Place(invitation), seat.round, seat.chat)
    return _Done(there, questionnaire, new_id()[:_RUN_LENGTH], begun.session, events)


def _refusal(turn: Turn, seat: Seat, now: datetime, *, known_run: str | None) -> TurnStatus | None:
    """Why a turn that is no command cannot count, or `None` where it can."""
    status = standing(seat.round, now)
    if status is not TurnStatus.OK:
        return status
    if turn.run is not None and turn.run != known_run:
        return TurnStatus.OLD_TAP
    comes_back = isinstance(turn.input, Opened | CodeGiven) or isinstance(turn.place, WebPlace)
    return TurnStatus.STOPPED if seat.place.invitation.stopped and not comes_back else None


def _start(questionnaire: Questionnaire, a_round: Round) -> Session:
    frame = Frame(moment=a_round.moment, phases=a_round.phases)
    return engine.start(questionnaire, questionnaire.default_language, frame)


def _mode(place: Place) -> str:
    return "web" if isinstance(place, WebPlace) else place.channel

"""The conversation service: one turn, from what a parent did to what is committed.

The engine decides what a turn means; this module finds the place it belongs to,
keeps what it changed and queues what is to be pushed, all in one transaction.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot import rights, second_chats
from bot.intake import Clock, Incoming, Intake
from bot.keeping import keep
from bot.languages import step_offered
from bot.library import Library
from bot.links import WEB_LINK, asks_for_link
from bot.ports import (
    ChatPlace,
    CodeGiven,
    NotStored,
    Place,
    Turn,
    Turned,
    TurnStatus,
    WebPlace,
)
from storage import chats, conversations, invitations, outbox, rounds
from storage.chats import Chat
from storage.database import Database
from storage.errors import StorageError
from storage.invitations import Invitation
from storage.vault import Vault, new_id
from surveys import engine
from surveys.commands import Command
from surveys.events import ChildChanged, CommandTaken, Event, event_to_dict
from surveys.inputs import NextChild, NoticeAcknowledged, Opened
from surveys.model import Questionnaire
from surveys.records import Round, RoundStatus
from surveys.session import Frame, Session, Stage

LONDON = ZoneInfo("Europe/London")

MOST_CHILDREN = 9

_RUN_LENGTH = 8


@dataclass(frozen=True)
class _Seat:
    """The place a turn belongs to, and the round it is in."""

    place: conversations.Place
    round: Round


@dataclass(frozen=True)
class _Done:
    """What the engine made of a turn, not yet kept."""

    seat: _Seat
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
        self._vault = vault
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
            where = await self.look(turn.place)
            return Turned(
                TurnStatus.DUPLICATE, where.round, where.questionnaire, where.session, where.run
            )
        return taken.value

    async def look(self, place: Place) -> Turned:
        """Where this conversation stands. Changes nothing."""
        seat = self._find(self._reader, place)
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
        seat = self._find(self._reader, place)
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
        """A new personal token for somebody who came by an open link, or `None`.

        The invitation's id comes from the delivery key, so a second post of the same
        form finds the first one's place.
        """
        return await self._intake.run(lambda db, now: self._begin_open(db, now, code, delivery_key))

    def _begin_open(self, db: Database, now: datetime, code: str, delivery_key: str) -> str | None:
        found = rounds.by_open_code(db, code)
        if found is None or standing(found, now) is not TurnStatus.OK:
            return None
        invitation_id = self._vault.lookup("open link", delivery_key)
        token = self._vault.token(invitation_id, 1)
        if invitations.by_id(db, invitation_id) is None:
            invitations.add(db, Invitation(invitation_id, found.id, "open"), token, now)
        return token

    def _turn(self, db: Database, now: datetime, turn: Turn) -> Turned:
        if self._is_kept_out(db, now, turn):
            self._push_fixed(db, now, turn, TurnStatus.IN_USE.value)
            return Turned(TurnStatus.IN_USE)
        seat = self._seat(db, now, turn)
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
            self._push_fixed(db, now, turn, refused.value, seat.round, session)
            return Turned(refused, seat.round, questionnaire, found and found[1])
        if isinstance(turn.input, NextChild) and session.stage is Stage.FINISHED:
            done = _next_child(db, now, done)
        return self._keep(db, now, turn, done)

    def _send_link(self, db: Database, now: datetime, turn: Turn, seat: _Seat) -> Turned:
        """The parent's own web link; the outbox makes it anew, so that it lies nowhere."""
        arguments = {"round_id": seat.round.id}
        self._push(db, now, turn, WEB_LINK, arguments, seat.place.invitation.id)
        return Turned(standing(seat.round, now), seat.round)

    def _command(
        self, db: Database, now: datetime, turn: Turn, done: "_Done", command: Command
    ) -> Turned:
        """Commands move nothing, and their rights outlive the round's closing."""
        seat = done.seat
        erased = rights.carry_out(db, now, seat.place.invitation, seat.round, command)
        if erased:
            self._push_fixed(db, now, turn, rights.ERASED, seat.round, done.session)
            return Turned(TurnStatus.ERASED, seat.round, done.questionnaire)
        self._push_events(db, now, turn, seat, done.events)
        return done.turned

    def _keep(self, db: Database, now: datetime, turn: Turn, done: "_Done") -> Turned:
        seat = done.seat
        if seat.place.invitation.stopped:
            invitations.start_again(db, seat.place.invitation.id)
        keep(
            db,
            now,
            seat.place,
            done.questionnaire,
            done.session,
            done.events,
            run=done.run,
            mode=_mode(turn.place),
        )
        if done.events:
            self._push_events(db, now, turn, seat, done.events)
        return done.turned

    def _turn_away(self, db: Database, now: datetime, turn: Turn) -> Turned:
        """Nobody's turn: an unknown place or code, or a code of a round that is not open."""
        code = turn.input.code if isinstance(turn.input, CodeGiven) else None
        named = rounds.by_open_code(db, code) if code else None
        if named is None:
            self._push_fixed(db, now, turn, "unknown_code" if code else "no_code")
            return Turned(TurnStatus.UNKNOWN)
        status = standing(named, now)
        self._push_fixed(db, now, turn, status.value, named)
        return Turned(status, named)

    def _is_kept_out(self, db: Database, now: datetime, turn: Turn) -> bool:
        place, said = turn.place, turn.input
        if not isinstance(place, ChatPlace) or not isinstance(said, CodeGiven):
            return False
        return second_chats.is_kept_out(db, now, self._vault, place, said.code)

    def _seat(self, db: Database, now: datetime, turn: Turn) -> _Seat | None:
        if not isinstance(turn.place, ChatPlace):
            return self._find(db, turn.place)
        if isinstance(turn.input, CodeGiven):
            return self._sit_down(db, now, turn.place, turn.input.code)
        # Who blocked us and writes again is back.
        chats.mark(db, self._vault.lookup(turn.place.channel, turn.place.address), "active")
        return self._find(db, turn.place)

    def _find(self, db: Database, place: Place) -> _Seat | None:
        if isinstance(place, WebPlace):
            return _at(db, invitations.by_token(db, place.token))
        chat = chats.by_lookup(db, self._vault.lookup(place.channel, place.address))
        return None if chat is None else _at(db, invitations.by_id(db, chat.invitation_id))

    def _sit_down(self, db: Database, now: datetime, place: ChatPlace, code: str) -> _Seat | None:
        """Link a chat to the invitation or open round that its code names."""
        invitation = invitations.by_token(db, code)
        if invitation is None:
            invitation = self._invitation_by_open_code(db, now, place, code)
        seat = _at(db, invitation)
        if seat is not None:
            self._link(db, now, place, seat.place.invitation.id)
        return seat

    def _invitation_by_open_code(
        self, db: Database, now: datetime, place: ChatPlace, code: str
    ) -> Invitation | None:
        found = rounds.by_open_code(db, code)
        if found is None:
            return None
        # One chat has one invitation in an open round, however often it starts again.
        lookup = self._vault.lookup(place.channel, place.address)
        invitation_id = self._vault.lookup(found.id, lookup)
        known = invitations.by_id(db, invitation_id)
        if known is not None or standing(found, now) is not TurnStatus.OK:
            return known
        invitation = Invitation(invitation_id, found.id, "open")
        invitations.add(db, invitation, self._vault.token(invitation_id, 1), now)
        return invitation

    def _link(self, db: Database, now: datetime, place: ChatPlace, invitation_id: str) -> None:
        lookup = self._vault.lookup(place.channel, place.address)
        sealed = self._vault.seal(place.address)
        chats.link(db, Chat(lookup, place.channel, sealed, invitation_id, "active"), now)

    def _push_fixed(
        self,
        db: Database,
        now: datetime,
        turn: Turn,
        key: str,
        about: Round | None = None,
        session: Session | None = None,
    ) -> None:
        arguments = {} if about is None else {"round_id": about.id}
        if session is not None:
            arguments["language"] = session.language
        self._push(db, now, turn, key, arguments)

    def _push_events(
        self, db: Database, now: datetime, turn: Turn, seat: _Seat, events: Sequence[Event]
    ) -> None:
        arguments = {
            "round_id": seat.round.id,
            "events": [event_to_dict(event) for event in events],
            "message_id": turn.message_id,
        }
        self._push(db, now, turn, "turn", arguments, seat.place.invitation.id)

    def _push(
        self,
        db: Database,
        now: datetime,
        turn: Turn,
        key: str,
        arguments: Mapping[str, Any],
        invitation_id: str | None = None,
    ) -> None:
        if not isinstance(turn.place, ChatPlace):
            return
        message = outbox.Message(
            channel=turn.place.channel,
            lookup=self._vault.lookup(turn.place.channel, turn.place.address),
            address=self._vault.seal(turn.place.address),
            invitation_id=invitation_id,
            kind="prompt",
            message_key=key,
            arguments=arguments,
        )
        outbox.add(db, message, due_at=now)


def standing(a_round: Round, now: datetime) -> TurnStatus:
    """Whether a round takes answers at this moment.

    The clock decides, not the time a message says it was written: what is handled at
    or after the closing time is late.
    """
    if a_round.status is RoundStatus.CLOSED or now >= a_round.closes_at:
        return TurnStatus.CLOSED
    if a_round.status is RoundStatus.DRAFT or now < a_round.opens_at:
        return TurnStatus.NOT_OPEN_YET
    return TurnStatus.OK


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
    there = _Seat(conversations.Place(invitation), seat.round)
    return _Done(there, questionnaire, new_id()[:_RUN_LENGTH], begun.session, events)


def _refusal(turn: Turn, seat: _Seat, now: datetime, *, known_run: str | None) -> TurnStatus | None:
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


def _at(db: Database, invitation: Invitation | None) -> _Seat | None:
    found = None if invitation is None else rounds.by_id(db, invitation.round_id)
    if invitation is None or found is None:
        return None
    return _Seat(conversations.Place(invitation), found)


def _mode(place: Place) -> str:
    return "web" if isinstance(place, WebPlace) else place.channel

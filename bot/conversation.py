"""The conversation service: one turn, from what a parent did to what is committed.

The engine decides what a turn means; this module keeps what it changed and queues what
is to be pushed, all in one transaction.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import noticing, overhearing, rights
from bot.cases import Cases
from bot.intake import Clock, Incoming, Intake
from bot.keeping import keep
from bot.languages import step_offered
from bot.library import Library
from bot.links import WEB_LINK, asks_for_link
from bot.notice.notices import Notices, shipped
from bot.outbox import OutboxSender
from bot.overhearing import HELP
from bot.ports import (
    HELP_OFFERED,
    HELP_STRANGER,
    CodeGiven,
    NotStored,
    Place,
    Turn,
    Turned,
    TurnStatus,
    WebPlace,
)
from bot.pushing import Pushing
from bot.seating import Seating, standing
from bot.staff_chat import StaffChat
from storage import asides, conversations, erasing, invitations, rounds
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Claimed
from storage.seats import Seat
from storage.vault import Vault, new_id
from surveys import engine
from surveys.commands import Command
from surveys.events import ChildChanged, CommandTaken, Event, HelpOffered
from surveys.inputs import NextChild, NoticeAcknowledged, Opened
from surveys.model import Questionnaire
from surveys.records import Round
from surveys.session import Frame, Session, Stage

MOST_CHILDREN = 9

_RUN_LENGTH = 8


@dataclass(frozen=True)
class _Done:
    """What the engine made of a turn, not yet kept; `before` is the session it began with."""

    seat: Seat
    questionnaire: Questionnaire
    run: str
    before: Session
    session: Session
    events: tuple[Event, ...]

    @property
    def command(self) -> Command | None:
        """The command that the turn was, if it was one."""
        taken = (each.command for each in self.events if isinstance(each, CommandTaken))
        return next(taken, None)

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


@dataclass(frozen=True)
class _Taken:
    """What a turn came to, and the message it queued, if that is to be handed over."""

    turned: Turned
    claimed: Claimed | None


class ConversationService:
    """Takes turns from every channel; `outbox` sends what they push, else it stays queued.

    `notice` is what parents read; ours where none is given. `staff_chat` is told when
    something urgent waits, if there is one.
    """

    def __init__(
        self,
        intake: Intake,
        reader: Database,
        vault: Vault,
        library: Library,
        clock: Clock,
        *,
        outbox: OutboxSender | None,
        after_erasing: Callable[[], object],
        notice: Notices | None = None,
        staff_chat: StaffChat | None = None,
    ) -> None:
        self._intake = intake
        self._reader = reader
        self._seating = Seating(vault)
        self._vault = vault
        self._library = library
        self._clock = clock
        self._edition = (notice or shipped()).edition.code
        self._outbox = outbox
        self._staff_chat = staff_chat or StaffChat()
        self._after_erasing = after_erasing

    async def take(self, turn: Turn) -> Turned:
        """Do one turn; returns after it is committed. Push channels are answered by the outbox.

        Raises:
            NotStored: the database could not keep it.
        """
        try:
            taken = await self._intake.submit(
                Incoming(
                    lambda db, now: self._turn(db, now, turn), turn.delivery_key, self._hand_over
                )
            )
        except (StorageError, sqlite3.OperationalError) as error:
            raise NotStored from error
        if taken.value is None:
            return self._again(turn, await self.look(turn.place))
        turned = taken.value.turned
        if turned.status is TurnStatus.ERASED:
            await asyncio.to_thread(self._after_erasing)
        return turned

    def _again(self, turn: Turn, where: Turned) -> Turned:
        """A second delivery changes nothing; help that the first one offered is offered again.

        A browser shows only the answer to the last press of a button pressed twice.
        """
        offered = overhearing.needs_help(turn.input, where.questionnaire)
        status = TurnStatus.DUPLICATE if where.status is TurnStatus.OK else where.status
        return replace(where, status=status, events=HELP if offered else ())

    async def look(self, place: Place) -> Turned:
        """Where this conversation stands. Changes nothing."""
        seat = self._seating.find(self._reader, place)
        if seat is None:
            return Turned(TurnStatus.UNKNOWN)
        return Turned(
            standing(seat.round, self._clock()),
            seat.round,
            self._library.get(self._reader, seat.round.questionnaire_hash),
            seat.session,
            seat.run,
            child_number=seat.place.child_number,
            notice_read=seat.notice.acknowledged,
            is_listed=seat.place.invitation.contact_id is not None,
            notice_is_news=noticing.is_news(seat.session, seat.notice, self._edition),
        )

    async def held(self, place: Place) -> tuple[Session, ...]:
        """The conversations of every child of this family, first child first."""
        seat = self._seating.find(self._reader, place)
        if seat is None:
            return ()
        return tuple(conversations.sessions(self._reader, seat.place.invitation.id))

    async def asides(self, place: Place) -> tuple[str, ...]:
        """The words kept of this family that are no answer."""
        seat = self._seating.find(self._reader, place)
        return tuple(asides.held(self._reader, seat.place.invitation.id)) if seat else ()

    async def look_open(self, code: str) -> Turned:
        """The open round with this open code, without a session. Changes nothing."""
        found = rounds.by_open_code(self._reader, code)
        if found is None:
            return Turned(TurnStatus.UNKNOWN)
        questionnaire = self._library.get(self._reader, found.questionnaire_hash)
        return Turned(standing(found, self._clock()), found, questionnaire)

    async def begin_open(self, code: str, delivery_key: str) -> str | None:
        """A new personal token for somebody who came by an open link, or `None`.

        Raises:
            NotStored: the database could not keep it.
        """
        try:
            return await self._intake.run(
                lambda db, now: self._seating.begin_open(db, now, code, delivery_key)
            )
        except (StorageError, sqlite3.OperationalError) as error:
            raise NotStored from error

    def _hand_over(self, taken: _Taken) -> None:
        if self._outbox is not None:
            self._outbox.hand_over(taken.claimed)

    def _turn(self, db: Database, now: datetime, turn: Turn) -> _Taken:
        is_taking = self._outbox is not None and self._outbox.is_taking
        pushing = Pushing(self._vault, db, now, turn, is_taking=is_taking)
        turned = self._turned(db, now, turn, pushing)
        return _Taken(turned, pushing.claimed)

    def _turned(self, db: Database, now: datetime, turn: Turn, pushing: Pushing) -> Turned:
        if self._seating.is_kept_out(db, now, turn):
            pushing.fixed(TurnStatus.IN_USE.value, language=self._spoken(db, turn))
            return Turned(TurnStatus.IN_USE)
        seat = self._seating.of(db, now, turn)
        if seat is None:
            return self._turn_away(db, now, turn, pushing)
        if asks_for_link(turn):
            # The outbox makes the parent's own link anew, so that it lies nowhere.
            pushing.seated(WEB_LINK, seat)
            return Turned(standing(seat.round, now), seat.round)
        questionnaire = self._library.get(db, seat.round.questionnaire_hash)
        run = seat.run or new_id()[:_RUN_LENGTH]
        session = seat.session or _start(questionnaire, seat.round)
        said = Opened() if isinstance(turn.input, CodeGiven) else turn.input
        sprint = step_offered(questionnaire, session, said, seat.round, now)
        done = _Done(seat, questionnaire, run, session, sprint.session, sprint.events)
        if done.command is not None:
            return self._command(db, now, turn, done, pushing)
        refused = _refusal(turn, seat, now)
        if refused is not None:
            stayed = replace(done, session=session)
            turned = self._refuse(db, now, turn, stayed, pushing, because=refused)
            return replace(turned, session=seat.session)
        if isinstance(turn.input, NextChild) and session.stage is Stage.FINISHED:
            done = _next_child(db, now, done)
        return self._keep(db, now, turn, done, pushing)

    def _keep(
        self, db: Database, now: datetime, turn: Turn, done: _Done, pushing: Pushing
    ) -> Turned:
        seat = done.seat
        if seat.place.invitation.stopped:
            erasing.start_again(db, seat.place.invitation.id, now)
        help_due = self._overhear(db, now, turn, done, done.events)
        events = help_due + keep(
            db,
            now,
            seat.place,
            done.questionnaire,
            done.session,
            done.events,
            run=done.run,
            response_id=seat.response_id,
            mode=_mode(turn.place),
            cases=self._cases(db, now, turn, seat),
        )
        news, read = noticing.follow(db, turn, seat, done.before, done.session, self._edition)
        told = (*news, *events)
        if told:
            pushing.events(seat, told)
        return replace(
            done.turned,
            events=told,
            notice_read=read.acknowledged,
            notice_is_news=noticing.is_news(done.session, read, self._edition),
        )

    def _command(
        self, db: Database, now: datetime, turn: Turn, done: _Done, pushing: Pushing
    ) -> Turned:
        """Commands move nothing, and their rights outlive the round's closing."""
        seat, invitation = done.seat, done.seat.place.invitation
        if rights.carry_out(db, now, invitation, seat.round, done.command):
            language = done.session.language
            pushing.fixed(rights.ERASED, seat.round, language)
            # Of the conversation only its language is left, to say so in it.
            left = replace(_start(done.questionnaire, seat.round), language=language)
            return Turned(TurnStatus.ERASED, seat.round, done.questionnaire, left)
        noticing.shown(db, turn, seat, done.events, self._edition)
        pushing.events(seat, done.events)
        return done.turned

    def _refuse(
        self,
        db: Database,
        now: datetime,
        turn: Turn,
        done: _Done,
        pushing: Pushing,
        *,
        because: TurnStatus,
    ) -> Turned:
        """A turn that cannot count. What its words say is listened to all the same."""
        seat, language = done.seat, done.session.language
        help_due = self._overhear(db, now, turn, done, ())
        if help_due:
            pushing.fixed(HELP_OFFERED, seat.round, language)
        pushing.fixed(because.value, seat.round, language)
        return Turned(because, seat.round, done.questionnaire, events=help_due)

    def _overhear(
        self, db: Database, now: datetime, turn: Turn, done: _Done, kept: tuple[Event, ...]
    ) -> tuple[HelpOffered, ...]:
        """Keep words of a turn that are no answer and must be read; returns the help due."""
        return overhearing.keep_aside(
            db,
            now,
            done.seat.place.invitation,
            overhearing.listen(done.questionnaire, done.session, turn.input, kept),
            done.session,
            self._cases(db, now, turn, done.seat),
        )

    def _cases(self, db: Database, now: datetime, turn: Turn, seat: Seat) -> Cases:
        return Cases(
            db, now, lambda: self._seating.sealed_contact(turn.place, seat), self._staff_chat
        )

    def _turn_away(self, db: Database, now: datetime, turn: Turn, pushing: Pushing) -> Turned:
        """Nobody's turn: an unknown place or code, or a code of a round that is not open."""
        help_due = overhearing.help_stranger(db, now, turn.input)
        if help_due:
            pushing.fixed(HELP_STRANGER)
        code = turn.input.code if isinstance(turn.input, CodeGiven) else None
        named = rounds.by_open_code(db, code) if code else None
        spoken = self._spoken(db, turn)
        if named is None:
            pushing.fixed("unknown_code" if code else "no_code", language=spoken)
            return Turned(TurnStatus.UNKNOWN, events=help_due)
        status = standing(named, now)
        pushing.fixed(status.value, named, spoken)
        return Turned(status, named, events=help_due)

    def _spoken(self, db: Database, turn: Turn) -> str | None:
        """The language of whoever has no seat here: of the code's conversation, or the chat's."""
        seat = self._seating.behind(db, turn)
        return seat.session.language if seat and seat.session else None


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
    there = Seat(conversations.Place(invitation), seat.round, seat.chat, notice=seat.notice)
    run = new_id()[:_RUN_LENGTH]
    return _Done(there, questionnaire, run, done.before, begun.session, events)


def _refusal(turn: Turn, seat: Seat, now: datetime) -> TurnStatus | None:
    """Why a turn that is no command cannot count, or `None` where it can."""
    status = standing(seat.round, now)
    if status is not TurnStatus.OK:
        return status
    if turn.run is not None and turn.run != seat.run:
        return TurnStatus.OLD_TAP
    comes_back = isinstance(turn.input, Opened | CodeGiven) or isinstance(turn.place, WebPlace)
    return TurnStatus.STOPPED if seat.place.invitation.stopped and not comes_back else None


def _start(questionnaire: Questionnaire, a_round: Round) -> Session:
    frame = Frame(moment=a_round.moment, phases=a_round.phases)
    return engine.start(questionnaire, questionnaire.default_language, frame)


def _mode(place: Place) -> str:
    return "web" if isinstance(place, WebPlace) else place.channel

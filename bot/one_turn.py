"""One turn inside the transaction: where it belongs, what it means, what is kept and said of it.

The engine decides what a turn means; everything else about it is decided here.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot import noticing, overhearing, rights
from bot.cases import Cases
from bot.keeping import keep
from bot.languages import step_offered
from bot.library import Library
from bot.links import WEB_LINK, asks_for_link
from bot.ports import (
    HELP_OFFERED,
    HELP_STRANGER,
    CodeGiven,
    Place,
    Turn,
    Turned,
    TurnStatus,
    WebPlace,
)
from bot.pushing import Pushing
from bot.seating import Seating, standing
from bot.staff_chat import StaffChat
from storage import conversations, erasing, invitations, rounds, seats
from storage.database import Database
from storage.seats import Seat
from storage.vault import new_id
from surveys import engine
from surveys.commands import Command
from surveys.events import AlreadyFinished, ChildChanged, CommandTaken, Event, HelpOffered
from surveys.inputs import (
    LanguageChosen,
    NextChild,
    NoOtherChild,
    NoticeAcknowledged,
    Opened,
    Overheard,
)
from surveys.model import Questionnaire
from surveys.overheard import as_draft
from surveys.records import Round
from surveys.session import Frame, Session, Stage

MOST_CHILDREN = 9

_RUN_LENGTH = 8


@dataclass(frozen=True)
class House:
    """What every turn needs. `edition` is the privacy notice that is shown now."""

    seating: Seating
    library: Library
    staff_chat: StaffChat
    edition: str


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
    def may_withdraw(self) -> bool:
        """Whether it is about a later child of whom nothing has been said yet."""
        is_later = self.seat.place.child_number > 1
        return is_later and self.before.stage is Stage.ASKING and not self.before.answers

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
class OneTurn:
    """A turn in the transaction of `db`; `pushing` queues what it says to a chat."""

    house: House
    db: Database
    now: datetime
    turn: Turn
    pushing: Pushing

    def do(self) -> Turned:
        """Find its place, and keep what comes of it."""
        db, now, turn, pushing = self.db, self.now, self.turn, self.pushing
        if self.house.seating.is_kept_out(db, now, turn):
            pushing.fixed(TurnStatus.IN_USE.value, language=self._spoken())
            return Turned(TurnStatus.IN_USE)
        seat = self.house.seating.of(db, now, turn)
        if seat is None:
            return self._turn_away()
        if asks_for_link(turn):
            # The outbox makes the parent's own link anew, so that it lies nowhere.
            pushing.seated(WEB_LINK, seat)
            return Turned(standing(seat.round, now), seat.round)
        questionnaire = self.house.library.get(db, seat.round.questionnaire_hash)
        run = seat.run or new_id()[:_RUN_LENGTH]
        session = seat.session or _start(questionnaire, seat.round)
        said = Opened() if isinstance(turn.input, CodeGiven) else turn.input
        sprint = step_offered(questionnaire, session, said, seat.round, now)
        done = _Done(seat, questionnaire, run, session, sprint.session, sprint.events)
        if done.command is not None:
            return self._command(done)
        refused = _refusal(turn, seat, now)
        if refused is not None:
            stayed = replace(done, session=session)
            return replace(self._refuse(stayed, because=refused), session=seat.session)
        mistaken = isinstance(turn.input, NoOtherChild) and done.may_withdraw
        return self._withdraw(done) if mistaken else self._keep(done)

    def _keep(self, done: _Done) -> Turned:
        db, now, turn = self.db, self.now, self.turn
        if isinstance(turn.input, NextChild) and done.before.stage is Stage.FINISHED:
            done = _next_child(db, now, done)
        seat = done.seat
        # Only who goes on with the survey has messages again: not who reads in another language.
        if seat.place.invitation.stopped and not isinstance(turn.input, LanguageChosen | Overheard):
            erasing.start_again(db, seat.place.invitation.id, now)
        help_due = self._overhear(done, done.events)
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
            cases=self._cases(seat),
        )
        news, read = noticing.follow(db, turn, seat, done.before, done.session, self.house.edition)
        told = (*news, *events)
        if told:
            self.pushing.events(seat, told)
        return replace(
            done.turned,
            events=told,
            notice_read=read.acknowledged,
            notice_is_news=noticing.is_news(done.session, read, self.house.edition),
        )

    def _withdraw(self, done: _Done) -> Turned:
        """Back to the child before, as if nobody had asked for another."""
        seat = done.seat
        conversations.withdraw(self.db, seat.place)
        found = seats.by_invitation(self.db, seat.place.invitation.id)
        assert found is not None  # noqa: S101 - its invitation is the one of this turn
        there, events = replace(found, chat=seat.chat), (AlreadyFinished(),)
        self.pushing.events(there, events)
        return Turned(
            TurnStatus.OK,
            there.round,
            done.questionnaire,
            there.session,
            there.run,
            events,
            there.place.child_number,
        )

    def _command(self, done: _Done) -> Turned:
        """Commands move nothing, and their rights outlive the round's closing."""
        seat, invitation = done.seat, done.seat.place.invitation
        if rights.carry_out(self.db, self.now, invitation, seat.round, done.command):
            language = done.session.language
            self.pushing.fixed(rights.ERASED, seat.round, language)
            # Of the conversation only its language is left, to say so in it.
            left = replace(_start(done.questionnaire, seat.round), language=language)
            return Turned(TurnStatus.ERASED, seat.round, done.questionnaire, left)
        noticing.shown(self.db, self.turn, seat, done.events, self.house.edition)
        self.pushing.events(seat, done.events)
        return done.turned

    def _refuse(self, done: _Done, *, because: TurnStatus) -> Turned:
        """A turn that cannot count. What its words say is listened to all the same."""
        seat, language = done.seat, done.session.language
        help_due = self._overhear(done, ())
        if help_due:
            self.pushing.fixed(HELP_OFFERED, seat.round, language)
        self.pushing.fixed(because.value, seat.round, language)
        return Turned(because, seat.round, done.questionnaire, events=help_due)

    def _overhear(self, done: _Done, kept: tuple[Event, ...]) -> tuple[HelpOffered, ...]:
        """Keep words of a turn that are no answer and must be read; returns the help due."""
        invitation = done.seat.place.invitation
        overhearing.drop_drafts(self.db, invitation, kept)
        aside = overhearing.listen(done.questionnaire, done.session, self.turn.input, kept)
        return overhearing.keep_aside(
            self.db,
            self.now,
            invitation,
            aside and as_draft(aside, kept, invitation.child_number),
            done.session,
            self._cases(done.seat),
        )

    def _cases(self, seat: Seat) -> Cases:
        place, seating = self.turn.place, self.house.seating
        return Cases(
            self.db, self.now, lambda: seating.sealed_contact(place, seat), self.house.staff_chat
        )

    def _turn_away(self) -> Turned:
        """Nobody's turn: an unknown place or code, or a code of a round that is not open."""
        said, pushing = self.turn.input, self.pushing
        help_due = overhearing.help_stranger(self.db, self.now, said)
        if help_due:
            pushing.fixed(HELP_STRANGER)
        code = said.code if isinstance(said, CodeGiven) else None
        named = rounds.by_open_code(self.db, code) if code else None
        spoken = self._spoken()
        if named is None:
            pushing.fixed("unknown_code" if code else "no_code", language=spoken)
            return Turned(TurnStatus.UNKNOWN, events=help_due)
        status = standing(named, self.now)
        pushing.fixed(status.value, named, spoken)
        return Turned(status, named, events=help_due)

    def _spoken(self) -> str | None:
        """The language of whoever has no seat here: of the code's conversation, or the chat's."""
        seat = self.house.seating.behind(self.db, self.turn)
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

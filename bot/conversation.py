"""The conversation service: turns go to the writer, and pages ask where a conversation stands."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import noticing, overhearing
from bot.intake import Clock, Incoming, Intake
from bot.library import Library
from bot.notice.notices import Notices, shipped
from bot.one_turn import House, OneTurn
from bot.outbox import OutboxSender
from bot.overhearing import HELP
from bot.ports import (
    NotStored,
    Place,
    Turn,
    Turned,
    TurnStatus,
)
from bot.pushing import Pushing
from bot.seating import Seating, standing
from bot.staff_chat import StaffChat
from storage import asides, conversations, rounds
from storage.database import Database
from storage.errors import StorageError
from storage.outbox import Claimed
from storage.vault import Vault
from surveys.session import Session


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
        self._vault = vault
        self._clock = clock
        self._outbox = outbox
        edition = (notice or shipped()).edition.code
        self._house = House(Seating(vault), library, staff_chat or StaffChat(), edition)
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
        seat = self._house.seating.find(self._reader, place)
        if seat is None:
            return Turned(TurnStatus.UNKNOWN)
        return Turned(
            standing(seat.round, self._clock()),
            seat.round,
            self._house.library.get(self._reader, seat.round.questionnaire_hash),
            seat.session,
            seat.run,
            child_number=seat.place.child_number,
            notice_read=seat.notice.acknowledged,
            is_listed=seat.place.invitation.contact_id is not None,
            notice_is_news=noticing.is_news(seat.session, seat.notice, self._house.edition),
            is_stopped=seat.place.invitation.stopped,
        )

    async def held(self, place: Place) -> tuple[Session, ...]:
        """The conversations of every child of this family, first child first."""
        seat = self._house.seating.find(self._reader, place)
        if seat is None:
            return ()
        return tuple(conversations.sessions(self._reader, seat.place.invitation.id))

    async def asides(self, place: Place) -> tuple[str, ...]:
        """The words kept of this family that are no answer."""
        seat = self._house.seating.find(self._reader, place)
        return tuple(asides.held(self._reader, seat.place.invitation.id)) if seat else ()

    async def look_open(self, code: str) -> Turned:
        """The open round with this open code, without a session. Changes nothing."""
        found = rounds.by_open_code(self._reader, code)
        if found is None:
            return Turned(TurnStatus.UNKNOWN)
        questionnaire = self._house.library.get(self._reader, found.questionnaire_hash)
        return Turned(standing(found, self._clock()), found, questionnaire)

    async def begin_open(self, code: str, delivery_key: str) -> str | None:
        """A new personal token for somebody who came by an open link, or `None`.

        Raises:
            NotStored: the database could not keep it.
        """
        try:
            return await self._intake.run(
                lambda db, now: self._house.seating.begin_open(db, now, code, delivery_key)
            )
        except (StorageError, sqlite3.OperationalError) as error:
            raise NotStored from error

    def _hand_over(self, taken: _Taken) -> None:
        if self._outbox is not None:
            self._outbox.hand_over(taken.claimed)

    def _turn(self, db: Database, now: datetime, turn: Turn) -> _Taken:
        is_taking = self._outbox is not None and self._outbox.is_taking
        pushing = Pushing(self._vault, db, now, turn, is_taking=is_taking)
        turned = OneTurn(self._house, db, now, turn, pushing).do()
        return _Taken(turned, pushing.claimed)

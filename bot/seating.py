"""Where a turn belongs: the invitation, the round, and the chat it came by.

A web link and a chat both lead to an invitation; a code of a poster makes one.
"""

import json
from datetime import datetime

from bot import second_chats
from bot.ports import ChatPlace, CodeGiven, Place, Turn, TurnStatus, WebPlace
from storage import chats, contacts, invitations, rounds, seats
from storage.chats import Chat
from storage.database import Database
from storage.invitations import Invitation
from storage.seats import Seat
from storage.vault import Vault
from surveys.records import Round, RoundStatus


class Seating:
    """Finds seats, and gives new ones to those who bring a code."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def find(self, db: Database, place: Place) -> Seat | None:
        """The seat at this place. Changes nothing."""
        if isinstance(place, WebPlace):
            return seats.by_token(db, place.token)
        return seats.by_chat(db, self._vault.lookup(place.channel, place.address))

    def of(self, db: Database, now: datetime, turn: Turn) -> Seat | None:
        """The seat of a turn; a chat that brings a code sits down where the code says."""
        place = turn.place
        if not isinstance(place, ChatPlace):
            return self.find(db, place)
        if isinstance(turn.input, CodeGiven):
            return self._sit_down(db, now, place, turn.input.code)
        seat = self.find(db, place)
        if seat is None or seat.chat is None or seat.chat.status != "active":
            # Who blocked us and writes again is back.
            lookup = self._vault.lookup(place.channel, place.address)
            chats.mark(db, lookup, "active")
            contacts.take_up(db, lookup)
        return seat

    def is_kept_out(self, db: Database, now: datetime, turn: Turn) -> bool:
        """Whether the turn brings a code that another chat is using."""
        place, said = turn.place, turn.input
        if not isinstance(place, ChatPlace) or not isinstance(said, CodeGiven):
            return False
        return second_chats.is_kept_out(db, now, self._vault, place, said.code)

    def behind(self, db: Database, turn: Turn) -> Seat | None:
        """The seat that a turn's code leads to, else the one where the chat sits now.

        Changes nothing, and gives nobody that seat.
        """
        said = turn.input
        seat = seats.by_token(db, said.code) if isinstance(said, CodeGiven) else None
        return seat or self.find(db, turn.place)

    def sealed_contact(self, place: Place, seat: Seat) -> str:
        """How to reach this parent when the round's links are gone: for a case alone."""
        contact = {"invitation": seat.place.invitation.id}
        if isinstance(place, ChatPlace):
            contact |= {"channel": place.channel, "address": place.address}
        return self._vault.seal(json.dumps(contact))

    def begin_open(self, db: Database, now: datetime, code: str, delivery_key: str) -> str | None:
        """The token of a new invitation to the round with this open code, or `None`.

        The invitation's id comes from the delivery key, so a second post of the same
        form finds the first one's place.
        """
        found = rounds.by_open_code(db, code)
        if found is None or standing(found, now) is not TurnStatus.OK:
            return None
        invitation_id = self._vault.lookup("open link", delivery_key)
        self._invite(db, now, found, invitation_id)
        return self._vault.token(invitation_id, 1)

    def _sit_down(self, db: Database, now: datetime, place: ChatPlace, code: str) -> Seat | None:
        invitation = invitations.by_token(db, code)
        if invitation is None:
            invitation = self._by_open_code(db, now, place, code)
        if invitation is None:
            return None
        lookup = self._vault.lookup(place.channel, place.address)
        sealed = self._vault.seal(place.address)
        chat = Chat(lookup, place.channel, sealed, invitation.id, "active")
        chats.link(db, chat, now)
        if invitation.contact_id is not None:
            # The next round reaches this family here.
            contacts.link_chat(db, invitation.contact_id, place.channel, lookup, sealed)
        return seats.by_chat(db, lookup)

    def _by_open_code(
        self, db: Database, now: datetime, place: ChatPlace, code: str
    ) -> Invitation | None:
        found = rounds.by_open_code(db, code)
        if found is None:
            return None
        # One chat has one invitation in an open round, however often it starts again.
        lookup = self._vault.lookup(place.channel, place.address)
        invitation_id = self._vault.lookup(found.id, lookup)
        if standing(found, now) is not TurnStatus.OK:
            return invitations.by_id(db, invitation_id)
        return self._invite(db, now, found, invitation_id)

    def _invite(
        self, db: Database, now: datetime, a_round: Round, invitation_id: str
    ) -> Invitation:
        known = invitations.by_id(db, invitation_id)
        if known is not None:
            return known
        invitation = Invitation(invitation_id, a_round.id, "open")
        invitations.add(db, invitation, self._vault.token(invitation_id, 1), now)
        return invitation


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

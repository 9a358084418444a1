"""What a turn has to say to a chat, queued in the turn's own transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.ports import ChatPlace, Turn
from bot.seating import Seat
from storage import outbox
from storage.chats import Chat
from storage.database import Database
from storage.vault import Vault
from surveys.events import Event, event_to_dict
from surveys.records import Round


class Pushing:
    """Queues messages for turns that came by a push channel; does nothing for the others."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def fixed(
        self,
        db: Database,
        now: datetime,
        turn: Turn,
        key: str,
        about: Round | None = None,
        language: str | None = None,
    ) -> None:
        """A message that is about a round at most, and about nobody.

        `language` is the reader's, where it is known.
        """
        arguments = {} if about is None else {"round_id": about.id}
        if language is not None:
            arguments["language"] = language
        self._push(db, now, turn, key, arguments)

    def seated(self, db: Database, now: datetime, turn: Turn, key: str, seat: Seat) -> None:
        """A message to the family at this seat."""
        self._push(db, now, turn, key, {"round_id": seat.round.id}, seat=seat)

    def events(
        self, db: Database, now: datetime, turn: Turn, seat: Seat, events: Sequence[Event]
    ) -> None:
        """What happened in the turn, to be worded when it is sent."""
        arguments = {
            "round_id": seat.round.id,
            "events": [event_to_dict(event) for event in events],
            "message_id": turn.message_id,
        }
        self._push(db, now, turn, "turn", arguments, seat=seat)

    def _push(
        self,
        db: Database,
        now: datetime,
        turn: Turn,
        key: str,
        arguments: Mapping[str, Any],
        *,
        seat: Seat | None = None,
    ) -> None:
        if not isinstance(turn.place, ChatPlace):
            return
        lookup, address = self._address(turn.place, seat.chat if seat else None)
        message = outbox.Message(
            channel=turn.place.channel,
            lookup=lookup,
            address=address,
            invitation_id=seat.place.invitation.id if seat else None,
            kind="prompt",
            message_key=key,
            arguments=arguments,
        )
        outbox.add(db, message, due_at=now)

    def _address(self, place: ChatPlace, chat: Chat | None) -> tuple[str, str]:
        # Sealed once, when the chat was linked: sealing is slow.
        if chat is not None:
            return chat.lookup, chat.address
        return self._vault.lookup(place.channel, place.address), self._vault.seal(place.address)

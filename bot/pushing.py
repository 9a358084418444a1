"""What a turn has to say to a chat, queued in the turn's own transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.ports import ChatPlace, Turn
from storage import outbox
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Claimed
from storage.seats import Seat
from storage.vault import Vault
from surveys.events import Event, event_to_dict
from surveys.records import Round


class Pushing:
    """Queues what one turn says, if it came by a push channel.

    Where the sender `is_taking`, the message is claimed as it is queued; `claimed` is then
    to be handed to it after the commit.
    """

    def __init__(
        self, vault: Vault, db: Database, now: datetime, turn: Turn, *, is_taking: bool
    ) -> None:
        self._vault = vault
        self._db = db
        self._now = now
        self._turn = turn
        self._is_taking = is_taking
        self.claimed: Claimed | None = None

    def fixed(self, key: str, about: Round | None = None, language: str | None = None) -> None:
        """A message that is about a round at most, and about nobody.

        `language` is the reader's, where it is known.
        """
        arguments = {} if about is None else {"round_id": about.id}
        if language is not None:
            arguments["language"] = language
        self._push(key, arguments)

    def seated(self, key: str, seat: Seat) -> None:
        """A message to the family at this seat."""
        self._push(key, {"round_id": seat.round.id}, seat=seat)

    def events(self, seat: Seat, events: Sequence[Event]) -> None:
        """What happened in the turn, to be worded when it is sent."""
        if not isinstance(self._turn.place, ChatPlace):
            return
        arguments = {
            "round_id": seat.round.id,
            "events": [event_to_dict(event) for event in events],
            "message_id": self._turn.message_id,
        }
        self._push("turn", arguments, seat=seat)

    def _push(self, key: str, arguments: Mapping[str, Any], *, seat: Seat | None = None) -> None:
        place = self._turn.place
        if not isinstance(place, ChatPlace):
            return
        lookup, address = self._address(place, seat.chat if seat else None)
        message = outbox.Message(
            channel=place.channel,
            lookup=lookup,
            address=address,
            invitation_id=seat.place.invitation.id if seat else None,
            kind="prompt",
            message_key=key,
            arguments=arguments,
        )
        # A turn's later message waits for its first.
        if self._is_taking and self.claimed is None:
            self.claimed = outbox.add_claimed(self._db, message, self._now)
        else:
            outbox.add(self._db, message, due_at=self._now)

    def _address(self, place: ChatPlace, chat: Chat | None) -> tuple[str, str]:
        # Sealed once, when the chat was linked: sealing is slow.
        if chat is not None:
            return chat.lookup, chat.address
        return self._vault.lookup(place.channel, place.address), self._vault.seal(place.address)

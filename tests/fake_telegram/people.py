"""Who writes to the bot. Everything they do is queued at once; nothing waits."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from tests.fake_telegram.world import Chat, Sent

if TYPE_CHECKING:
    from tests.fake_telegram.server import FakeTelegram

_callback_ids = itertools.count(1)


class Parent:
    """A person, in a private chat unless said otherwise."""

    def __init__(self, server: FakeTelegram, chat: Chat, within: Chat | None = None) -> None:
        self._server = server
        self._self = chat
        self._within = within or chat
        self._seen = 0

    @property
    def id(self) -> int:
        """The user's id, and the private chat's."""
        return self._self.id

    @property
    def messages(self) -> list[Sent]:
        """What the bot has sent to the chat, oldest first."""
        return self._server.messages_to(self._within.id)

    @property
    def texts(self) -> list[str]:
        """The words of those messages."""
        return [sent.text for sent in self.messages]

    async def receives(self, words: str = "", seconds: float = 5.0) -> Sent:
        """The next message, not handed out yet, that holds `words`.

        Raises:
            AssertionError: none came.
        """
        await self._server.bell.until(
            lambda: self._next(words) is not None,
            seconds,
            lambda: f"no new message with {words!r}; there are: {self.texts[self._seen :]}",
        )
        place = self._next(words)
        assert place is not None
        self._seen = place + 1
        return self.messages[place]

    def _next(self, words: str) -> int | None:
        for place, sent in enumerate(self.messages[self._seen :], start=self._seen):
            if words in sent.text or words in sent.labels:
                return place
        return None

    def sends(self, text: str) -> int | None:
        """A text message; returns its message id, or `None` if the bot cannot read it."""
        entities = []
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            entities = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._message({"text": text, **({"entities": entities} if entities else {})})

    def sends_photo(self, caption: str = "") -> int | None:
        """A photo, with a caption or without."""
        size = {"file_id": "p1", "file_unique_id": "p", "width": 90, "height": 90}
        return self._message({"photo": [size], **({"caption": caption} if caption else {})})

    def sends_sticker(self) -> int | None:
        """A sticker."""
        sticker = {
            "file_id": "s1",
            "file_unique_id": "s",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
        return self._message({"sticker": sticker})

    def sends_voice(self) -> int | None:
        """A voice note."""
        return self._message({"voice": {"file_id": "v1", "file_unique_id": "v", "duration": 3}})

    def sends_location(self) -> int | None:
        """Where somebody is."""
        return self._message({"location": {"longitude": -1.06, "latitude": 54.6}})

    def sends_contact(self, phone: str = "+441632960001") -> int | None:
        """A telephone number."""
        return self._message({"contact": {"phone_number": phone, "first_name": "Somebody"}})

    def sends_poll(self) -> int | None:
        """A poll."""
        poll = {
            "id": "1",
            "question": "?",
            "options": [
                {"persistent_id": "1", "text": "a", "voter_count": 0},
                {"persistent_id": "2", "text": "b", "voter_count": 0},
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
        return self._message({"poll": poll})

    def is_told(self, notice: dict[str, Any]) -> int | None:
        """A notice of Telegram's own in the chat, such as a pinned message."""
        return self._message(notice)

    def edits(self, message_id: int | None, text: str) -> None:
        """Change the words of a message sent before."""
        assert message_id is not None
        body = self._body({"text": text, "edit_date": int(self._server.world.clock)}, message_id)
        self._server.updates.add("edited_message", body)

    def moves(self, message_id: int) -> None:
        """A live location moves on, which Telegram calls an edit."""
        place = {"longitude": -1.05, "latitude": 54.6, "live_period": 900}
        self._server.updates.add("edited_message", self._body({"location": place}, message_id))

    def taps(self, message: Sent, label: str) -> str:
        """Tap the button with this label as the message now shows it; returns the tap's id."""
        return self.taps_payload(message, message.payload(label))

    def taps_payload(self, message: Sent, payload: str) -> str:
        """Tap a button that an old phone still shows."""
        callback_id = f"{self.id}{next(_callback_ids):09d}"
        self._server.world.callbacks[callback_id] = self._server.world.clock
        body = {
            "id": callback_id,
            "from": self._user(),
            "message": message.as_json(self._server.world.bot),
            "chat_instance": str(self._within.id),
            "data": payload,
        }
        self._server.updates.add("callback_query", body)
        return callback_id

    def blocks(self) -> None:
        """Block the bot."""
        self._self.is_blocked = True
        self._membership("member", "kicked")

    def unblocks(self, code: str = "") -> None:
        """Unblock it and press Start."""
        self._self.is_blocked = False
        self._membership("kicked", "member")
        self.sends(f"/start {code}".strip())

    def leaves_telegram(self) -> None:
        """Delete the account."""
        self._self.is_deactivated = True

    def _membership(self, old: str, new: str) -> None:
        bot = self._server.world.bot
        body = {
            "chat": self._self.as_json(),
            "from": self._user(),
            "date": int(self._server.world.clock),
            "old_chat_member": _member(bot, old),
            "new_chat_member": _member(bot, new),
        }
        self._server.updates.add("my_chat_member", body)

    def _message(self, what: dict[str, Any]) -> int | None:
        message_id = self._server.world.next_message_id()
        if self._within is self._self:
            self._self.is_started = True
        elif not str(what.get("text", "")).startswith("/"):
            # In a group a bot reads commands only.
            return None
        self._server.updates.add("message", self._body(what, message_id))
        return message_id

    def _body(self, what: dict[str, Any], message_id: int) -> dict[str, Any]:
        return {
            "message_id": message_id,
            "from": self._user(),
            "chat": self._within.as_json(),
            "date": int(self._server.world.clock),
            **what,
        }

    def _user(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self._self.name,
            "language_code": "en",
        }


class Group:
    """A group chat that the bot was added to."""

    def __init__(self, server: FakeTelegram, chat: Chat) -> None:
        self._server = server
        self._chat = chat

    @property
    def messages(self) -> list[Sent]:
        """What the bot has sent there."""
        return self._server.messages_to(self._chat.id)

    def member(self, user_id: int, first_name: str = "Member") -> Parent:
        """Somebody in the group."""
        return Parent(self._server, Chat(user_id, "private", first_name), self._chat)

    def becomes_supergroup(self, new_id: int) -> None:
        """The group gets a new id; the old one answers with it."""
        self._chat.moved_to = new_id
        self._server.world.chats[new_id] = Chat(new_id, "supergroup", self._chat.name)


def _member(user: dict[str, Any], status: str) -> dict[str, Any]:
    body = {"user": user, "status": status}
    return {**body, "until_date": 0} if status == "kicked" else body

"""What the server remembers: chats, messages, requests."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.fake_telegram.waiting import Bell


@dataclass
class Chat:
    """A chat of the bot's: a parent's or a group's."""

    id: int
    type: str
    name: str
    is_started: bool = True
    is_blocked: bool = False
    is_deactivated: bool = False
    moved_to: int | None = None
    bell: Bell = field(default_factory=Bell, repr=False, compare=False)
    """Rings when a message in this chat is new or has changed."""

    def as_json(self) -> dict[str, Any]:
        """The `Chat` object."""
        name = "first_name" if self.type == "private" else "title"
        return {"id": self.id, "type": self.type, name: self.name}


@dataclass
class Sent:
    """A message of the bot's as its reader sees it now.

    `text` is what is shown, `source` what was sent, `buttons` the labels and payloads
    row by row, `edits` how often it changed.
    """

    message_id: int
    chat: Chat
    date: int
    text: str
    source: str
    entities: list[dict[str, Any]]
    markup: dict[str, Any] | None
    edits: int = 0

    @property
    def buttons(self) -> list[list[dict[str, str]]]:
        """Every button, row by row."""
        return self.markup["inline_keyboard"] if self.markup else []

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons, from the top."""
        return [button["text"] for row in self.buttons for button in row]

    def payload(self, label: str) -> str:
        """The payload of the button with this label, or with a label that holds it.

        Raises:
            AssertionError: there is no such button, or more than one.
        """
        pairs = [(b["text"], b["callback_data"]) for row in self.buttons for b in row]
        found = [data for text, data in pairs if text == label]
        found = found or [data for text, data in pairs if label in text]
        assert len(found) == 1, f"{label!r} is on {len(found)} buttons of {self.labels}"
        return found[0]

    def as_json(self, bot: dict[str, Any]) -> dict[str, Any]:
        """The `Message` object."""
        body = {
            "message_id": self.message_id,
            "from": bot,
            "chat": self.chat.as_json(),
            "date": self.date,
            "text": self.text,
        }
        if self.entities:
            body["entities"] = self.entities
        if self.markup:
            body["reply_markup"] = self.markup
        if self.edits:
            body["edit_date"] = self.date
        return body


@dataclass(frozen=True)
class Call:
    """One request: its method, its parameters, what it was answered and when.

    `at` is the event loop's time in seconds.
    """

    method: str
    parameters: dict[str, Any]
    status: int
    description: str = ""
    at: float = 0.0


@dataclass(frozen=True)
class Posted:
    """One try to post an update to the webhook; status 0 where it could not be reached."""

    update_id: int
    status: int


@dataclass
class World:
    """Everything there is."""

    bot: dict[str, Any]
    chats: dict[int, Chat] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    callbacks: dict[str, float] = field(default_factory=dict)
    menus: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    webhook: str = ""
    webhook_secret: str = ""
    posted: list[Posted] = field(default_factory=list)
    last_message_id: int = 0
    clock: float = 1_804_000_000.0
    by_chat: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))

    def keep(self, sent: Sent) -> None:
        """A new message of the bot's."""
        self.sent.append(sent)
        self.by_chat[sent.chat.id].append(sent)
        sent.chat.bell.ring()

    def next_message_id(self) -> int:
        """Message ids are one series over all chats here."""
        self.last_message_id += 1
        return self.last_message_id

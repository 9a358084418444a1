"""The methods of the Bot API that this service calls."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp.web import FileField

from tests.fake_telegram import checks
from tests.fake_telegram.refusals import bad_request, conflict, forbidden
from tests.fake_telegram.updates import Updates
from tests.fake_telegram.world import Chat, Sent, World

CALLBACK_SECONDS = 15 * 60
"""How long a tap may be acknowledged, unless a test says otherwise."""

Parameters = dict[str, Any]
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly"
    " the same as a current content and reply markup of the message"
)


class Methods:
    """Answers a method with its result, or raises a `Refusal`."""

    def __init__(self, world: World, updates: Updates) -> None:
        self._world = world
        self._updates = updates
        self.callback_seconds: float = CALLBACK_SECONDS

    def find(self, name: str) -> Callable[[Parameters], Awaitable[Any]] | None:
        """The method of this name, whatever its case."""
        found = _NAMES.get(name.lower())
        return getattr(self, found) if found else None

    async def get_me(self, _: Parameters) -> Any:
        return self._world.bot

    async def get_updates(self, given: Parameters) -> Any:
        if self._world.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first"
            )
        limit = checks.number(given, "limit", 100)
        return await self._updates.get(
            offset=checks.number(given, "offset"),
            limit=limit if 1 <= limit <= 100 else 100,
            seconds=min(float(given.get("timeout", 0)), 50.0),
            allowed=checks.parsed(given.get("allowed_updates"), "allowed updates"),
        )

    async def send_message(self, given: Parameters) -> Any:
        chat = self._chat(given)
        text, source, entities = checks.text_of(given)
        sent = Sent(
            message_id=self._world.next_message_id(),
            chat=chat,
            date=int(self._world.clock),
            text=text,
            source=source,
            entities=entities,
            markup=checks.markup_of(given),
        )
        self._world.keep(sent)
        return sent.as_json(self._world.bot)

    async def send_document(self, given: Parameters) -> Any:
        file = given.get("document")
        if not isinstance(file, FileField):
            raise bad_request("there is no document in the request")
        sent = Sent(
            message_id=self._world.next_message_id(),
            chat=self._chat(given),
            date=int(self._world.clock),
            text=file.file.read().decode(),
            source=file.filename,
            entities=[],
            markup=checks.markup_of(given),
        )
        self._world.keep(sent)
        about = {"file_id": "f", "file_unique_id": "f", "file_name": file.filename}
        told = sent.as_json(self._world.bot)
        del told["text"]
        return {**told, "document": about}

    async def edit_message_text(self, given: Parameters) -> Any:
        sent = self._own_message(given)
        text, source, entities = checks.text_of(given)
        return self._edit(sent, text, source, entities, checks.markup_of(given))

    async def edit_message_reply_markup(self, given: Parameters) -> Any:
        sent = self._own_message(given)
        markup = checks.markup_of(given)
        return self._edit(sent, sent.text, sent.source, sent.entities, markup)

    async def answer_callback_query(self, given: Parameters) -> Any:
        tapped = self._world.callbacks.get(str(given.get("callback_query_id")))
        if tapped is None or self._world.clock - tapped > self.callback_seconds:
            raise bad_request(_TOO_OLD)
        return True

    async def set_my_commands(self, given: Parameters) -> Any:
        language = checks.language_of(given)
        self._world.menus[language] = checks.commands_of(given)
        return True

    async def delete_my_commands(self, given: Parameters) -> Any:
        self._world.menus.pop(checks.language_of(given), None)
        return True

    async def set_webhook(self, given: Parameters) -> Any:
        url, secret = checks.webhook_of(given)
        self._world.webhook, self._world.webhook_secret = url, secret
        self._updates.want(checks.parsed(given.get("allowed_updates"), "allowed updates"))
        return True

    async def delete_webhook(self, given: Parameters) -> Any:
        self._world.webhook = ""
        if str(given.get("drop_pending_updates", "")).lower() == "true":
            self._updates.drop()
        return True

    async def get_webhook_info(self, _: Parameters) -> Any:
        return {
            "url": self._world.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }

    def _chat(self, given: Parameters) -> Chat:
        """The chat a message may be sent to."""
        chat = self._world.chats.get(_id(given.get("chat_id")))
        if chat is None:
            raise bad_request("chat not found")
        if chat.moved_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to
            )
        if chat.is_deactivated:
            raise forbidden("user is deactivated")
        if chat.is_blocked:
            group = "bot was kicked from the group chat"
            raise forbidden("bot was blocked by the user" if chat.type == "private" else group)
        if not chat.is_started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def _own_message(self, given: Parameters) -> Sent:
        chat, message_id = self._chat(given), checks.number(given, "message_id")
        for sent in self._world.by_chat[chat.id]:
            if sent.message_id == message_id:
                return sent
        raise bad_request("message to edit not found")

    def _edit(
        self,
        sent: Sent,
        text: str,
        source: str,
        entities: list[dict[str, Any]],
        markup: dict[str, Any] | None,
    ) -> Any:
        if (text, entities, markup) == (sent.text, sent.entities, sent.markup):
            raise bad_request(_UNCHANGED)
        sent.text, sent.source, sent.entities, sent.markup = text, source, entities, markup
        sent.edits += 1
        sent.chat.bell.ring()
        return sent.as_json(self._world.bot)


def _id(chat_id: Any) -> int:
    try:
        return int(chat_id)
    except (TypeError, ValueError):
        return 0


_NAMES: Mapping[str, str] = {
    "getme": "get_me",
    "getupdates": "get_updates",
    "sendmessage": "send_message",
    "senddocument": "send_document",
    "editmessagetext": "edit_message_text",
    "editmessagereplymarkup": "edit_message_reply_markup",
    "answercallbackquery": "answer_callback_query",
    "setmycommands": "set_my_commands",
    "deletemycommands": "delete_my_commands",
    "setwebhook": "set_webhook",
    "deletewebhook": "delete_webhook",
    "getwebhookinfo": "get_webhook_info",
}

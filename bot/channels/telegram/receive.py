"""From an update to the turn it means.

Only private chats take part. A photo, a sticker or a voice note is told from words and
nothing of it is fetched. An edited message changes nothing: the question being asked is
asked again, because the edit may belong to any earlier answer. A caption and the words of
an edit are no answer either, but they go along to be listened to.
"""

import re

from telegram import CallbackQuery, Chat, Message, Update

from bot.channels.telegram import payload
from bot.ports import ChatPlace, CodeGiven, Turn
from surveys.inputs import Input, Opened, Typed, Unreadable

CHANNEL = "telegram"

_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<code>.*))?", re.DOTALL | re.IGNORECASE)
_KINDS = (
    "photo",
    "sticker",
    "voice",
    "video",
    "video_note",
    "audio",
    "animation",
    "document",
    "venue",
    "location",
    "contact",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "checklist",
)


def turn_of(bot_id: int, update: Update) -> Turn | None:
    """The turn of an update, or `None` where it is none: a group, a notice of Telegram's own."""
    chat = update.effective_chat
    if chat is None or chat.type != Chat.PRIVATE:
        return None
    key = f"{CHANNEL}:{bot_id}:{update.update_id}"
    place = ChatPlace(CHANNEL, str(chat.id))
    if update.callback_query is not None:
        return _tapped(key, place, update.callback_query)
    said = _said(update)
    return None if said is None else Turn(key, place, said)


def is_from_group(update: Update) -> bool:
    """Whether other people can read an answer to this update."""
    chat = update.effective_chat
    return chat is not None and chat.type != Chat.PRIVATE


def _tapped(key: str, place: ChatPlace, query: CallbackQuery) -> Turn | None:
    found = payload.decode(query.data or "")
    if found is None:
        return None
    run, said = found
    message_id = query.message.message_id if query.message else None
    return Turn(key, place, said, run=run, message_id=message_id)


def _said(update: Update) -> Input | CodeGiven | None:
    if update.message is not None:
        return _message(update.message)
    # A live location is "edited" every few seconds; only a change of words is an edit.
    edited = update.edited_message
    if edited is not None and (edited.text or edited.caption):
        return Unreadable("edited", edited.text or edited.caption or "")
    return None


def _message(message: Message) -> Input | CodeGiven | None:
    if message.text is not None:
        return _text(message.text)
    kind = next((kind for kind in _KINDS if getattr(message, kind, None)), None)
    return None if kind is None else Unreadable(kind, message.caption or "")


def _text(text: str) -> Input | CodeGiven:
    start = _START.fullmatch(text)
    if start is None:
        return Typed(text)
    code = (start["code"] or "").strip()
    return CodeGiven(code) if code else Opened()

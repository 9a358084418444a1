"""A personal code that comes from a second chat: asked about first, and never shared.

A parent may have a new account; a code may also have been forwarded. So one invitation
has one chat of a channel at a time, and the chat that loses it is told.
"""

from datetime import datetime, timedelta

from bot.ports import ChatPlace
from storage import chats, invitations, outbox, second_chats
from storage.chats import Chat
from storage.database import Database
from storage.vault import Vault

MOVED_AWAY = "moved_away"

SOONEST = timedelta(seconds=5)
"""Sooner than this a second sending is a double tap, and no answer to the asking."""

LATEST = timedelta(minutes=30)
"""An asking older than this is forgotten, and is put again."""


def is_kept_out(db: Database, now: datetime, vault: Vault, place: ChatPlace, code: str) -> bool:
    """Whether this chat must send the code once more, because another chat is using it.

    Once it has confirmed, the other chat is unlinked and told, and this one may sit down.
    """
    invitation = invitations.by_token(db, code)
    if invitation is None:
        return False
    lookup = vault.lookup(place.channel, place.address)
    others = chats.others(db, invitation.id, lookup)
    if not others:
        return False
    if not _confirms(db, now, lookup, invitation.id):
        return True
    for other in others:
        _show_out(db, now, other)
    second_chats.forget(db, invitation.id)
    return False


def _confirms(db: Database, now: datetime, lookup: str, invitation_id: str) -> bool:
    """Whether this chat was asked, and has had the time to read what it was asked."""
    asked = second_chats.asked_at(db, lookup, invitation_id)
    if asked is None or now - asked > LATEST:
        second_chats.ask(db, lookup, invitation_id, now)
        return False
    return now - asked >= SOONEST


def _show_out(db: Database, now: datetime, chat: Chat) -> None:
    # What still waits to be sent there would be worded with the answers as they are by then.
    outbox.fail_waiting(db, chat.lookup, "the code went on in another chat")
    chats.unlink(db, chat.lookup)
    message = outbox.Message(
        channel=chat.channel,
        lookup=chat.lookup,
        address=chat.address,
        invitation_id=chat.invitation_id,
        kind="prompt",
        message_key=MOVED_AWAY,
        arguments={},
    )
    outbox.add(db, message, due_at=now)

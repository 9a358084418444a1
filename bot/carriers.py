"""Which way each channel's letters go out, from the settings."""

import time
from collections.abc import Mapping

from bot.channels.email.send import EmailChannel, Security, Server
from bot.channels.folder.write import FolderChannel
from bot.channels.notify.send import Account, NotifyChannel
from bot.intake import Clock
from bot.letter import House
from bot.mailing import Route
from bot.pace import Pace
from bot.ports import DeliveryFailed, Outgoing, Sender
from bot.settings import Settings
from surveys.invitations import Channel

TELEGRAM_PER_SECOND = 28.0
"""Telegram allows a bot 30 messages a second."""


class Counted:
    """A `Sender` of answers to parents: it never waits, and letters wait for it."""

    def __init__(self, sender: Sender, pace: Pace) -> None:
        self._sender = sender
        self._pace = pace

    async def send(self, outgoing: Outgoing) -> None:
        """Send at once, in a slot that no letter then takes.

        Raises:
            DeliveryFailed: it was not delivered; where it must wait, letters wait too.
        """
        self._pace.take()
        try:
            await self._sender.send(outgoing)
        except DeliveryFailed as failure:
            if failure.retry_after is not None:
                self._pace.hold(failure.retry_after)
            raise


def routes(settings: Settings, telegram: Sender | None, clock: Clock) -> dict[str, Route]:
    """By channel, its way out and its pace; a channel that is not set up has none."""
    house = House(settings.council_name, settings.public_url, settings.contact)
    ways: Mapping[Channel, tuple[Sender | None, float]] = {
        Channel.TELEGRAM: (telegram, TELEGRAM_PER_SECOND),
        Channel.EMAIL: (_email(settings, house, clock), settings.email_per_second),
        Channel.TEXT: (_text(settings, house), settings.text_per_second),
    }
    return {
        channel.value: Route(
            sender, Pace(per_second, time.monotonic), isinstance(sender, FolderChannel)
        )
        for channel, (sender, per_second) in ways.items()
        if sender is not None
    }


def _email(settings: Settings, house: House, clock: Clock) -> Sender | None:
    match settings.email_by:
        case "smtp":
            server = Server(
                settings.smtp_host,
                settings.smtp_port,
                Security(settings.smtp_security),
                settings.email_from,
                settings.smtp_user,
                settings.smtp_password.get_secret_value(),
            )
            return EmailChannel(server, house, clock)
        case "notify":
            return NotifyChannel(_account(settings), "email", house)
        case "folder":
            return FolderChannel(settings.letters_folder, "email", house)
        case _:
            return None


def _text(settings: Settings, house: House) -> Sender | None:
    match settings.text_by:
        case "notify":
            return NotifyChannel(_account(settings), "text", house)
        case "folder":
            return FolderChannel(settings.letters_folder, "text", house)
        case _:
            return None


def _account(settings: Settings) -> Account:
    return Account(
        settings.notify_api,
        settings.notify_key.get_secret_value(),
        settings.notify_email_template,
        settings.notify_text_template,
    )

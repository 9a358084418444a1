"""Hands letters to GOV.UK Notify, with its own client in a thread."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from urllib3.exceptions import NewConnectionError

from bot.letter import House, Letter, letter
from bot.ports import DeliveryFailed, Outgoing

SECONDS = 20
TOO_MANY = 429
BAD_REQUEST = 400
REFUSALS = range(400, 500)
WAIT_SECONDS = 60.0
ABOUT_ADDRESS = ("phone_number", "email_address")
CHECK = "check the key and templates in the settings"


@dataclass(frozen=True)
class Account:
    """The council's Notify account. A template takes `subject`, `body`, `link` as its fields."""

    api: str
    key: str
    email_template: str
    text_template: str


class NotifyChannel:
    """A `Sender` of letters by Notify. `channel` is "email" or "text"."""

    def __init__(self, account: Account, channel: str, house: House) -> None:
        self._account = account
        self._channel = channel
        self._house = house

    async def send(self, outgoing: Outgoing) -> None:
        """Word one letter and hand it over.

        Raises:
            DeliveryFailed: it was not taken; `uncertain` where it may have been.
            ValueError: it is no letter.
        """
        words = letter(outgoing, self._house)
        await asyncio.to_thread(self._hand_over, outgoing, words)

    def _hand_over(self, outgoing: Outgoing, words: Letter) -> None:
        client = self._client()
        reference = f"letter-{outgoing.id}"
        try:
            if self._channel == "text":
                client.send_sms_notification(
                    outgoing.address,
                    self._account.text_template,
                    personalisation={"body": words.short},
                    reference=reference,
                )
            else:
                client.send_email_notification(
                    outgoing.address,
                    self._account.email_template,
                    personalisation=_fields(words),
                    reference=reference,
                )
        except APIError as error:
            raise _failure(error) from error
        finally:
            client.request_session.close()

    def _client(self) -> NotificationsAPIClient:
        """One client a letter: it is not safe to share between threads."""
        try:
            return NotificationsAPIClient(
                self._account.key, base_url=self._account.api, timeout=SECONDS
            )
        except AssertionError as error:
            raise DeliveryFailed(f"the Notify key is too short: {CHECK}") from error


def _fields(words: Letter) -> Mapping[str, Any]:
    return {
        "subject": words.subject,
        "body": "\n\n".join(words.before),
        "link": words.link,
        "after": "\n\n".join(words.after),
    }


def _failure(error: APIError) -> DeliveryFailed:
    """What Notify's refusal means. Its words may quote the address, so they are not kept."""
    if error.response is None:
        return DeliveryFailed("Notify could not be reached", uncertain=not _never_connected(error))
    status = error.status_code
    reason = f"Notify said {status}"
    if status == TOO_MANY:
        return DeliveryFailed(reason, retry_after=WAIT_SECONDS)
    if status == BAD_REQUEST and any(name in str(error.message) for name in ABOUT_ADDRESS):
        return DeliveryFailed(reason, permanent=True, refused=True)
    if status in REFUSALS:
        # A wrong key or template is mended in the settings, and no letter is to be lost for it.
        return DeliveryFailed(f"{reason}: {CHECK}")
    # A fault of theirs, or a page of somebody's between us: perhaps it was taken.
    return DeliveryFailed(reason, uncertain=True)


def _never_connected(error: APIError) -> bool:
    """Whether the connection itself failed, so that nothing was said on it."""
    cause = error.__cause__
    reason = getattr(getattr(cause, "args", (None,))[0], "reason", None)
    return isinstance(cause, requests.ConnectTimeout) or (
        isinstance(cause, requests.ConnectionError) and isinstance(reason, NewConnectionError)
    )

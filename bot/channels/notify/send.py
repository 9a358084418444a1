"""Hands letters to GOV.UK Notify, with its own client in a thread."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from bot.letter import House, Letter, letter
from bot.ports import DeliveryFailed, Outgoing

SECONDS = 20
TOO_MANY = 429
BAD_REQUEST = 400
NOT_ALLOWED = (401, 403)
FAULT = 500
WAIT_SECONDS = 60.0
ABOUT_ADDRESS = ("phone_number", "email_address")


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
        # One client a letter: it is not safe to share between threads.
        client = NotificationsAPIClient(
            self._account.key, base_url=self._account.api, timeout=SECONDS
        )
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
        before = isinstance(error.__cause__, requests.ConnectTimeout) or _never_connected(error)
        return DeliveryFailed("Notify could not be reached", uncertain=not before)
    status = error.status_code
    reason = f"Notify said {status}"
    if status == TOO_MANY:
        return DeliveryFailed(reason, retry_after=WAIT_SECONDS)
    if status == BAD_REQUEST:
        permanent = any(name in str(error.message) for name in ABOUT_ADDRESS)
        return DeliveryFailed(reason, permanent=permanent, refused=True)
    if status in NOT_ALLOWED:
        # A wrong key is mended in the settings, and no letter is to be lost for it.
        return DeliveryFailed(f"{reason}: check the key and templates in the settings")
    return DeliveryFailed(reason, uncertain=status >= FAULT, refused=status < FAULT)


def _never_connected(error: APIError) -> bool:
    from urllib3.exceptions import NewConnectionError  # noqa: PLC0415 - only when it failed

    cause = error.__cause__
    reason = getattr(getattr(cause, "args", (None,))[0], "reason", None)
    return isinstance(cause, requests.ConnectionError) and isinstance(reason, NewConnectionError)

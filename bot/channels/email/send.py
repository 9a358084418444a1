"""Hands e-mails to the council's SMTP server."""

import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from enum import StrEnum

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from bot.channels.email.message import email
from bot.intake import Clock
from bot.letter import House, letter
from bot.ports import DeliveryFailed, Outgoing

REFUSALS = range(400, 600)
PERMANENT = 500
"""From this reply code on the server will go on refusing."""

SECONDS = 30.0


class Security(StrEnum):
    """How the connection to the server is kept private. NONE is for a server on this machine."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True)
class Server:
    """The council's mail server. `sender` is what parents see as From."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = ""


class EmailChannel:
    """A `Sender` of letters by e-mail: one connection a letter."""

    def __init__(self, server: Server, house: House, clock: Clock) -> None:
        self._server = server
        self._house = house
        self._clock = clock

    async def send(self, outgoing: Outgoing) -> None:
        """Word one letter and hand it to the server.

        Raises:
            DeliveryFailed: it was not taken; `uncertain` where it may have been.
            ValueError: it is no letter.
        """
        _, address = parseaddr(self._server.sender)
        domain = address.rpartition("@")[2]
        message = email(
            letter(outgoing, self._house),
            self._server.sender,
            outgoing.address,
            self._clock(),
            # The same letter sent again is the same e-mail to whoever compares.
            f"<letter-{outgoing.id}@{domain}>",
        )
        await self._hand_over(message, address, outgoing.address)

    async def _hand_over(self, message: EmailMessage, sender: str, to: str) -> None:
        smtp = self._connection()
        handed = False
        try:
            await smtp.connect()
            await smtp.mail(sender)
            await smtp.rcpt(to)
            handed = True
            await smtp.data(message.as_bytes())
        except SMTPResponseException as error:
            raise _refused(error, handed=handed) from error
        except (SMTPException, OSError, ssl.SSLError) as error:
            raise DeliveryFailed(type(error).__name__, uncertain=handed) from error
        finally:
            smtp.close()

    def _connection(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            timeout=SECONDS,
        )


def _refused(error: SMTPResponseException, *, handed: bool) -> DeliveryFailed:
    """A refusal. What the server says may quote the address, so only its number is kept."""
    reason = f"the mail server said {error.code}"
    if isinstance(error, SMTPRecipientRefused):
        return DeliveryFailed(reason, permanent=error.code >= PERMANENT, refused=True)
    if handed:
        # What is no refusal, such as a garbled line: perhaps it has taken the letter.
        return DeliveryFailed(
            reason, refused=error.code in REFUSALS, uncertain=error.code not in REFUSALS
        )
    # It would not even hear of a letter: server or settings are mended, and none is lost.
    return DeliveryFailed(f"{reason}: check the mail settings")

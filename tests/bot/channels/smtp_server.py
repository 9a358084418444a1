"""A real SMTP server on this machine that refuses, or hangs up, as a test tells it."""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot import clock

HANG_UP = ""
"""Instead of a reply: the connection is cut."""


@dataclass
class Postbox:
    """What the server was given, and what it says to whom."""

    port: int
    taken: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_letter: dict[str, str] = field(default_factory=dict)
    was_private: list[bool] = field(default_factory=list)

    @property
    def letters(self) -> list[EmailMessage]:
        """The e-mails it took, read."""
        return [message_from_bytes(each, policy=policy.default) for each in self.taken]

    async def handle_RCPT(  # noqa: N802 - the server asks by these names
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        reply = self.to_recipient.get(address, "250 OK")
        if reply == HANG_UP:
            server.transport.abort()
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        [address] = envelope.rcpt_tos
        self.recipients.append(address)
        self.taken.append(envelope.original_content)
        self.was_private.append(session.ssl is not None)
        reply = self.to_letter.get(address, "250 OK")
        if reply == HANG_UP:
            server.transport.abort()
        return reply


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Postbox]:
    """A server on a free port; with `tls` it takes nothing before STARTTLS."""
    box = Postbox(_free_port())
    controller = Controller(
        box, hostname="127.0.0.1", port=box.port, tls_context=tls, require_starttls=tls is not None
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    # The controller looks whether it is there on the port it was told.
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def certificate(folder: Path) -> Path:
    """A certificate of our own for 127.0.0.1, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    here = x509.SubjectAlternativeName(
        [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    )
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path

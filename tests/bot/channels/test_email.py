"""Letters by e-mail, handed to a real mail server."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.channels.email.send import EmailChannel, Security, Server
from bot.letter import House
from bot.ports import DeliveryFailed, Outgoing
from surveys.catalogue import shipped
from tests.bot.web.fakes import a_round

FORM = shipped()[0]
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
LETTER = Outgoing(
    7,
    "parent@example.com",
    "invitation",
    "en",
    {"token": "tok-1"},
    questionnaire=FORM,
    round=replace(a_round(FORM), demonstration=False),
)


@dataclass
class Box:
    """What the server took; `answers` by recipient, and whether it hangs up after the data."""

    mails: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    hangs_up: bool = False

    async def handle_RCPT(  # noqa: N802 - the server's own name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the server's own name for it
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        if self.hangs_up:
            assert server.transport is not None
            server.transport.close()
        return "250 taken"


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
async def channel(box: Box) -> AsyncIterator[EmailChannel]:
    loop = asyncio.get_running_loop()
    async with await loop.create_server(
        lambda: SMTP(box, hostname="mail.example", loop=loop), "127.0.0.1", 0
    ) as listening:
        port = listening.sockets[0].getsockname()[1]
        server = Server("127.0.0.1", port, Security.NONE, "SEND team <send@council.example>")
        house = House("Münster Council", "https://voice.example", "01234 567890")
        yield EmailChannel(server, house, lambda: NOW)


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content


async def test_a_letter_arrives_in_plain_words_and_with_a_button(
    channel: EmailChannel, box: Box
) -> None:
    await channel.send(LETTER)
    (mail,) = box.mails
    assert mail["To"] == "parent@example.com"
    assert mail["From"] == "SEND team <send@council.example>"
    assert mail["Subject"] == "Münster Council would like to hear how SEND help is working"
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, page = part(mail, "plain"), part(mail, "html")
    assert plain.count("https://voice.example/c/tok-1") == 1
    assert 'href="https://voice.example/c/tok-1"' in page
    assert "until 28 March 2027 at 11:59pm" in plain
    assert "Reach us at 01234 567890." in plain
    for fetched in ("<img", "<script", "<link", "url("):
        assert fetched not in page


async def test_arabic_runs_from_the_right(channel: EmailChannel, box: Box) -> None:
    await channel.send(replace(LETTER, language="ar"))
    page = part(box.mails[0], "html")
    assert '<html lang="ar" dir="rtl">' in page
    assert box.mails[0]["Content-Language"] == "ar"


async def test_a_rehearsal_says_so(channel: EmailChannel, box: Box) -> None:
    await channel.send(replace(LETTER, round=a_round(FORM)))
    assert "rehearsal" in part(box.mails[0], "plain")


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 no such person", True), ("451 try later", False)]
)
async def test_a_recipient_that_is_refused(
    channel: EmailChannel, box: Box, answer: str, *, permanent: bool
) -> None:
    box.answers = {"parent@example.com": answer}
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(LETTER)
    assert failed.value.permanent is permanent
    assert failed.value.refused
    assert not failed.value.uncertain
    assert "parent" not in failed.value.reason
    assert box.mails == []


async def test_a_server_that_hangs_up_after_the_words_perhaps_took_them(
    channel: EmailChannel, box: Box
) -> None:
    box.hangs_up = True
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(LETTER)
    assert failed.value.uncertain
    assert len(box.mails) == 1


async def test_a_server_that_is_not_there_took_nothing(unused_tcp_port: int) -> None:
    server = Server("127.0.0.1", unused_tcp_port, Security.NONE, "send@council.example")
    channel = EmailChannel(server, House("Council", "https://voice.example"), lambda: NOW)
    with pytest.raises(DeliveryFailed) as failed:
        await channel.send(LETTER)
    assert not failed.value.uncertain
    assert not failed.value.permanent


async def test_what_is_no_letter_is_a_fault_of_ours(channel: EmailChannel) -> None:
    with pytest.raises(ValueError, match="no letter"):
        await channel.send(replace(LETTER, message_key="closed"))

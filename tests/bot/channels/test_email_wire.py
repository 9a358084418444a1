"""Letters by e-mail, over a real SMTP server: how they look, and what a refusal means."""

import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.email.message import email
from bot.channels.email.send import EmailChannel, Security, Server
from bot.letter import Letter
from bot.ports import DeliveryFailed
from tests.bot.channels.letters import HOUSE, LINK, a_letter
from tests.bot.channels.smtp_server import HANG_UP, Postbox, certificate, serving
from tests.browser import PHONE, chromium

PARENT = "parent@example.com"
SENDER = "SEND team <send@example.gov.uk>"
NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def box() -> Iterator[Postbox]:
    with serving() as made:
        yield made


def channel(port: int, security: Security = Security.NONE, **but: str) -> EmailChannel:
    return EmailChannel(Server("127.0.0.1", port, security, SENDER, **but), HOUSE, lambda: NOW)


async def failure(port: int, security: Security = Security.NONE, **but: str) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failed:
        await channel(port, security, **but).send(a_letter(PARENT))
    assert PARENT not in failed.value.reason
    return failed.value


def flags(failed: DeliveryFailed) -> dict[str, bool]:
    named = {name: getattr(failed, name) for name in ("permanent", "refused", "uncertain")}
    return {name: value for name, value in named.items() if value}


async def test_a_letter_has_plain_words_and_the_same_with_a_button(box: Postbox) -> None:
    await channel(box.port).send(a_letter(PARENT))
    [letter] = box.letters
    assert letter["From"] == SENDER
    assert letter["To"] == PARENT
    assert letter["Subject"] == "Council of Łąka would like to hear how SEND help is working"
    assert letter["Message-ID"] == "<letter-7@example.gov.uk>"
    assert letter["Date"] == "Mon, 01 Mar 2027 10:00:00 +0000"
    assert letter["Auto-Submitted"] == "auto-generated"
    plain, page = letter.iter_parts()
    assert (plain.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    words = plain.get_content()
    assert words.count("http") == 1
    assert LINK in words.splitlines()
    assert "Council of Łąka asks parents and carers to answer “Parental confidence”" in words
    assert "28 March 2027" in words


async def test_the_page_has_one_link_and_fetches_nothing(box: Postbox) -> None:
    await channel(box.port).send(a_letter(PARENT))
    page = list(box.letters[0].iter_parts())[1].get_content()
    assert re.findall(r'href="([^"]*)"', page) == [LINK]
    assert not re.search(r"<img|<script|<link|src=|url\(|@import", page)


async def test_every_byte_is_one_that_every_server_takes(box: Postbox) -> None:
    for language in ("en", "pl", "ar"):
        await channel(box.port).send(a_letter(PARENT, language=language))
    for sent in box.taken:
        assert sent.isascii()
        assert max(map(len, sent.split(b"\r\n"))) <= 998
        assert b"\n" not in sent.replace(b"\r\n", b"")


async def test_arabic_runs_from_the_right(box: Postbox) -> None:
    await channel(box.port).send(a_letter(PARENT, language="ar"))
    [letter] = box.letters
    plain, page = letter.iter_parts()
    assert letter["Content-Language"] == "ar"
    assert "أجب عن الأسئلة" in page.get_content()
    assert page.get_content().count('<html lang="ar" dir="rtl">') == 1
    assert '<div lang="ar" dir="rtl"' in page.get_content()
    assert LINK in plain.get_content().splitlines()


async def test_words_with_signs_of_markup_stay_words(box: Postbox) -> None:
    sent = a_letter(PARENT)
    assert sent.questionnaire is not None
    channel_ = EmailChannel(
        Server("127.0.0.1", box.port, Security.NONE, SENDER),
        type(HOUSE)("Tom <b>& Co", HOUSE.public_url),
        lambda: NOW,
    )
    await channel_.send(sent)
    page = list(box.letters[0].iter_parts())[1].get_content()
    assert "Tom &lt;b&gt;&amp; Co asks" in page


async def test_the_same_letter_again_is_the_same_email(box: Postbox) -> None:
    for _ in range(2):
        await channel(box.port).send(a_letter(PARENT))
    first, second = box.letters
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize(
    ("reply", "meaning"),
    [
        ("550 No such person", {"permanent": True, "refused": True}),
        ("451 Greylisted, come back", {"refused": True}),
        (HANG_UP, {}),
    ],
    ids=["550", "451", "the server is gone"],
)
async def test_what_the_server_says_to_a_recipient(
    box: Postbox, reply: str, meaning: dict[str, bool]
) -> None:
    box.to_recipient[PARENT] = reply
    assert flags(await failure(box.port)) == meaning
    assert box.taken == []


@pytest.mark.parametrize(
    ("reply", "meaning"),
    [
        ("452 No room", {"refused": True}),
        ("554 It looks like spam", {"refused": True}),
        ("250", {}),
        ("what?", {"uncertain": True}),
        (HANG_UP, {"uncertain": True}),
    ],
    ids=["452", "554", "taken", "garbled", "cut"],
)
async def test_what_the_server_says_to_a_letter(
    box: Postbox, reply: str, meaning: dict[str, bool]
) -> None:
    box.to_letter[PARENT] = reply
    if not meaning:
        await channel(box.port).send(a_letter(PARENT))
        return
    assert flags(await failure(box.port)) == meaning
    assert len(box.taken) == 1


async def test_no_server_is_no_doubt(box: Postbox, unused_tcp_port: int) -> None:
    assert flags(await failure(unused_tcp_port)) == {}


async def test_a_password_that_the_server_does_not_take_loses_no_letter(
    box: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = await failure(box.port, user="send", password="wrong")
    assert flags(refused) == {}


async def test_a_letter_travels_in_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pem = certificate(tmp_path)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem)
    with serving(server) as box:
        assert flags(await failure(box.port, Security.STARTTLS)) == {}
        assert box.taken == []
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        await channel(box.port, Security.STARTTLS).send(a_letter(PARENT))
        assert box.was_private == [True]


async def test_a_server_that_offers_no_privacy_gets_no_letter(box: Postbox) -> None:
    assert flags(await failure(box.port, Security.STARTTLS)) == {}
    assert box.taken == []


async def test_a_short_letter_too_is_in_seven_bits() -> None:
    short = Letter("ą", ("Cześć",), LINK, "ą", (), "ą", "ltr", "pl")
    assert email(short, SENDER, PARENT, NOW, "<1@x>").as_bytes().isascii()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_it_fits_a_small_phone(box: Postbox, language: str, tmp_path: Path) -> None:
    await channel(box.port).send(a_letter(PARENT, language=language))
    file = tmp_path / "letter.html"
    page_words = list(box.letters[0].iter_parts())[1].get_content()
    file.write_text(page_words, encoding="utf-8")
    async with chromium() as browser:
        phone = await browser.new_context(viewport=PHONE, is_mobile=True)
        page = await phone.new_page()
        await page.goto(file.as_uri())
        width = await page.evaluate("document.documentElement.scrollWidth")
        button = await page.get_by_role("link").bounding_box()
        await page.screenshot(path=tmp_path / "letter.png", full_page=True)
    assert width <= PHONE["width"]
    assert button is not None
    assert button["height"] >= 44

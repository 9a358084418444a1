"""The real service hands letters to a mail server and to Notify, which calls back."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.settings import SETTINGS_FILE
from storage import contacts
from surveys.contacts import Contact
from surveys.invitations import Child
from tests.bot.channels.smtp_server import Postbox, serving
from tests.bot.channels.test_notify import KEY, TEXT_TEMPLATE, TOKEN, StandIn
from tests.fake_telegram import FakeTelegram
from tests.journeys.sending_house import Sending, begin

EMAIL, PHONE = "parent@example.com", "+447700900123"
SECONDS = 30


def settings(smtp_port: int, notify: str) -> str:
    return f"""\
smtp_port = {smtp_port}
smtp_host = "127.0.0.1"
smtp_security = "none"
email_from = "SEND team <send@example.gov.uk>"
notify_api = "{notify}"
notify_key = "{KEY}"
notify_text_template = "{TEXT_TEMPLATE}"
notify_callback_token = "{TOKEN}"
"""


async def told(sending: Sending, status: str, reference: str, token: str = TOKEN) -> int:
    body = {"id": str(uuid4()), "reference": reference, "to": PHONE, "status": status}
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as notify,
        notify.post(f"{sending.url}/notify/receipts", json=body) as answer,
    ):
        return answer.status


def family(sending: Sending, email: str = "", phone: str = "") -> None:
    contact = Contact(email=email, phone=phone, children=(Child("primary"),))
    sealed = contacts.seal(sending.vault, contact)
    sending.write(lambda db, now: contacts.add(db, sealed, now))


def receipts(sending: Sending) -> list[tuple[object, ...]]:
    return sending.rows("SELECT channel, status, receipt, reason FROM outbox ORDER BY channel")


@dataclass
class Carriers:
    """A service with both carriers."""

    sending: Sending
    box: Postbox
    notify: StandIn


@pytest.fixture
async def carriers(tmp_path: Path) -> AsyncIterator[Carriers]:
    stand_in = StandIn()
    app = web.Application()
    app.add_routes([web.post("/v2/notifications/{kind:email|sms}", stand_in.send)])
    with serving() as box:
        async with TestServer(app) as notify, FakeTelegram() as telegram:
            more = settings(box.port, str(notify.make_url("")).rstrip("/"))
            sending = begin(tmp_path, telegram, more)
            file = tmp_path / SETTINGS_FILE
            words = file.read_text(encoding="utf-8")
            words = words.replace('email_by = ""', 'email_by = "smtp"')
            file.write_text(words.replace('text_by = ""', 'text_by = "notify"'), encoding="utf-8")
            yield Carriers(sending, box, stand_in)


async def test_letters_leave_and_receipts_come_back(carriers: Carriers) -> None:
    sending = carriers.sending
    family(sending, email=EMAIL)
    family(sending, phone=PHONE)
    assert sending.invite() == 2
    async with sending.serving():
        async with asyncio.timeout(SECONDS):
            while sending.came_to() != {"sent": 2}:
                await asyncio.sleep(0.02)
        [letter], [text] = carriers.box.letters, carriers.notify.taken
        assert (letter["To"], text["phone_number"]) == (EMAIL, PHONE)
        before, reference = receipts(sending), str(text["reference"])
        assert await told(sending, "permanent-failure", reference, "another") == 403
        assert await told(sending, "permanent-failure", "letter-999") == 204
        assert await told(sending, "delivered", "somebody-else") == 204
        assert receipts(sending) == before
        for _ in range(2):
            assert await told(sending, "permanent-failure", reference) == 204
            assert receipts(sending) == [
                ("email", "sent", "", ""),
                ("text", "sent", "failed", "Notify: permanent-failure"),
            ]
    dead = sending.rows("SELECT lookup FROM dead_address")
    assert dead == [(sending.vault.lookup("phone", PHONE),)]

"""The real service hands letters to a mail server and to Notify, which calls back."""

import asyncio
from functools import partial
from pathlib import Path

from storage import contacts
from surveys.contacts import Contact
from surveys.invitations import Child
from tests.fake_telegram import FakeTelegram
from tests.journeys.carriers import carriers, receipt
from tests.journeys.sending_house import Sending, begin

EMAIL, PHONE = "parent@example.com", "+447700900123"
SECONDS = 30


def family(sending: Sending, email: str = "", phone: str = "") -> None:
    contact = Contact(email=email, phone=phone, children=(Child("primary"),))
    sealed = contacts.seal(sending.vault, contact)
    sending.write(lambda db, now: contacts.add(db, sealed, now))


def receipts(sending: Sending) -> list[tuple[object, ...]]:
    return sending.rows("SELECT channel, status, receipt, reason FROM outbox ORDER BY channel")


async def test_letters_leave_and_receipts_come_back(tmp_path: Path) -> None:
    async with carriers() as both, FakeTelegram() as telegram:
        sending = begin(tmp_path, telegram, both.settings)
        family(sending, email=EMAIL)
        family(sending, phone=PHONE)
        assert sending.invite() == 2
        told = partial(receipt, sending.url)
        async with sending.serving():
            async with asyncio.timeout(SECONDS):
                while sending.came_to() != {"sent": 2}:
                    await asyncio.sleep(0.02)
            [letter], [text] = both.box.letters, both.notify.taken
            assert (letter["To"], text["phone_number"]) == (EMAIL, PHONE)
            before, reference = receipts(sending), str(text["reference"])
            assert await told("permanent-failure", reference, "another") == 403
            assert await told("permanent-failure", "letter-999") == 204
            assert await told("delivered", "somebody-else") == 204
            assert receipts(sending) == before
            for _ in range(2):
                assert await told("permanent-failure", reference) == 204
                assert receipts(sending) == [
                    ("email", "sent", "", ""),
                    ("text", "sent", "failed", "Notify: permanent-failure"),
                ]
        dead = sending.rows("SELECT lookup FROM dead_address")
        assert dead == [(sending.vault.lookup("phone", PHONE),)]

"""An officer's day in a browser without scripts: one service that sends by all it can.

The mail server is real; Telegram and Notify are stand-ins over HTTP.
"""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page

from bot import clock
from bot.local_time import LONDON
from surveys.roles import Role
from tests.browser import a_page, chromium
from tests.fake_telegram import FakeTelegram, Group, Parent
from tests.journeys.carriers import Carriers, carriers, receipt
from tests.journeys.sending_house import FIRST, Installation, install
from tests.journeys.staff_house import add, sees, sets_up

pytestmark = pytest.mark.browser

LIST = b"""Reference,Parent name,Email,Mobile,Phase,SEN status
,A Parent,a@example.com,,Primary,EHC plan
,B Parent,b@example.com,,Secondary,SEN support
,B Parent,b@example.com,,Primary,
,C Parent,not an address,,Primary,
,D Parent,,07911 123001,Primary,
F5000,T Parent,t@example.com,,Primary,
"""
GROUP, DANGER = -4001, "He says he wants to kill himself."
INVITED = {"a@example.com", "b@example.com"}
ALERT = "A comment has come in that may be urgent."
Counts = tuple[int, int, int]
"""How many e-mails, text messages and messages to families in Telegram were taken."""


@dataclass
class Day:
    """The service of the day, and everything it sends by."""

    sending: Installation
    carriers: Carriers

    def taken(self, words: str = "asks parents and carers") -> Counts:
        sent = self.sending.telegram.world.sent
        chats = [each for each in sent if each.chat.id > 0 and words in each.text]
        return len(self.carriers.box.taken), len(self.carriers.notify.taken), len(chats)

    async def takes(self, counts: Counts, words: str = "asks parents and carers") -> None:
        """Exactly so many have arrived, and no more wait."""
        async with asyncio.timeout(20):
            while self.taken(words) != counts or self.waiting():
                await asyncio.sleep(0.05)

    def waiting(self) -> list[tuple[object, ...]]:
        return self.sending.rows("SELECT id FROM outbox WHERE status IN ('queued', 'claimed')")


async def brings_the_contacts(page: Page) -> None:
    await page.get_by_role("link", name="Contacts").click()
    chosen = FilePayload(name="families.csv", mimeType="text/csv", buffer=LIST)
    await page.locator("#file").set_input_files(chosen)
    await page.get_by_role("button", name="Look at it").click()
    seen = await page.inner_text("main")
    assert "row 5, column Email: It is not an email address." in seen
    await page.get_by_label("Postal address").select_option("No column")
    await page.get_by_role("button", name="Look again").click()
    assert "row 5, column Email: It is not an email address." in await page.inner_text("main")
    await page.get_by_role("button", name="Keep it").click()
    assert "Kept: 3 new and 1 changed." in await page.inner_text("main")


async def makes_a_round(page: Page) -> None:
    now = clock.now().astimezone(LONDON)
    await page.goto("/staff/rounds/new")
    await page.get_by_label("Name", exact=True).fill("Spring")
    await page.get_by_label("Opens").fill(f"{now - timedelta(hours=2):%d/%m/%Y %H:%M}")
    await page.get_by_label("Closes").fill(f"{now + timedelta(days=20):%d/%m/%Y} 17:00")
    # The test must be able to send at any hour of the day.
    await page.get_by_label("Quiet hours").fill("04:00-04:00")
    await page.get_by_label("How many children there are").fill("primary=900")
    await page.get_by_role("button", name="Make the draft").click()
    assert "5 of 5 families in the contacts." in await page.inner_text("main")


async def opens_it(page: Page, day: Day) -> None:
    await page.get_by_role("link", name="Open this round").click()
    await sees(page, "5 families are invited")
    await page.get_by_role("button", name="Open the round").click()
    await day.takes((2, 1, 2))
    assert set(day.carriers.box.recipients) == INVITED
    assert day.sending.reached() in ([0, 1], [1, 0])


async def receipt_comes(page: Page, day: Day) -> None:
    """The round's page has who was reached by what."""
    [text] = day.carriers.notify.taken
    assert text["phone_number"] == "+447911123001"
    assert await receipt(day.sending.url, "delivered", str(text["reference"])) == 204
    await page.reload()
    for way in ("Email Sent None - 2", "Telegram Sent None - 2", "Text Sent Delivered - 1"):
        assert await page.get_by_role("row", name=f"Invitation {way}").count() == 1, way


async def answers_in_telegram(parent: Parent, group: Group, telegram: FakeTelegram) -> None:
    """To the end, with a word of danger that the staff's group hears of, without the word."""
    invitation = await parent.receives("asks parents and carers")
    token = invitation.source.partition("?start=")[2].partition('"')[0]
    start = "I have read this – start"
    parent.sends(f"/start {token}")
    parent.taps(await parent.receives(start), start)
    for number in range(1, 21):
        await parent.receives(f"Question {number} of 20")
        parent.sends(DANGER if number == 19 else "skip")
    parent.taps(await parent.receives("Send my answers"), "Send my answers")
    await parent.receives("Thank you")
    await telegram.until(lambda: group.messages != [], seconds=10)
    [alert] = group.messages
    assert alert.text.startswith(ALERT)
    assert DANGER not in alert.text


async def begins_by_email(page: Page, day: Day) -> None:
    """One of the families opens the link of its letter and begins."""
    body = day.carriers.box.letters[0].get_body(("plain",))
    assert body is not None
    [link] = re.findall(r"http://\S+/c/\S+", body.get_content())
    await page.goto(link)
    await page.get_by_role("button", name="I have read this – start").click()
    await page.get_by_label("Primary").check()
    await page.get_by_role("button", name="Continue").click()


def a_day_passes(folder: Path) -> None:
    """The messages of the round left a day ago."""
    left = clock.now() - timedelta(days=1, minutes=1)
    with sqlite3.connect(folder / "sendvoice.db", timeout=10) as db:
        db.execute("UPDATE outbox SET due_at = ?", (left.isoformat(timespec="milliseconds"),))


async def reminds_and_closes(page: Page, day: Day, folder: Path) -> None:
    """Each by the way it was invited; whoever answered is left in peace."""
    await page.reload()
    await sees(page, "less than a day ago")
    a_day_passes(folder)
    await page.reload()
    await page.get_by_role("link", name="Remind them now").click()
    await sees(page, "2 families get a reminder: Email", "1 family gets a reminder: Telegram")
    await page.get_by_role("button", name="Remind them now").click()
    await sees(page, "Reminders are on their way.")
    await day.takes((4, 2, 1), "There is still time")
    reminded = [each for each in day.sending.telegram.world.sent if "still time" in each.text]
    assert [each.chat.id for each in reminded] == [FIRST + 1]
    assert sorted(day.carriers.box.recipients) == sorted([*INVITED, *INVITED])
    await page.get_by_role("link", name="Close this round").click()
    await page.get_by_role("button", name="Close the round").click()
    await sees(page, "Spring is closed.")


async def says_what_was_done(page: Page) -> None:
    await page.goto("/staff/")
    await page.get_by_role("link", name="Spring", exact=True).first.click()
    await page.get_by_label("What families said").fill("Nobody rings back.")
    await page.get_by_label("What is done about it").fill("We ring within a week.")
    await page.get_by_label("Who sees to it").fill("Head of SEND")
    await page.get_by_label("By when").fill("30/6/2027")
    await page.get_by_role("button", name="Write it").click()
    assert "It is written." in await page.inner_text("main")


@asynccontextmanager
async def begins(folder: Path) -> AsyncIterator[Day]:
    """An installation with two families who are in Telegram already."""
    async with carriers() as both, FakeTelegram() as telegram:
        more = f"telegram_staff_chat = {GROUP}\n{both.settings}"
        sending = install(folder, telegram, more)
        sending.families([0, 1])
        yield Day(sending, both)


async def test_a_round_from_the_contacts_to_what_was_done(tmp_path: Path) -> None:
    async with begins(tmp_path) as day:
        telegram, link = day.sending.telegram, await add(tmp_path, "Olu", Role.OFFICER)
        group = telegram.group(GROUP, "SEND duty")
        answering, _ = telegram.parent(FIRST), telegram.parent(FIRST + 1)
        async with (
            day.sending.serving() as service,
            chromium() as browser,
            a_page(browser, link, scripts=False) as officer,
            a_page(browser, link, scripts=False) as parent,
        ):
            await sets_up(officer, link)
            await brings_the_contacts(officer)
            await makes_a_round(officer)
            await opens_it(officer, day)
            await receipt_comes(officer, day)
            await answers_in_telegram(answering, group, telegram)
            await begins_by_email(parent, day)
            await reminds_and_closes(officer, day, tmp_path)
            await says_what_was_done(officer)
            assert await service.stop() == 0

"""An officer's day in a browser without scripts: the real service and a real mail server."""

import asyncio
import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page

from bot import clock
from bot.local_time import LONDON
from tests.bot.channels.smtp_server import Postbox, serving
from tests.browser import a_page, chromium
from tests.journeys.service import command, running
from tests.journeys.test_staff_sign_in import sets_up

pytestmark = pytest.mark.browser

LIST = b"""Parent name,Email,Phase,SEN status
A Parent,a@example.com,Primary,EHC plan
B Parent,b@example.com,Secondary,SEN support
B Parent,b@example.com,Primary,
C Parent,not an address,Primary,
"""


async def ready(folder: Path, port: int) -> str:
    """A new installation that sends by our mail server; the link of its officer."""
    await command("init", folder=folder)
    settings = folder / "sendvoice.toml"
    text = settings.read_text(encoding="utf-8").replace("8080", "8128")
    text = text.replace('email_by = ""', 'email_by = "smtp"')
    text += (
        f'\nsmtp_host = "127.0.0.1"\nsmtp_port = {port}\nsmtp_security = "none"'
        '\nemail_from = "SEND team <send@council.example>"\nemail_per_second = 50\n'
    )
    settings.write_text(text, encoding="utf-8")
    who = ("staff", "add", "olu@council.example", "--name", "Olu")
    made = await command(*who, "--role", "officer", folder=folder)
    return str(re.findall(r"http://\S+", made)[0])


async def holds(box: Postbox, count: int) -> None:
    """The mail server has taken so many letters."""
    async with asyncio.timeout(20):
        while len(box.taken) < count:
            await asyncio.sleep(0.05)


async def brings_the_contacts(page: Page) -> None:
    await page.get_by_role("link", name="Contacts").click()
    chosen = FilePayload(name="families.csv", mimeType="text/csv", buffer=LIST)
    await page.locator("#file").set_input_files(chosen)
    await page.get_by_role("button", name="Look at it").click()
    seen = await page.inner_text("main")
    assert "row 5, column Email: It is not an email address." in seen
    await page.get_by_label("Mobile phone").select_option("No column")
    await page.get_by_role("button", name="Look again").click()
    assert "row 5, column Email: It is not an email address." in await page.inner_text("main")
    await page.get_by_role("button", name="Keep it").click()
    assert "Kept: 2 new and 0 changed." in await page.inner_text("main")


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
    assert "2 of 2 families in the contacts." in await page.inner_text("main")


async def opens_it(page: Page, box: Postbox) -> None:
    await page.get_by_role("link", name="Open this round").click()
    assert "2 families are invited" in await page.inner_text("main")
    await page.get_by_role("button", name="Open the round").click()
    await holds(box, 2)
    await page.reload()
    assert "Sent" in await page.inner_text("main")


async def parent_answers(page: Page, box: Postbox) -> None:
    """One of the families opens the link of its letter and begins."""
    body = box.letters[0].get_body(("plain",))
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


async def reminds_and_closes(page: Page, box: Postbox, folder: Path) -> None:
    await page.reload()
    assert "less than a day ago" in await page.inner_text("main")
    a_day_passes(folder)
    await page.reload()
    await page.get_by_role("link", name="Remind them now").click()
    assert "2 families get a reminder: Email" in await page.inner_text("main")
    await page.get_by_role("button", name="Remind them now").click()
    assert "Reminders are on their way." in await page.inner_text("main")
    await holds(box, 4)
    await page.get_by_role("link", name="Close this round").click()
    await page.get_by_role("button", name="Close the round").click()
    assert "Spring is closed." in await page.inner_text("main")


async def says_what_was_done(page: Page) -> None:
    await page.goto("/staff/")
    await page.get_by_role("link", name="Spring", exact=True).first.click()
    await page.get_by_label("What families said").fill("Nobody rings back.")
    await page.get_by_label("What is done about it").fill("We ring within a week.")
    await page.get_by_label("Who sees to it").fill("Head of SEND")
    await page.get_by_label("By when").fill("30/6/2027")
    await page.get_by_role("button", name="Write it").click()
    assert "It is written." in await page.inner_text("main")


async def test_a_round_from_the_contacts_to_what_was_done(tmp_path: Path) -> None:
    with serving() as box:
        link = await ready(tmp_path, box.port)
        async with (
            running("serve", folder=tmp_path, ready="Ctrl-C") as service,
            chromium() as browser,
            a_page(browser, link, scripts=False) as officer,
            a_page(browser, link, scripts=False) as parent,
        ):
            await sets_up(officer, link)
            await brings_the_contacts(officer)
            await makes_a_round(officer)
            await opens_it(officer, box)
            assert sorted(box.recipients) == ["a@example.com", "b@example.com"]
            await parent_answers(parent, box)
            await reminds_and_closes(officer, box, tmp_path)
            await says_what_was_done(officer)
            assert await service.stop() == 0

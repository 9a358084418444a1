"""The first administrator, from a command to the pages, without scripts; then a colleague."""

import re
import time
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import Page

from tests.browser import PHONE, a_page, chromium
from tests.journeys.service import command, running

pytestmark = pytest.mark.browser

PASSWORD = "three random words"


async def sets_up(page: Page, link: str) -> tuple[pyotp.TOTP, str]:
    """The authenticator app, and the code that was used up."""
    await page.goto(link)
    # Looking again spends nothing.
    await page.reload()
    key = (await page.locator(".sv-key").inner_text()).replace(" ", "")
    app = pyotp.TOTP(key)
    code = app.now()
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_label("Six-digit code").fill(code)
    await page.get_by_role("button", name="Set up and sign in").click()
    return app, code


async def signs_in(page: Page, email: str, code: str) -> None:
    await page.get_by_label("E-mail address").fill(email)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_label("Six-digit code").fill(code)
    await page.get_by_role("button", name="Sign in").click()


def next_code(app: pyotp.TOTP) -> str:
    """The code of the next half minute, taken already: this one's is used."""
    return app.at(int(time.time()), counter_offset=1)


async def ready(folder: Path) -> str:
    """A new installation and the link of its first administrator."""
    await command("init", folder=folder)
    settings = folder / "sendvoice.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("8080", "8127"), "utf-8")
    who = ("staff", "add", "ann@council.example", "--name", "Ann", "--role", "administrator")
    return str(re.findall(r"http://\S+", await command(*who, folder=folder))[0])


async def comes_back(page: Page, app: pyotp.TOTP, used: str) -> None:
    """Ann signs out, and in again on her way to a page."""
    await page.get_by_role("button", name="Sign out").click()
    assert "signed out" in await page.inner_text("main")
    await page.goto("/staff/accounts/add")
    await signs_in(page, "ann@council.example", used)
    assert "is wrong" in await page.inner_text("main"), "a code works once"
    await signs_in(page, "ann@council.example", next_code(app))
    assert page.url.endswith("/staff/accounts/add")


async def adds_an_officer(page: Page) -> str:
    """His link."""
    await page.get_by_label("Name").fill("Olu")
    await page.get_by_label("E-mail address").fill("olu@council.example")
    await page.get_by_label("SEND officer").check()
    await page.get_by_role("button", name="Add and make the link").click()
    return await page.locator("code").inner_text()


async def deactivates_him(page: Page) -> None:
    await page.goto("/staff/accounts")
    await page.get_by_role("link", name="Change Olu").click()
    await page.get_by_role("link", name="Deactivate this account").click()
    await page.get_by_role("button", name="Deactivate the account").click()
    assert "deactivated" in await page.inner_text("main")


async def test_an_administrator_adds_an_officer_who_may_not_add_anybody(tmp_path: Path) -> None:
    link = await ready(tmp_path)
    async with (
        running("serve", folder=tmp_path, ready="Ctrl-C") as service,
        chromium() as browser,
        a_page(browser, link, scripts=False, viewport=PHONE) as ann,
        a_page(browser, link, scripts=False) as olu,
    ):
        app, used = await sets_up(ann, link)
        assert ann.url.endswith("/staff/accounts")
        await comes_back(ann, app, used)
        await sets_up(olu, await adds_an_officer(ann))
        assert olu.url.endswith("/staff/")

        refused = await olu.goto("/staff/accounts")
        assert refused
        assert refused.status == 403
        words = await olu.inner_text("main")
        assert "Who may do this: administrator" in words
        assert "Ann" in words

        await deactivates_him(ann)
        gone = await olu.reload()
        assert gone
        assert gone.status == 401
        assert await service.stop() == 0

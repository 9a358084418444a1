"""A safeguarding lead and an analyst on the real service, in browsers without scripts."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page

from surveys.roles import Role
from tests.browser import a_page, chromium
from tests.journeys.service import command, running
from tests.journeys.staff_house import add, is_refused, link_in, sets_up
from tests.journeys.test_command_line import a_free_port

pytestmark = pytest.mark.browser

MEASURES = 10
DANGER = "He hits me and I am afraid to go home."


async def ready(folder: Path) -> tuple[str, str, str]:
    """An open round's link, and the links of a lead and an analyst."""
    await command("init", "--port", str(a_free_port()), folder=folder)
    times = ("--opens", "2026-01-01 09:00", "--closes", "2099-12-31 17:00")
    await command(
        "round", "create", "Try", "--survey", "parental_confidence", *times, folder=folder
    )
    opened = await command("round", "open", "Try", folder=folder)
    return (
        link_in(opened),
        await add(folder, "Lead", Role.SAFEGUARDING_LEAD),
        await add(folder, "Ana", Role.ANALYST),
    )


async def tells_of_danger(page: Page, link: str) -> None:
    await page.goto(link)
    await page.get_by_role("button", name="Get my link").click()
    await page.get_by_role("button", name="I have read this – start").click()
    while not await page.locator("textarea").count():
        await answers(page)
    await page.locator("textarea").fill(DANGER)
    await page.get_by_role("button", name="Continue").click()
    assert "If anyone is in danger now, call 999." in await page.inner_text("main")


async def erases(page: Page) -> None:
    """The parent takes everything back, from wherever they are in the conversation."""
    code = re.findall(r"/c/[^/?]+", page.url)[0]
    await page.goto(f"{code}/erase")
    await page.locator("main form button").first.click()


async def answers(page: Page) -> None:
    skip = page.get_by_role("button", name="Skip this question")
    if await skip.count():
        await skip.click()
        return
    await page.locator("input[type=radio]").first.check()
    await page.get_by_role("button", name="Continue").click()


async def test_the_lead_reads_what_is_urgent_and_the_analyst_sees_the_strategy_alone(
    tmp_path: Path,
) -> None:
    survey, lead_link, analyst_link = await ready(tmp_path)
    async with (
        running("serve", folder=tmp_path, ready="Ctrl-C") as service,
        chromium() as browser,
        a_page(browser, survey, scripts=False) as parent,
        a_page(browser, lead_link, scripts=False) as lead,
        a_page(browser, analyst_link, scripts=False) as analyst,
    ):
        await sets_up(lead, lead_link)
        assert lead.url.endswith("/staff/comments")
        assert DANGER not in await lead.inner_text("main")
        await tells_of_danger(parent, survey)
        await lead.reload()
        seen = await lead.inner_text("main")
        assert DANGER in seen
        assert "Urgent" in seen
        await lead.get_by_role("button", name=re.compile("I have read this comment")).click()
        assert "marked as read" in await lead.inner_text("main")
        await lead.get_by_role("link", name="1 safeguarding case is open").click()
        assert DANGER in await lead.inner_text("main")
        await erases(parent)
        await lead.get_by_role("link", name=re.compile("Work on this case")).click()
        assert "The parent erased the words" in await lead.inner_text("main")
        await lead.get_by_role("button", name="I am taking this on").click()
        assert "Taken on by Lead" in await lead.inner_text("main")
        await lead.get_by_label("What was done").fill("Told the front door.")
        await lead.get_by_role("button", name="Close the case").click()
        assert "No cases are open" in await lead.inner_text("main")
        await is_refused(lead, "/staff/", "/staff/contacts", "/staff/accounts")

        await sets_up(analyst, analyst_link)
        assert analyst.url.endswith("/staff/strategy")
        measures = await analyst.get_by_role("row", name=re.compile(r"^M\d")).count()
        assert measures == MEASURES
        assert "No survey has been closed yet" in await analyst.inner_text("body")
        await is_refused(analyst, "/staff/", "/staff/comments", "/staff/cases", "/staff/rounds/new")
        assert await service.stop() == 0

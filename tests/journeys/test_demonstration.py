"""`make run`, as a newcomer meets it: three links, a survey, a count, a closing, a result."""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser import PHONE, a_page, chromium
from tests.journeys.service import running

pytestmark = pytest.mark.browser

ANYWHERE = "http://127.0.0.1"


async def answer_everything(page: Page) -> None:
    await page.get_by_role("button", name="I have read this – start").click()
    while not page.url.endswith("/review"):
        if await page.locator("textarea").count():
            await page.locator("textarea").fill("The help is <b>great</b> & kind")
        else:
            await page.get_by_role("radio").nth(1).check()
        await page.get_by_role("button", name="Continue", exact=True).click()
    await page.get_by_role("button", name=re.compile("Send")).click()


def figures(text: str, name: str) -> int:
    found = re.search(rf"{name}\s+([\d,]+)", text)
    assert found, text
    return int(found[1].replace(",", ""))


async def test_a_newcomer_goes_from_a_parents_tap_to_the_strategy_view(tmp_path: Path) -> None:
    async with (
        running("demo", folder=tmp_path, ready="Ctrl-C") as service,
        chromium() as browser,
        a_page(browser, ANYWHERE, viewport=PHONE) as parent,
        a_page(browser, ANYWHERE) as team,
        a_page(browser, ANYWHERE) as leader,
    ):
        chat, rounds, strategy = service.links
        await team.goto(rounds)
        await team.get_by_role("button").first.click()
        before = figures(await team.inner_text("main"), "Finished")

        await parent.goto(chat)
        assert "Demonstration: invented families" in await parent.inner_text("body")
        await answer_everything(parent)
        assert "Thank you" in await parent.inner_text("main")

        await team.reload()
        assert figures(await team.inner_text("main"), "Finished") == before + 1
        await team.get_by_role("link", name=re.compile("^Close")).click()
        await team.get_by_role("button", name="Close the round").click()
        assert "is closed" in await team.inner_text("main")
        await team.get_by_role("link", name="See its release").click()
        for _ in range(60):
            if await team.get_by_text("being worked out").count() == 0:
                break
            await asyncio.sleep(0.5)
            await team.get_by_role("link", name="Look again").click()

        await leader.goto(strategy)
        await leader.get_by_role("button").first.click()
        words = " ".join((await leader.inner_text("body")).split())
        assert "Demonstration: invented families" in words
        assert re.search(r"M2 .{0,80}\d+%, Demonstration round", words)
        assert "237, 2024" in words
        assert "45.7%, 2024" in words

        await parent.goto(chat)
        assert "closed" in await parent.inner_text("main")
        assert await service.stop() == 0

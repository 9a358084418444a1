"""Every page, in a real Chromium: no rule broken, nothing sideways, room for a finger."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize

from bot.channels.web.routes import routes as chat_routes
from bot.public.routes import routes as public_routes
from tests.browser import PHONE, a_page, chromium, is_too_wide, violations
from tests.looks import walk
from tests.looks.house import House, open_house
from tests.looks.walk_staff import staff

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ZOOMED = ViewportSize(width=320, height=256)
"""What is left of 1280 by 1024 at 400% zoom."""

NOT_PAGES = frozenset({"/robots.txt", "/c/{token}/my-data.txt"})

TOO_SMALL = """() => [...document.querySelectorAll("a, button, summary, input, textarea")]
  .filter(each => each.checkVisibility() && each.type !== "hidden" && each.ariaHidden !== "true")
  .filter(each => !each.classList.contains("govuk-skip-link") && !each.closest("p, li, td"))
  .map(each => [each.innerText, each.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([words, box]) => `${words} ${box.width} x ${box.height}`)"""
"""Controls smaller than 44 pixels; a link inside a sentence may be as high as its line."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_no_page_breaks_a_rule(browser: Browser, house: House, language: str) -> None:
    async with a_page(browser, house.base, viewport=PHONE) as page:
        async for name in walk.everything(page, house, language):
            assert await violations(page) == [], name
            await fits(page, name)
    seen = {route for method, route in house.visited if method == "GET"}
    offered = {each.path for each in (*chat_routes(), *public_routes()) if each.method == "GET"}
    bare = {path.replace(":[A-Za-z0-9_-]{1,64}", "") for path in offered}
    assert bare - NOT_PAGES - seen == set()


@pytest.mark.parametrize("language", ["en-x-easyread", "pl"])
async def test_one_page_in_each_other_language_breaks_no_rule(
    browser: Browser, house: House, language: str
) -> None:
    async with a_page(browser, house.base, viewport=PHONE) as page:
        async for name in walk.conversation(page, house, language):
            await fits(page, name)
            assert await page.locator(f"html[lang={language}]").count(), name
            if name == "question-comment":
                assert await violations(page) == []


@pytest.mark.parametrize("viewport", [PHONE, ZOOMED])
async def test_no_page_of_the_staff_breaks_a_rule(
    browser: Browser, house: House, viewport: ViewportSize
) -> None:
    async with a_page(browser, house.base, viewport=viewport) as page:
        async for name in staff(page, house):
            assert await violations(page) == [], name
            await fits(page, name)


async def test_nothing_runs_sideways_at_four_times_the_size(browser: Browser, house: House) -> None:
    async with a_page(browser, house.base, viewport=ZOOMED) as page:
        async for name in walk.everything(page, house, "en"):
            await fits(page, name)


async def fits(page: Page, name: str) -> None:
    assert not await is_too_wide(page), name
    assert await page.evaluate(TOO_SMALL) == [], name


@pytest.mark.parametrize("scripts", [True, False])
async def test_after_each_answer_the_question_has_the_focus_and_is_in_view(
    browser: Browser, house: House, scripts: bool
) -> None:
    async with a_page(browser, house.base, viewport=PHONE, scripts=scripts) as page:
        async for name in walk.conversation(page, house, "en"):
            if name.endswith(("missed", "too-long", "held")):
                assert await focus_is_in(page, ".govuk-error-summary"), name
            elif name in {"question-rating", "question-several", "question-comment", "next-child"}:
                assert await focus_is_in(page, "#question"), name
                assert await page.get_by_role("heading", level=1).is_visible()
                top = await page.locator("#question").evaluate("e => e.getBoundingClientRect().top")
                assert 0 <= top < 200, name


async def focus_is_in(page: Page, selector: str) -> bool:
    inside: bool = await page.evaluate(
        "selector => !!document.activeElement.closest(selector)", selector
    )
    return inside


async def test_the_last_two_answers_stand_above_the_question_and_can_be_changed(
    browser: Browser, house: House
) -> None:
    async with a_page(browser, house.base, viewport=PHONE, scripts=False) as page:
        async for name in walk.conversation(page, house, "en"):
            if name == "question-number":
                break
        said = page.locator(".sv-talk .sv-kept")
        assert await said.all_inner_texts() == [
            "Agree",
            "Speech and language therapy, A teaching assistant",
        ]
        await page.locator(".sv-so-far summary").click()
        assert await page.locator("details .sv-kept").all_inner_texts() == [
            "Primary: Reception to Year 6",
            "Yes",
        ]
        await page.locator(".sv-talk a").first.click()
        assert await page.locator("input[value='4']").is_checked()

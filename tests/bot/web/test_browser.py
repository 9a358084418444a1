"""The pages in a real Chromium: with scripts and without, by keyboard, on a narrow phone."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page

from bot.ports import PhaseCount, Trouble, TroubleKind
from bot.words import Words
from surveys.catalogue import shipped
from surveys.concern import Tier
from surveys.model import State
from surveys.session import Answer, Stage
from tests.bot.desk.test_comments_page import waiting
from tests.bot.desk.test_staff_pages import RELEASE
from tests.bot.web.fakes import NOW, MemoryConversations, MemoryDesk, a_round
from tests.browser import DESKTOP, PHONE, a_page, chromium, is_too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def base(app: web.Application) -> AsyncIterator[str]:
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


async def press(page: Page, name: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("button", name=name, exact=True).click()


async def follow(page: Page, name: str) -> None:
    async with page.expect_navigation():
        await page.get_by_role("link", name=name).click()


async def choose(page: Page, name: str) -> None:
    await page.get_by_role("radio", name=name, exact=True).check()
    await press(page, "Continue")


async def up_to_the_boxes(page: Page) -> None:
    await page.goto("/c/tok-1")
    await press(page, "I have read this – start")
    await choose(page, "Primary")
    await choose(page, "No")
    await choose(page, "Agree")


async def up_to_the_comment(page: Page) -> None:
    await up_to_the_boxes(page)
    await page.get_by_label("Transport").check()
    await page.get_by_label("Therapy").check()
    await press(page, "Continue")


async def test_b41_the_whole_chat_without_scripts_on_a_phone(
    browser: Browser, base: str, conversations: MemoryConversations
) -> None:
    async with a_page(browser, base, scripts=False, viewport=PHONE) as page:
        await page.goto("/o/spring27")
        await press(page, "Get my link")
        await press(page, "I have read this – start")
        for answer in ("Primary", "No", "Agree"):
            await press(page, "Continue")
            await says_the_error_and_the_question(page)
            await choose(page, answer)
        await page.get_by_label("Transport").check()
        await press(page, "Continue")
        await page.get_by_label("About change").fill("More time")
        assert not await is_too_wide(page)
        await press(page, "Continue")
        assert not await is_too_wide(page)
        await press(page, "Send my answers")
        assert await page.get_by_role("heading", name="Thank you").is_visible()
    session = conversations.session("open-1")
    assert session is not None
    assert session.answers["change"] == Answer(State.ANSWERED, "More time")


async def says_the_error_and_the_question(page: Page) -> None:
    """B41: one group, named by the question; each control labelled; the error tied to it."""
    group = page.locator("fieldset")
    assert await group.count() == 1
    legend = await page.locator("legend").inner_text()
    assert await page.get_by_role("group", name=legend, exact=True).count() == 1
    assert await page.get_by_role("heading", level=1).inner_text() == legend
    radios = page.get_by_role("radio")
    assert await radios.count() == await group.get_by_role("radio").count() > 1
    for radio in await radios.all():
        label = page.locator(f"label[for='{await radio.get_attribute('id')}']")
        assert await label.count() == 1
    described = await page.locator("fieldset").get_attribute("aria-describedby") or ""
    assert "choice-error" in described.split()
    assert await page.get_by_role("alert").get_by_role("link").get_attribute("href") == "#choice"
    assert not await is_too_wide(page)


async def test_the_whole_chat_by_keyboard_alone(
    browser: Browser, base: str, conversations: MemoryConversations
) -> None:
    async with a_page(browser, base) as page:
        await page.goto("/c/tok-1")
        await tab_to(page, "I have read this – start")
        await page.keyboard.press("Enter")
        for asked in ("About phase", "About has_plan", "About listened"):
            await page.get_by_role("heading", name=asked).wait_for()
            await tab_to_input(page, "radio")
            await page.keyboard.press("ArrowDown")
            await tab_to(page, "Continue")
            await page.keyboard.press("Enter")
        await page.get_by_role("heading", name="About topics").wait_for()
        await tab_to_input(page, "checkbox")
        await page.keyboard.press("Space")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("textarea")
        await tab_to_input(page, "textarea")
        await page.keyboard.type("They ring back")
        await tab_to(page, "Continue")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=Check your answers")
        await tab_to(page, "Send my answers")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("text=Your answers have been sent")
    session = conversations.session()
    assert session is not None
    assert session.stage is Stage.FINISHED
    assert session.answers["change"] == Answer(State.ANSWERED, "They ring back")


async def tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.innerText.trim()") == name:
            return
    raise AssertionError(f"the Tab key never reaches {name}")


async def tab_to_input(page: Page, kind: str) -> None:
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.type") == kind:
            return
    raise AssertionError(f"the Tab key never reaches a {kind}")


async def test_no_page_of_the_chat_fails_an_accessibility_rule(browser: Browser, base: str) -> None:
    async with a_page(browser, base, viewport=PHONE) as page:
        await clean(page, "/", "/privacy", "/accessibility", "/o/spring27", "/c/nosuch")
        await clean(page, *(f"/{each}?language=ar" for each in ("privacy", "accessibility")))
        await clean(page, *(f"/privacy?language={each}" for each in ("pl", "en-x-easyread")))
        await clean(page, "/c/tok-1")
        await press(page, "I have read this – start")
        await clean(page)
        await press(page, "Continue")
        await clean(page)
        await up_to_the_comment_from_the_first(page)
        await clean(page)
        await page.locator("summary", has_text="Your answers so far").click()
        await clean(page)
        await page.get_by_label("About change").fill("x" * 4001)
        await press(page, "Continue")
        await clean(page)
        await page.get_by_label("About change").fill("x" * 300)
        await press(page, "Continue")
        await clean(page)
        await page.goto("/c/tok-1/q/change")
        await page.get_by_label("About change").fill("he hits me")
        await press(page, "Continue")
        await clean(page)
        await press(page, "Continue")
        await press(page, "Send my answers")
        await clean(page)


async def up_to_the_comment_from_the_first(page: Page) -> None:
    for answer in ("Primary", "No", "Agree"):
        await choose(page, answer)
    await page.get_by_label("Transport").check()
    await press(page, "Continue")


async def test_every_page_of_the_chat_is_clean_in_arabic_from_right_to_left(
    browser: Browser, base: str, conversations: MemoryConversations
) -> None:
    form, say = shipped()[0], Words("ar").say
    conversations.questionnaire, conversations.round = form, a_round(form)
    async with a_page(browser, base, viewport=PHONE) as page:
        await page.goto("/c/tok-1")
        await press(page, "العربية")
        await clean(page)
        await press(page, say("button.start"))
        await press(page, say("button.continue"))
        await clean(page)
        await a_choice_stands_right_of_its_label(page)
        for question in form.questions[:-2]:
            await page.get_by_role("radio").first.check()
            assert question.labels["ar"] in await page.get_by_role("heading", level=1).inner_text()
            await press(page, say("button.continue"))
        await page.locator("textarea").fill("x" * 4001)
        await press(page, say("button.continue"))
        await clean(page)
        await page.locator("textarea").fill("x")
        await press(page, say("button.continue"))
        await press(page, say("button.skip_question"))
        await clean(page)
        await press(page, say("button.send"))
        await clean(page, "", "/c/tok-1/rights", "/c/tok-1/erase")


async def a_choice_stands_right_of_its_label(page: Page) -> None:
    """The ring is drawn before the label, so it is where a label's padding ends."""
    drawn = "getComputedStyle(document.querySelector('.govuk-radios__label'), '::before').right"
    assert await page.evaluate(drawn) == "2px"
    assert await page.evaluate("getComputedStyle(document.body).direction") == "rtl"


@pytest.mark.parametrize("name", ["Polski", "English – easy read"])
async def test_a_page_in_each_other_language_is_clean(
    browser: Browser, base: str, conversations: MemoryConversations, name: str
) -> None:
    form = shipped()[0]
    conversations.questionnaire, conversations.round = form, a_round(form)
    async with a_page(browser, base, viewport=PHONE) as page:
        await page.goto("/c/tok-1")
        await press(page, name)
        await clean(page)


async def test_the_enter_key_sends_the_answer_and_a_language_keeps_the_words(
    browser: Browser, base: str, conversations: MemoryConversations
) -> None:
    form = shipped()[0]
    conversations.questionnaire, conversations.round = form, a_round(form)
    async with a_page(browser, base, viewport=PHONE) as page:
        await page.goto("/c/tok-1")
        await press(page, "I have read this – start")
        await page.locator("input[value=primary]").check()
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        session = conversations.session()
        assert session
        assert (session.language, set(session.answers)) == ("en", {"phase"})
        while not await page.locator("textarea").count():
            await press(page, "Skip this question")
        await page.locator("textarea").fill("They never ring back")
        await press(page, "العربية")
        assert await page.locator("textarea").input_value() == "They never ring back"
        assert "ring" not in page.url
        await clean(page)
        await page.goto("/c/tok-1/review")
        await clean(page)
        await press(page, "English")
        assert page.url.endswith("/review")


async def clean(page: Page, *paths: str) -> None:
    """Axe finds nothing, and nothing scrolls sideways, here or at each of `paths`."""
    for path in paths or ("",):
        if path:
            await page.goto(path)
        assert await violations(page) == [], page.url
        assert not await is_too_wide(page), page.url


async def test_no_staff_page_fails_an_accessibility_rule(
    browser: Browser, base: str, desk: MemoryDesk
) -> None:
    desk.released = RELEASE
    desk.comments = (waiting("c1", Tier.URGENT, date(2027, 3, 9), "Words. " * 300),)
    async with a_page(browser, base, viewport=PHONE) as page:
        await clean(page, "/staff/", "/staff/set-up/set-up-1", "/staff/enter/link-1")
        await press(page, "Sign in")
        await clean(page)
        await clean(page, "/staff/accounts/a2/deactivate", "/staff/accounts/a2", "/staff/account")
        await clean(page, "/staff/accounts", "/staff/accounts/add")
        await press(page, "Add and make the link")
        await clean(page)
        await clean(page, "/staff/comments")
        await press(page, "I have read this comment, number 1")
        await clean(page, "/staff/")
        await follow(page, "Close this round")
        await clean(page)
        await press(page, "Close the round")
        await clean(page)
        await follow(page, "See its release")
        await clean(page)
        # B40: what came from outside is text.
        assert await page.locator("table img").count() == 0
        assert HOSTILE in await page.locator("table").first.inner_text()


async def test_the_strategy_view_has_its_style_under_its_policy(
    browser: Browser, base: str, desk: MemoryDesk
) -> None:
    desk.strategy = "<!doctype html><style>\nh1 { color: rgb(1, 2, 3) }\n</style><h1>Strategy</h1>"
    async with a_page(browser, base) as page:
        await page.goto("/staff/enter/link-1?to=strategy")
        await press(page, "Sign in")
        assert page.url.endswith("/staff/strategy")
        shown = await page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        assert shown == "rgb(1, 2, 3)"


async def test_b38_the_browsers_back_button_leads_to_a_page_that_can_still_change(
    browser: Browser, base: str, conversations: MemoryConversations
) -> None:
    async with a_page(browser, base, scripts=False) as page:
        await up_to_the_boxes(page)
        await page.go_back()
        await choose(page, "Disagree")
    session = conversations.session()
    assert session is not None
    assert session.answers["listened"] == Answer(State.ANSWERED, "2")


async def test_b39_another_device_goes_on_at_the_same_question(browser: Browser, base: str) -> None:
    async with a_page(browser, base, viewport=PHONE) as phone:
        await up_to_the_comment(phone)
        asked = await phone.get_by_role("heading", level=1).inner_text()
    async with a_page(browser, base, viewport=DESKTOP) as desktop:
        await desktop.goto("/c/tok-1")
        assert await desktop.get_by_role("heading", level=1).inner_text() == asked


async def test_b40_a_typed_script_never_runs(browser: Browser, base: str) -> None:
    async with a_page(browser, base) as page:
        ran: list[str] = []
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        await up_to_the_comment(page)
        await page.get_by_label("About change").fill(HOSTILE)
        await press(page, "Continue")
        assert HOSTILE in await page.locator("dl").inner_text()
        assert await page.locator("img").count() == 0
        assert not ran


async def test_counts_come_up_to_date_by_themselves_and_are_announced(
    browser: Browser, base: str, desk: MemoryDesk
) -> None:
    async with a_page(browser, base) as page:
        await page.clock.install()
        await page.goto("/staff/enter/link-1")
        await press(page, "Sign in")
        assert await page.locator(".sv-counts dd").all_inner_texts() == ["1,200", "35", "12"]
        assert await page.get_by_role("region", name="Something is wrong").count() == 0
        desk.phases = (PhaseCount("primary", 32, 13),)
        desk.troubled = (Trouble(TroubleKind.DISK_FULL, NOW),)
        await page.clock.run_for(10_100)
        await page.get_by_text("13", exact=True).first.wait_for()
        assert await page.locator(".sv-counts dd").all_inner_texts() == ["1,200", "32", "13"]
        assert await page.get_by_role("status").inner_text() == "Counts updated"
        assert await page.get_by_role("region", name="Something is wrong").is_visible()

"""A parent's whole conversation on the web, stopping at every page that can be seen.

Each walk is an asynchronous generator: it yields the name of the page it stands on.
"""

from collections.abc import AsyncIterator
from datetime import timedelta

from playwright.async_api import Page

from bot.languages import own_name
from bot.words import ENGLISH, Words
from tests.looks.house import CLOSES, OPENS, House

LONG = "They ring back when they say they will, and that helps a lot. "
DANGER = "He hits me and I am afraid."

Stops = AsyncIterator[str]


async def press(page: Page, name: str) -> None:
    """Press the button called `name` and wait for the next page."""
    async with page.expect_navigation():
        await page.get_by_role("button", name=name, exact=True).first.click()


async def everything(page: Page, house: House, language: str) -> Stops:
    """Every page there is for somebody who reads `language`."""
    for part in (
        conversation(page, house, language),
        refusals(page, house, language),
        public(page, language),
        failures(page, house),
    ):
        async for stop in part:
            yield stop


async def public(page: Page, language: str) -> Stops:
    """The pages that need no link."""
    for name, path in (("privacy", "/privacy"), ("accessibility", "/accessibility")):
        await page.goto(path)
        yield name
    await page.goto("/?rehearsed=yes")
    await choose(page, language)
    yield "home"
    await press(page, Words(language).say("button.continue"))
    yield "home-error"


async def choose(page: Page, language: str) -> None:
    """Follow the link to this language, where the page is not in it."""
    if not await page.locator(f"html[lang={language}]").count():
        async with page.expect_navigation():
            await page.get_by_role("link", name=own_name(language), exact=True).click()


async def conversation(page: Page, house: House, language: str) -> Stops:
    """From the open link to the last page."""
    say = Words(language).say
    await page.goto(f"/o/{house.code}")
    await choose(page, language)
    yield "open"
    await press(page, say("web.open.get"))
    token = page.url.rpartition("/")[2]
    yield "start"
    await press(page, say("button.start"))
    async for stop in _questions(page, language):
        yield stop
    async for stop in _review(page, token, language):
        yield stop
    async for stop in _after(page, token, language):
        yield stop


async def _questions(page: Page, language: str) -> Stops:
    go_on = Words(language).say("button.continue")
    yield "question-note-and-hint"
    await press(page, go_on)
    yield "question-missed"
    await page.locator("input[value=primary]").check()
    await press(page, go_on)
    await press(page, go_on)
    yield "question-required-missed"
    await page.locator("input[value=yes]").check()
    await press(page, go_on)
    yield "question-rating"
    await page.locator("input[value='4']").check()
    await press(page, go_on)
    yield "question-several"
    await page.locator("input[value=speech]").check()
    await page.locator("input[value=aid]").check()
    yield "question-several-ticked"
    await press(page, go_on)
    async for stop in _written(page, language):
        yield stop


async def _written(page: Page, language: str) -> Stops:
    go_on = Words(language).say("button.continue")
    yield "question-number"
    await page.locator("#text").fill("many")
    await press(page, go_on)
    yield "question-number-missed"
    await page.locator("#text").fill("12")
    await press(page, go_on)
    yield "question-date"
    await _date(page, "31", "2", "2027")
    await press(page, go_on)
    yield "question-date-missed"
    await _date(page, "9", "3", "2027")
    await press(page, go_on)
    yield "question-acknowledge"
    await page.get_by_role("radio").first.check()
    await press(page, go_on)
    async for stop in _comment(page, language):
        yield stop


async def _date(page: Page, *parts: str) -> None:
    for name, value in zip(("day", "month", "year"), parts, strict=True):
        await page.locator(f"#date-{name}").fill(value)


async def _comment(page: Page, language: str) -> Stops:
    say = Words(language).say
    yield "question-comment"
    for details in await page.locator("details > summary").all():
        await details.click()
    yield "question-all-open"
    await page.locator("textarea").fill("x" * 4001)
    await press(page, say("button.continue"))
    yield "comment-too-long"
    await page.locator("textarea").fill(LONG)
    await press(page, say("button.skip_question"))
    yield "comment-held"
    await page.locator("textarea").fill(DANGER)
    await press(page, say("button.continue"))
    yield "help"
    await press_or_follow(page, say("button.continue"))


async def press_or_follow(page: Page, name: str) -> None:
    """Press the button, or the link that looks like one, called `name`."""
    async with page.expect_navigation():
        await page.locator("a.govuk-button, button").filter(has_text=name).first.click()


async def _review(page: Page, token: str, language: str) -> Stops:
    say = Words(language).say
    yield "review"
    await page.goto(f"/c/{token}/q/plan")
    yield "changing"
    await page.locator("input[value=no]").check()
    await press(page, say("button.continue"))
    yield "review-removed"
    for name, path in (("rights", "/rights"), ("erase", "/erase")):
        await page.goto(f"/c/{token}{path}")
        yield name
    await page.goto(f"/c/{token}/rights")
    await press(page, say("rights.messages.stop"))
    yield "stopped"


async def _after(page: Page, token: str, language: str) -> Stops:
    say = Words(language).say
    await page.goto(f"/c/{token}/q/o2")
    old = await page.context.new_page()
    await old.goto(f"/c/{token}/q/o2")
    await page.goto(f"/c/{token}/review")
    await press(page, say("button.send"))
    yield "done"
    await old.locator("textarea").fill(LONG * 3)
    await press(old, say("button.continue"))
    await old.close()
    await press(page, say("button.next_child"))
    yield "next-child"
    await page.goto(f"/c/{token}/rights")
    yield "rights-two-children"
    await page.goto(f"/c/{token}/erase")
    await press(page, say("button.erase"))
    yield "erased"


async def refusals(page: Page, house: House, language: str) -> Stops:
    """The pages that say no: too late, too early, sent already, unknown, not ours."""
    say = Words(language).say
    token = await _to_the_last_question(page, house, language)
    await page.locator("textarea").fill(LONG * 3)
    was = house.clock.now
    house.clock.now = CLOSES + timedelta(hours=1)
    await press(page, say("button.continue"))
    yield "closed-words-back"
    await page.goto(f"/c/{token}")
    yield "closed"
    await page.goto(f"/c/{token}/rights")
    yield "closed-rights"
    house.clock.now = OPENS - timedelta(days=1)
    await page.goto(f"/c/{token}")
    yield "not-open-yet"
    house.clock.now = was
    async for stop in _sent_already(page, token, language):
        yield stop


async def _to_the_last_question(page: Page, house: House, language: str) -> str:
    token = house.invite()
    await page.goto(f"/c/{token}")
    if language != ENGLISH:
        await press(page, own_name(language))
    await press(page, Words(language).say("button.start"))
    await page.locator("input[value=primary]").check()
    await press(page, Words(language).say("button.continue"))
    await page.locator("input[value=no]").check()
    await press(page, Words(language).say("button.continue"))
    while not await page.locator("textarea").count():
        await press(page, Words(language).say("button.skip_question"))
    return token


async def _sent_already(page: Page, token: str, language: str) -> Stops:
    say = Words(language).say
    other = await page.context.new_page()
    await other.goto(f"/c/{token}")
    await press(other, say("button.skip_question"))
    await page.goto(f"/c/{token}/q/o2")
    await press(other, say("button.send"))
    await other.close()
    await page.locator("textarea").fill(LONG * 3)
    await press(page, say("button.continue"))
    yield "sent-already-words-back"


async def failures(page: Page, house: House) -> Stops:
    """Error pages: an unknown link, an unknown address, and forms that no page of ours sends."""
    for name, path in (("unknown-link", "/c/nosuch"), ("not-found", "/nosuch")):
        await page.goto(path)
        yield name
    await _tampered(page, house, "form.action = '/privacy'")
    yield "not-allowed"
    await _tampered(page, house, "form.elements.nonce.value = ''")
    yield "unreadable"


async def _tampered(page: Page, house: House, change: str) -> None:
    await page.goto(f"/o/{house.code}")
    async with page.expect_navigation():
        await page.evaluate(f"() => {{ const form = document.forms[0]; {change}; form.submit(); }}")

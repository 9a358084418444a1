"""The SEND team's pages, from the single-use link to signing out."""

from datetime import date

from playwright.async_api import Page

from surveys.concern import Tier
from tests.bot.desk.test_comments_page import waiting
from tests.bot.desk.test_staff_pages import RELEASE
from tests.looks.house import House
from tests.looks.walk import LONG, Stops, press


async def staff(page: Page, house: House) -> Stops:
    """Every page of the desk but the strategy view, which has pages and tests of its own."""
    house.desk.released = RELEASE
    house.desk.comments = (
        waiting("c1", Tier.URGENT, date(2027, 3, 9), LONG * 20),
        waiting("c2", Tier.NONE, date(2027, 3, 10), LONG),
    )
    await page.goto("/staff/")
    yield "staff-signed-out"
    await page.goto("/staff/enter/link-1")
    yield "staff-enter"
    await press(page, "Sign in")
    yield "staff-rounds"
    await page.goto("/staff/comments")
    yield "staff-comments"
    await press(page, "I have read this comment, number 1")
    yield "staff-comment-read"
    await page.goto("/staff/rounds/r1/close")
    yield "staff-close"
    await press(page, "Close the round")
    yield "staff-closed"
    await page.goto("/staff/rounds/r1/release")
    yield "staff-release"

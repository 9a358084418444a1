"""The SEND team's pages, from the single-use link to signing out."""

from dataclasses import replace
from datetime import date

from playwright.async_api import FilePayload, Page

from bot.case_ports import Reach
from bot.ports import Trouble, TroubleKind
from surveys.concern import Tier
from surveys.records import RoundStatus
from tests.bot.desk.test_comments_page import waiting
from tests.bot.desk.test_staff_pages import RELEASE
from tests.bot.web.fake_cases import a_case
from tests.bot.web.fake_rounds import LIST, SEEN
from tests.bot.web.fakes import a_round
from tests.looks.house import House
from tests.looks.walk import LONG, Stops, press

UNCLEAR = (
    "No column is known as email, phone or address, so nobody could be reached."
    " The columns are: Wer, Wohin. Say which column holds one of these."
)
NO_COLUMNS = (("email", "Email", ""), ("phone", "Mobile phone", ""))
STRATEGY = (
    '<!doctype html><html lang="en"><title>Strategy</title>'
    '<main id="main"><h1>Strategy</h1></main></html>'
)


async def staff(page: Page, house: House) -> Stops:
    """Every page of the desk but the strategy view, which has pages and tests of its own."""
    house.desk.released = RELEASE
    house.desk.comments = (
        replace(waiting("c1", Tier.URGENT, date(2027, 3, 9), LONG * 20), case_id="k1"),
        waiting("c2", Tier.NONE, date(2027, 3, 10), LONG),
    )
    await page.goto("/staff/")
    yield "staff-signed-out"
    await page.goto("/staff/enter/link-1")
    yield "staff-enter"
    await press(page, "Sign in")
    yield "staff-rounds"
    async for stop in _rounds(page, house):
        yield stop
    async for stop in _troubles(page, house):
        yield stop
    await page.goto("/staff/comments")
    yield "staff-comments"
    await press(page, "I have read this comment, number 1")
    await page.locator("summary").click()
    yield "staff-comment-read"
    async for stop in _cases(page, house):
        yield stop
    await page.goto("/staff/rounds/r1/close")
    yield "staff-close"
    await press(page, "Close the round")
    yield "staff-closed"
    await page.goto("/staff/rounds/r1/release")
    yield "staff-release"


async def _cases(page: Page, house: House) -> Stops:
    """Two open cases, one of which is worked until it is closed."""
    house.desk.cases.open = (a_case("k1", LONG * 20), a_case("k2", ""))
    house.desk.cases.ways = (Reach("Name", LONG), Reach("Mobile phone", "+447700900123"))
    await page.goto("/staff/cases")
    yield "staff-cases"
    await page.goto("/staff/cases/k2")
    yield "staff-case-erased"
    await page.goto("/staff/cases/k1")
    await press(page, "I am taking this on")
    yield "staff-case-taken-on"
    await press(page, "Show how to reach them")
    yield "staff-case-reach"
    await press(page, "Close the case")
    yield "staff-case-refused"
    await page.locator("#note").fill(LONG)
    await press(page, "Close the case")
    yield "staff-cases-closed"


async def _troubles(page: Page, house: House) -> Stops:
    """Every trouble at once, where each role begins."""
    since = house.clock()
    house.desk.troubled = tuple(Trouble(kind, since) for kind in TroubleKind)
    house.desk.strategy = STRATEGY
    for name in ("", "comments", "strategy", "accounts"):
        await page.goto(f"/staff/{name}")
        assert await page.get_by_text("the disk is full").is_visible()
        yield f"staff-troubles-{name or 'rounds'}"
    house.desk.troubled = ()


async def _rounds(page: Page, house: House) -> Stops:
    await page.goto("/staff/rounds/new")
    yield "staff-new-round"
    house.rounds.refusal = "There is a round 'Spring' already. Choose another name."
    await press(page, "Make the draft")
    yield "staff-new-round-refused"
    house.rounds.refusal = ""
    for status, waits_for in ((RoundStatus.DRAFT, ""), (RoundStatus.DRAFT, "Autumn 2026")):
        _stands(house, status, waits_for)
        await page.goto("/staff/rounds/r1")
        yield "staff-round-draft"
        await page.goto("/staff/rounds/r1/open")
        yield "staff-round-open"
    for status in (RoundStatus.OPEN, RoundStatus.CLOSED):
        _stands(house, status)
        await page.goto("/staff/rounds/r1")
        yield f"staff-round-{status.value}"
    await page.goto("/staff/contacts")
    yield "staff-contacts"
    await press(page, "Look at it")
    yield "staff-contacts-none"
    chosen = FilePayload(name="list.csv", mimeType="text/csv", buffer=b"Email")
    await page.locator("#file").set_input_files(chosen)
    await press(page, "Look at it")
    yield "staff-contacts-seen"
    await press(page, "Keep it")
    yield "staff-contacts-kept"
    house.rounds.listed = replace(LIST, unclear=UNCLEAR, columns=NO_COLUMNS)
    await page.locator("#file").set_input_files(chosen)
    await press(page, "Look at it")
    yield "staff-contacts-unclear"


def _stands(house: House, status: RoundStatus, waits_for: str = "") -> None:
    counts = replace(SEEN.counts, round=replace(a_round(), status=status))
    house.rounds.seen = replace(SEEN, counts=counts, waits_for=waits_for)

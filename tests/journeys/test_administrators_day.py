"""An administrator's day, from a command to the audit log, in browsers without scripts."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import Browser, Page

from bot import rounds
from storage.database import Database
from surveys.plans import RoundPlan
from surveys.records import Round
from surveys.roles import Role
from tests.browser import PHONE, a_page, chromium
from tests.fake_telegram import FakeTelegram
from tests.journeys.sending_house import FIRST, Sending, begin
from tests.journeys.staff_house import add, is_refused, next_code, posts, sees, sets_up, signs_in

pytestmark = pytest.mark.browser

LOG = (
    "SELECT actor.name, action, coalesce(subject.name, subject), detail FROM audit"
    " JOIN account AS actor ON audit.actor = 'account ' || actor.id"
    " LEFT JOIN account AS subject ON subject.id = subject ORDER BY audit.id"
)


@asynccontextmanager
async def serving(folder: Path, families: int = 0) -> AsyncIterator[tuple[Sending, Browser]]:
    """The service with a round that asked so many families, and a browser."""
    async with FakeTelegram() as telegram:
        for number in range(families):
            telegram.parent(FIRST + number)
        sending = begin(folder, telegram)
        sending.families(range(families))
        sending.invite()
        async with sending.serving() as service, chromium() as browser:
            yield sending, browser
            assert await service.stop() == 0


async def comes_back(page: Page, app: pyotp.TOTP, used: str) -> None:
    """Ann signs out, and in again on her way to a page."""
    await page.get_by_role("button", name="Sign out").click()
    await sees(page, "signed out")
    await page.goto("/staff/accounts/add")
    await signs_in(page, "ann@council.example", used)
    assert "is wrong" in await page.inner_text("main"), "a code works once"
    await signs_in(page, "ann@council.example", next_code(app))
    assert page.url.endswith("/staff/accounts/add")


async def adds(page: Page, name: str, role: str) -> str:
    """The link of somebody new."""
    await page.goto("/staff/accounts/add")
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("E-mail address").fill(f"{name.lower()}@council.example")
    await page.get_by_label(role).check()
    await page.get_by_role("button", name="Add and make the link").click()
    return await page.locator("code").inner_text()


async def changes(page: Page, name: str) -> None:
    await page.goto("/staff/accounts")
    await page.get_by_role("link", name=f"Change {name}").click()


async def deactivates(page: Page, name: str) -> None:
    await changes(page, name)
    await page.get_by_role("link", name="Deactivate this account").click()
    await page.get_by_role("button", name="Deactivate the account").click()


async def is_signed_out(page: Page) -> None:
    response = await page.reload()
    assert response
    assert response.status == 401


async def lost_her_phone(browser: Browser, ann: Page, lea: Page, old: pyotp.TOTP) -> None:
    """A new link ends what the lost phone could do: its session, and its codes."""
    await changes(ann, "Lea")
    await ann.get_by_role("button", name="Make a new link").click()
    link = await ann.locator("code").inner_text()
    async with a_page(browser, link, scripts=False) as again:
        await sets_up(again, link)
        assert again.url.endswith("/staff/comments")
        spent = await again.goto(link)
        assert spent
        assert spent.status == 404
    await is_signed_out(lea)
    await signs_in(lea, "lea@council.example", next_code(old))
    await sees(lea, "is wrong")


async def may_not_work_rounds(ann: Page, sending: Sending) -> None:
    """Her role is for accounts alone, on the page and on the wire."""
    here = f"/staff/rounds/{sending.round.id}"
    await is_refused(ann, "/staff/", here, "/staff/contacts", "/staff/comments")
    for what in ("open", "invite", "remind", "close"):
        assert await posts(ann, f"{here}/{what}", over_budget="why not") == 403, what
    assert sending.rows("SELECT status FROM round") == [("open",)]


async def test_accounts_from_the_first_link_to_deactivating(tmp_path: Path) -> None:
    async with serving(tmp_path) as (sending, browser):
        link = await add(tmp_path, "Ann", Role.ADMINISTRATOR)
        async with (
            a_page(browser, link, scripts=False, viewport=PHONE) as ann,
            a_page(browser, link, scripts=False) as olu,
            a_page(browser, link, scripts=False) as lea,
        ):
            await comes_back(ann, *await sets_up(ann, link))
            await sets_up(olu, await adds(ann, "Olu", "SEND officer"))
            old, _ = await sets_up(lea, await adds(ann, "Lea", "Safeguarding lead"))
            assert (olu.url[-7:], lea.url[-15:]) == ("/staff/", "/staff/comments")

            await is_refused(olu, "/staff/accounts", "/staff/accounts/add")
            await sees(olu, "Who may do this: administrator", "Ann")
            sam = {"name": "Sam", "email": "sam@council.example", "roles": "administrator"}
            assert await posts(olu, "/staff/accounts/add", **sam) == 403
            await lost_her_phone(browser, ann, lea, old)
            await may_not_work_rounds(ann, sending)
            await deactivates(ann, "Ann")
            await sees(ann, "Ann is the only administrator who can sign in.")
            await olu.goto("/staff/")
            await deactivates(ann, "Olu")
            await sees(ann, "deactivated")
            await is_signed_out(olu)
        assert [row for row in sending.rows(LOG) if row[0] == "Ann"] == [
            ("Ann", "account set up", "Ann", ""),
            ("Ann", "sign-in failed", "Ann", "wrong code"),
            ("Ann", "signed in", "Ann", ""),
            ("Ann", "account added", "Olu", "officer"),
            ("Ann", "account added", "Lea", "safeguarding_lead"),
            ("Ann", "set-up link made", "Lea", ""),
            ("Ann", "account deactivated", "Olu", ""),
        ]


def draft(db: Database, now: datetime) -> Round:
    """The next round, ready to be opened before anybody wrote what was done."""
    always = RoundPlan(quiet_from=time(0), quiet_until=time(0))
    ends = now + timedelta(days=20)
    plan = rounds.Plan("Summer", "parental_confidence", now, ends, asking=always)
    return rounds.create(db, now, plan, "test")


async def closes_spring(olu: Page, sending: Sending) -> None:
    await olu.goto(f"/staff/rounds/{sending.round.id}/close")
    await olu.get_by_role("button", name="Close the round").click()
    await sees(olu, "Spring is closed.")


async def may_not_open_early(olu: Page, here: str) -> None:
    await olu.goto(f"{here}/open")
    await sees(olu, "nobody has written what was done about what Spring said")
    assert not await olu.get_by_role("button", name="Open the round").count()
    assert await posts(olu, f"{here}/open") == 422
    assert await posts(olu, f"{here}/open", override="hurry") == 403
    assert await posts(olu, f"{here}/invite", over_budget="hurry") == 403


async def gives_both_roles(ann: Page, olu: Page, app: pyotp.TOTP) -> None:
    """It takes effect at once: he must sign in again."""
    await changes(ann, "Olu")
    await ann.get_by_label("Administrator").check()
    await ann.get_by_role("button", name="Change the roles").click()
    await sees(ann, "The roles are changed.")
    await is_signed_out(olu)
    await signs_in(olu, "olu@council.example", next_code(app))


async def opens_early(olu: Page, here: str) -> None:
    await olu.goto(f"{here}/open")
    await olu.get_by_role("button", name="Open the round").click()
    await sees(olu, "There is a problem")
    await olu.goto(f"{here}/open")
    await olu.get_by_label("Reason to open it all the same").fill("The review is in May")
    await olu.get_by_role("button", name="Open the round").click()
    await sees(olu, "The round is open.")


async def asks_more_often(olu: Page) -> None:
    await sees(olu, "2 families were asked twice this year, or less than 28 days ago.")
    await olu.get_by_role("button", name="Invite them all the same").click()
    await sees(olu, "Say why these families are asked more often.")
    await olu.get_by_label("Reason to ask more often").fill("They asked for it")
    await olu.get_by_role("button", name="Invite them all the same").click()
    await sees(olu, "Invitations are on their way.")


async def reached(sending: Sending, count: int) -> None:
    async with asyncio.timeout(20):
        while len(sending.reached()) < count:
            await asyncio.sleep(0.05)


async def test_only_an_administrator_opens_early_and_asks_more_often(tmp_path: Path) -> None:
    async with serving(tmp_path, families=2) as (sending, browser):
        ann_link = sending.staff("Ann", Role.ADMINISTRATOR)
        olu_link = sending.staff("Olu", Role.OFFICER)
        async with (
            a_page(browser, ann_link, scripts=False) as ann,
            a_page(browser, olu_link, scripts=False) as olu,
        ):
            await sets_up(ann, ann_link)
            app, _ = await sets_up(olu, olu_link)
            await reached(sending, 2)
            await closes_spring(olu, sending)
            here = f"/staff/rounds/{sending.write(draft).id}"
            await may_not_open_early(olu, here)
            await gives_both_roles(ann, olu, app)
            await opens_early(olu, here)
            assert sorted(sending.reached()) == [0, 1]
            await asks_more_often(olu)
            await reached(sending, 4)
        assert sorted(sending.reached()) == [0, 0, 1, 1]
        log = sending.rows(LOG)
        assert ("Ann", "roles changed", "Olu", "from officer to officer, administrator") in log
        early = "opened before saying what was done"
        assert ("Olu", early, "Summer", "The review is in May") in log
        assert ("Olu", "contact budget exceeded", "Summer", "They asked for it") in log

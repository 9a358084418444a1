"""The safeguarding lead's pages of cases."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.case_ports import Reach
from bot.desk.cookies import token_of
from bot.staff_ports import Staff
from surveys.concern import Tier
from surveys.roles import Role
from tests.bot.desk.test_comments_page import waiting
from tests.bot.web.browser_forms import Form, press
from tests.bot.web.conftest import Client
from tests.bot.web.fake_accounts import MemoryAccounts
from tests.bot.web.fake_cases import MemoryCases, a_case
from tests.bot.web.fakes import MemoryDesk

HOSTILE = "<script>alert(1)</script>"
PATHS = ("acknowledge", "reach", "close")


@pytest.fixture
def desk() -> MemoryDesk:
    """A desk with two open cases, of which one's words are gone, and one urgent comment."""
    cases = MemoryCases((a_case("k1", HOSTILE), a_case("k2", "")), ways=(Reach("Name", HOSTILE),))
    urgent = replace(waiting("c1", Tier.URGENT, date(2027, 3, 9)), case_id="k1")
    return MemoryDesk(cases=cases, comments=(urgent,))


def form_in(page: str, name: str) -> Form:
    """The form that does this, with the page's token."""
    [address] = re.findall(rf'action="(/staff/cases/[^"]*/{name})"', page)
    return Form(address, {"token": token_of("session-of-link-1")})


async def test_open_cases_are_listed_with_their_clock_also_without_their_words(
    staff: Client,
) -> None:
    page = await (await staff.get("/staff/cases")).text()
    assert page.index("case-k1") < page.index("case-k2")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Opened 9 March 2027 at 10:15pm. Take it on by the end of 9 March 2027." in page
    assert page.count("The rules saw: hit or hurt.") == 2
    assert page.count("The parent erased the words; a note that a child may be in danger") == 1
    assert page.count("Overdue") == page.count("Nobody has taken this on") == 2
    assert "/reach" not in page


async def test_a_case_is_taken_on_once(staff: Client, desk: MemoryDesk) -> None:
    page = await (await staff.get("/staff/cases/k1")).text()
    response = await press(staff, form_in(page, "acknowledge"))
    page = await response.text()
    assert "Taken on by Sam" in page
    assert "Overdue" not in page
    again = await staff.post(
        "/staff/cases/k1/acknowledge", data={"token": token_of("session-of-link-1")}
    )
    assert again.status == 422
    assert "taken on already by Sam" in await again.text()
    assert desk.cases.actors == [("acknowledge", "account a1")]


async def test_how_to_reach_the_family_is_shown_to_a_form_alone(
    staff: Client, desk: MemoryDesk
) -> None:
    page = await (await staff.get("/staff/cases/k2")).text()
    assert "&lt;script&gt;" not in page
    assert desk.cases.actors == []
    assert (await staff.get("/staff/cases/k2/reach")).status == 405
    shown = await (await press(staff, form_in(page, "reach"))).text()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert desk.cases.actors == [("reach", "account a1")]
    desk.cases.ways = ()
    shown = await (await press(staff, form_in(page, "reach"))).text()
    assert "Nothing that is kept says how to reach this family" in shown


async def test_a_case_is_closed_with_a_note_and_listed_among_the_closed(
    staff: Client, desk: MemoryDesk
) -> None:
    page = await (await staff.get("/staff/cases/k1")).text()
    form = form_in(page, "close")
    refused = await press(staff, form, {"note": ""})
    assert refused.status == 422
    assert "Say in the note what was done" in await refused.text()
    assert len(desk.cases.open) == 2
    closed = await (await press(staff, form, {"note": "Told <b>the front door</b>"})).text()
    assert "The case is closed." in closed
    assert "Closed in the last 30 days" in closed
    assert "Told &lt;b&gt;the front door&lt;/b&gt;" in closed
    page = await (await staff.get("/staff/cases/k1")).text()
    assert not any(f"/staff/cases/k1/{name}" in page for name in PATHS)


async def test_reading_the_comment_leaves_its_case_and_says_so(
    staff: Client, desk: MemoryDesk
) -> None:
    page = await (await staff.get("/staff/comments")).text()
    assert 'href="/staff/cases/k1"' in page
    assert "2 safeguarding cases are open" in page
    token = {"token": token_of("session-of-link-1")}
    read = await (await staff.post("/staff/comments/c1/read", data=token)).text()
    assert "The safeguarding case about it stays open" in read
    assert len(desk.cases.open) == 2
    assert "2 safeguarding cases are open" in await (await staff.get("/staff/")).text()


async def test_an_officer_hears_of_the_case_and_is_led_nowhere(
    client: Client, accounts: MemoryAccounts
) -> None:
    secret = accounts.signed_in(Staff("me", "Me", (Role.OFFICER,)))
    headers = {"Cookie": f"sendvoice_staff={secret}"}
    page = await (await client.get("/staff/comments", headers=headers)).text()
    assert "with the safeguarding lead" in page
    assert "/staff/cases" not in page
    assert "/staff/cases" not in await (await client.get("/staff/", headers=headers)).text()


async def test_an_unknown_case_is_not_found(staff: Client) -> None:
    token = {"token": token_of("session-of-link-1")}
    assert (await staff.get("/staff/cases/nosuch")).status == 404
    for name in PATHS:
        assert (await staff.post(f"/staff/cases/nosuch/{name}", data=token)).status == 404

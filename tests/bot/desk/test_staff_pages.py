"""The staff pages: the way in, counts, closing, releases, the strategy view."""

import re
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from analysis.tables import NO_ANSWERS, NOT_PUBLISHED, Column, not_shown, published, shown, withheld
from bot.desk.results import policy_for
from bot.desk.staff import form_token
from bot.site import make_app
from surveys.records import RoundStatus
from tests.bot.web.browser_forms import forms_of
from tests.bot.web.conftest import SETTINGS, Client
from tests.bot.web.fakes import MemoryConversations, MemoryDesk

BEHIND_THE_DOOR = (
    "/staff/",
    "/staff/rounds/r1/close",
    "/staff/rounds/r1/release",
    "/staff/comments",
    "/staff/strategy",
)
HOSTILE = '"><b>x <img src=x onerror=alert(1)>'
COLUMNS = (
    Column("group", "Phase"),
    Column("base", "People", "people"),
    Column("value", "Index", "0 to 100"),
    Column("dont_know", "Don't know", "percent"),
)
RELEASE = {
    "tables": [
        published(
            "index",
            "Confidence index",
            COLUMNS,
            [
                shown(group=HOSTILE, base=1031, value=48.0, dont_know=7),
                shown(group="Primary", base=12, value=0.0, dont_know=None),
                not_shown("Secondary", COLUMNS, NOT_PUBLISHED, "under 10 people"),
                not_shown("Post-16", COLUMNS, NO_ANSWERS, "no answers"),
            ],
            definition="mean of each parent's index",
            base_note="People with an index.",
        ),
        withheld("comments", "Comments", COLUMNS, "a count is under 5"),
    ]
}


@pytest.mark.parametrize("path", BEHIND_THE_DOOR)
async def test_nothing_about_a_round_is_shown_without_signing_in(client: Client, path: str) -> None:
    for cookies in ({}, {"sendvoice_staff": "guess"}):
        response = await client.get(path, headers={"Cookie": _cookie(cookies)})
        page = await response.text()
        assert response.status == 401
        assert "sendvoice staff link" in page
        assert "Spring 2027" not in page


async def test_looking_at_the_link_does_not_spend_it(client: Client, desk: MemoryDesk) -> None:
    for _ in range(2):
        response = await client.get("/staff/enter/link-1")
        await client.head("/staff/enter/link-1")
        assert response.status == 200
    assert desk.links == {"link-1"}
    response = await client.post("/staff/enter/link-1")
    assert response.url.path == "/staff/"
    assert response.status == 200


async def test_a_spent_link_opens_nothing(staff: Client) -> None:
    staff.session.cookie_jar.clear()
    response = await staff.post("/staff/enter/link-1")
    assert response.status == 401


async def test_the_cookie_is_for_staff_pages_of_this_site_only(client: Client) -> None:
    response = await client.post("/staff/enter/link-1", allow_redirects=False)
    cookie = response.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Path=/staff", "Max-Age=28800"):
        assert part in cookie
    assert "Secure" not in cookie


async def test_the_cookie_is_for_https_only_where_the_pages_are(
    conversations: MemoryConversations, desk: MemoryDesk
) -> None:
    settings = replace(SETTINGS, base_url="https://voice.example", secure_cookies=True)
    app = make_app(conversations, desk, settings=settings, clock=conversations.clock)
    async with TestClient(TestServer(app)) as client:
        response = await client.post("/staff/enter/link-1", allow_redirects=False)
    assert "Secure" in response.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("to", "path"), [("strategy", "/staff/strategy"), ("//elsewhere.example", "/staff/")]
)
async def test_the_door_leads_only_to_pages_of_ours(client: Client, to: str, path: str) -> None:
    page = await (await client.get("/staff/enter/link-1", params={"to": to})).text()
    response = await client.post(forms_of(page)[""].address, allow_redirects=False)
    assert response.headers["Location"] == path
    bare = await client.post("/staff/enter/none", params={"to": to}, allow_redirects=False)
    assert bare.status == 401


async def test_counts_are_shown_by_phase_and_named_as_counts(staff: Client) -> None:
    page = await (await staff.get("/staff/")).text()
    for words in (
        "Spring 2027",
        "1,200",
        "Phase not given yet",
        "Primary",
        "28 March 2027 at 11:59pm",
        "http://127.0.0.1:8080/o/spring27",
        "These are counts of replies, not results",
        "Refresh the counts",
        "Demonstration: invented families",
    ):
        assert words in page, words


async def test_only_the_page_of_counts_may_fetch(staff: Client) -> None:
    policy = (await staff.get("/staff/")).headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
    policy = (await staff.get("/staff/rounds/r1/close")).headers["Content-Security-Policy"]
    assert "connect-src" not in policy


async def test_b40_looking_at_the_closing_page_closes_nothing(
    staff: Client, desk: MemoryDesk
) -> None:
    response = await staff.get("/staff/rounds/r1/close")
    assert response.status == 200
    assert "You cannot open it again" in await response.text()
    assert desk.round.status is RoundStatus.OPEN


async def test_b40_a_post_without_the_token_or_from_another_site_closes_nothing(
    staff: Client, desk: MemoryDesk
) -> None:
    path = "/staff/rounds/r1/close"
    right = {"token": form_token("session-of-link-1")}
    for data in ({}, {"token": ""}, {"token": "é"}, {"token": form_token("another")}):
        assert (await staff.post(path, data=data)).status == 403
    response = await staff.post(path, data=right, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status == 403
    assert (await staff.delete(path)).status == 405
    assert (await staff.put(path, data=right)).status == 405
    assert desk.round.status is RoundStatus.OPEN


async def test_closing_is_confirmed_and_leads_to_the_release(
    staff: Client, desk: MemoryDesk
) -> None:
    page = await (await staff.get("/staff/rounds/r1/close")).text()
    form = forms_of(page)[""]
    response = await staff.post(form.address, data=form.fields)
    page = await response.text()
    assert response.url.path == "/staff/"
    assert desk.round.status is RoundStatus.CLOSED
    assert "Spring 2027 is closed" in page
    assert "/staff/rounds/r1/release" in page
    assert "/staff/strategy" in page
    page = await (await staff.post(form.address, data=form.fields)).text()
    assert "Spring 2027 was closed already" in page


async def test_a_draft_or_unknown_round_cannot_be_closed(staff: Client, desk: MemoryDesk) -> None:
    assert (await staff.get("/staff/rounds/nosuch/close")).status == 404
    token = {"token": form_token("session-of-link-1")}
    assert (await staff.post("/staff/rounds/nosuch/close", data=token)).status == 404
    desk.round = replace(desk.round, status=RoundStatus.DRAFT)
    page = await (await staff.get("/staff/rounds/r1/close")).text()
    assert "Spring 2027 is not open" in page


async def test_b40_a_release_is_text_and_what_is_missing_is_never_zero(
    staff: Client, desk: MemoryDesk
) -> None:
    desk.released = RELEASE
    page = await (await staff.get("/staff/rounds/r1/release")).text()
    cells = re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", page)
    assert cells == [
        *("Phase", "People", "Index (0 to 100)", "Don&#39;t know"),
        *("&#34;&gt;&lt;b&gt;x &lt;img src=x onerror=alert(1)&gt;", "1,031", "48.0", "7%"),
        *("Primary", "12", "0.0", "No figure"),
        *("Secondary", "Not shown: under 10 people."),
        *("Post-16", "No answers."),
    ]
    assert "Mean of each parent&#39;s index." in page
    assert "People with an index." in page
    assert "Not shown: a count is under 5." in page
    assert "<img" not in page


async def test_a_round_without_a_release_says_so(staff: Client) -> None:
    response = await staff.get("/staff/rounds/r1/release")
    assert response.status == 404
    assert "There is no release yet" in await response.text()
    assert (await staff.get("/staff/rounds/nosuch/release")).status == 404


async def test_the_strategy_view_may_show_its_own_styles_and_nothing_else(
    staff: Client, desk: MemoryDesk
) -> None:
    desk.strategy = "<style>p{color:red}</style><p>Strategy</p>"
    response = await staff.get("/staff/strategy")
    assert await response.text() == desk.strategy
    policy = response.headers["Content-Security-Policy"]
    assert policy == policy_for(desk.strategy)
    assert "'sha256-" in policy
    assert "unsafe" not in policy


async def test_signing_out_ends_the_session_itself(staff: Client, desk: MemoryDesk) -> None:
    form = forms_of(await (await staff.get("/staff/")).text())[""]
    assert (await staff.post("/staff/leave")).status == 403
    assert desk.sessions
    response = await staff.post(form.address, data=form.fields)
    assert "You have signed out" in await response.text()
    assert not desk.sessions
    assert (await staff.get("/staff/")).status == 401


def _cookie(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())

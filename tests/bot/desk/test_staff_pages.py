"""The staff pages: the way in, counts, closing, releases, the strategy view."""

import re
from dataclasses import replace

import pytest

from analysis.tables import NO_ANSWERS, NOT_PUBLISHED, Column, not_shown, published, shown, withheld
from bot.desk.cookies import token_of
from bot.desk.results import policy_for
from surveys.records import RoundStatus
from tests.bot.web.browser_forms import forms_of
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryDesk

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
        assert "Sign in to the staff pages" in page
        assert "Spring 2027" not in page


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
    right = {"token": token_of("session-of-link-1")}
    for data in ({}, {"token": ""}, {"token": "é"}, {"token": token_of("another")}):
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
    assert desk.actors == ["account a1"]
    assert "Spring 2027 is closed" in page
    assert "/staff/rounds/r1/release" in page
    assert "/staff/strategy" in page
    page = await (await staff.post(form.address, data=form.fields)).text()
    assert "Spring 2027 was closed already" in page


async def test_a_draft_or_unknown_round_cannot_be_closed(staff: Client, desk: MemoryDesk) -> None:
    assert (await staff.get("/staff/rounds/nosuch/close")).status == 404
    token = {"token": token_of("session-of-link-1")}
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


async def test_a_closed_round_whose_release_is_being_made_says_so(
    staff: Client, desk: MemoryDesk
) -> None:
    desk.round = replace(desk.round, status=RoundStatus.CLOSED)
    response = await staff.get("/staff/rounds/r1/release")
    assert response.status == 200
    page = await response.text()
    assert "being worked out" in page
    assert "Look again" in page


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


def _cookie(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


async def test_it_says_which_languages_are_on_offer_and_which_wait(staff: Client) -> None:
    page = re.sub(r"<[^>]+>", " ", await (await staff.get("/staff/")).text())
    said = " ".join(page.split())
    assert "Languages on offer English, Polish" in said
    assert "Waiting for a speaker to sign off Arabic" in said


async def test_the_page_of_rounds_counts_the_comments_and_reads_none(
    staff: Client, desk: MemoryDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def one() -> int:
        return 1

    async def unread() -> None:
        raise AssertionError

    monkeypatch.setattr(desk, "count_comments_waiting", one)
    monkeypatch.setattr(desk, "comments_waiting", unread)
    assert "1 comment to read" in await (await staff.get("/staff/")).text()

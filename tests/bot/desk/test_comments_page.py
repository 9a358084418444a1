"""The page of comments to read."""

from datetime import date

import pytest

from bot.desk.cookies import token_of
from bot.ports import CommentToRead
from bot.staff_ports import Staff
from surveys.concern import Concern, Tier
from surveys.records import WaitingComment
from surveys.roles import Role
from tests.bot.web.browser_forms import forms_of
from tests.bot.web.conftest import Client
from tests.bot.web.fake_accounts import MemoryAccounts
from tests.bot.web.fakes import MemoryDesk

TOKEN = {"token": token_of("session-of-link-1")}
HOSTILE = "<script>alert(1)</script>\nSecond line"


def waiting(comment_id: str, tier: Tier, due: date, text: str = "Words.") -> CommentToRead:
    concern = Concern(tier, ("hit or hurt",) if tier is Tier.URGENT else ())
    comment = WaitingComment(comment_id, "Spring", True, "h", "change", concern, due, text)
    return CommentToRead(comment, "What would <b>help</b>?")


@pytest.fixture
def desk() -> MemoryDesk:
    """A desk with an urgent comment that is overdue and a plain one that is not."""
    urgent = waiting("c1", Tier.URGENT, date(2027, 3, 9), HOSTILE)
    return MemoryDesk(comments=(urgent, waiting("c2", Tier.NONE, date(2027, 3, 10))))


async def test_the_queue_is_text_in_order_with_its_days(staff: Client) -> None:
    page = await (await staff.get("/staff/comments")).text()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nSecond line" in page
    assert "What would &lt;b&gt;help&lt;/b&gt;?" in page
    assert page.index("comment-c1") < page.index("comment-c2")
    assert "Read by the end of 9 March 2027. The rules saw: hit or hurt." in page
    assert page.count("Overdue") == 1
    assert page.count("Urgent") == 1
    assert page.count("Demonstration: invented families") == 2


async def test_b08_no_comment_can_turn_a_line_of_the_list_round(
    staff: Client, desk: MemoryDesk
) -> None:
    typed = "It was \u202enot\u202c bad \u2066at all\u2069, \u202aall \u202bin \u202dall"
    desk.comments = (waiting("c1", Tier.NONE, date(2027, 3, 10), typed),)
    page = await (await staff.get("/staff/comments")).text()
    assert "It was not bad at all, all in all" in page
    assert desk.comments[0].comment.text == typed


async def test_a_comment_is_marked_once(staff: Client, desk: MemoryDesk) -> None:
    page = await (await staff.get("/staff/comments")).text()
    response = await staff.post("/staff/comments/c1/read", data=forms_of(page)[""].fields)
    assert response.url.path == "/staff/comments"
    assert "The comment is marked as read." in await response.text()
    assert [each.comment.id for each in desk.comments] == ["c2"]
    assert desk.actors == ["account a1"]
    page = await (await staff.post("/staff/comments/c1/read", data=TOKEN)).text()
    assert "Nothing was marked" in page


async def test_only_our_own_form_marks(staff: Client, client: Client, desk: MemoryDesk) -> None:
    for data in ({}, {"token": "another"}):
        assert (await staff.post("/staff/comments/c1/read", data=data)).status == 403
    assert (await staff.get("/staff/comments/c1/read")).status == 405
    assert len(desk.comments) == 2


async def test_a_stranger_sees_and_marks_nothing(client: Client, desk: MemoryDesk) -> None:
    assert (await client.get("/staff/comments")).status == 401
    assert (await client.post("/staff/comments/c1/read", data=TOKEN)).status == 401
    assert len(desk.comments) == 2


async def test_an_empty_queue_says_so_and_the_rounds_lead_there(
    staff: Client, desk: MemoryDesk
) -> None:
    desk.comments = ()
    assert "No comments are waiting." in await (await staff.get("/staff/comments")).text()
    assert 'href="/staff/comments"' in await (await staff.get("/staff/")).text()


async def test_what_was_read_today_is_listed_and_put_back_by_its_reader_alone(
    staff: Client, client: Client, desk: MemoryDesk, accounts: MemoryAccounts
) -> None:
    page = await (await staff.post("/staff/comments/c1/read", data=TOKEN)).text()
    assert "Read by Sam on 10 March 2027 at 9:30am." in page
    assert "<script>alert" not in page
    assert 'action="/staff/comments/c1/put-back"' in page
    client.session.cookie_jar.clear()
    other = accounts.signed_in(Staff("other", "Other", (Role.OFFICER,)))
    headers = {"Cookie": f"sendvoice_staff={other}"}
    page = await (await client.get("/staff/comments", headers=headers)).text()
    assert "Read by Sam" in page
    assert "put-back" not in page
    data = {"token": token_of(other)}
    refused = await client.post("/staff/comments/c1/put-back", data=data, headers=headers)
    assert "Nothing was put back" in await refused.text()
    headers = {"Cookie": "sendvoice_staff=session-of-link-1"}
    put = await client.post("/staff/comments/c1/put-back", data=TOKEN, headers=headers)
    page = await put.text()
    assert "The comment waits to be read again." in page
    assert {each.comment.id for each in desk.comments} == {"c1", "c2"}

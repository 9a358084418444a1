"""Links that lead nowhere, and rounds not open yet or closed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import NotStored
from surveys.records import RoundStatus
from tests.bot.web.browser_forms import forms_of, press, read_on
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations
from tests.bot.web.test_chat import UP_TO_CHANGE, UP_TO_TOPICS, WHOLE


async def test_an_unknown_link_says_what_to_do(client: Client) -> None:
    for path in ("/c/nosuch", "/c/nosuch/q/phase", "/c/nosuch/review", "/o/nosuch"):
        response = await client.get(path)
        page = await response.text()
        assert response.status == 404
        assert "We do not know this link" in page
        assert "ask the person or the team who sent it to you" in page


async def test_b17_a_round_not_open_yet_says_when_in_local_time(
    client: Client, conversations: MemoryConversations
) -> None:
    conversations.now = datetime(2027, 2, 1, 12, tzinfo=UTC)
    page = await (await client.get("/c/tok-1")).text()
    assert "It opens on 1 March 2027 at 9am" in page


async def test_b17_a_late_post_stores_nothing_and_hands_the_words_back(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_CHANGE)
    before = conversations.session()
    closes_at = datetime(2027, 3, 28, 16, 0, tzinfo=UTC)
    conversations.round = replace(conversations.round, closes_at=closes_at)
    conversations.now = closes_at + timedelta(minutes=1)
    words = "They <b>never</b> ring back"
    response = await press(client, forms_of(page)["answer"], {"text": words})
    page = await response.text()
    assert response.status == 409
    assert "It closed on 28 March 2027 at 5pm" in page
    assert "They &lt;b&gt;never&lt;/b&gt; ring back" in page
    assert conversations.session() == before


async def test_a_round_closed_early_says_when_it_was_closed(
    client: Client, conversations: MemoryConversations
) -> None:
    await read_on(client, *UP_TO_TOPICS)
    closed_at = datetime(2027, 3, 12, 12, 0, tzinfo=UTC)
    conversations.round = replace(
        conversations.round, status=RoundStatus.CLOSED, closed_at=closed_at
    )
    page = await (await client.get("/c/tok-1/q/topics")).text()
    assert "It closed on 12 March 2027 at midday" in page
    assert "No more answers can be taken" in page


async def test_who_had_sent_the_answers_is_thanked_after_closing(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *WHOLE)
    await press(client, forms_of(page)["submit"])
    conversations.now = conversations.round.closes_at
    page = await (await client.get("/c/tok-1")).text()
    assert "You had sent your answers. Thank you." in page


async def test_words_sent_to_a_link_that_stopped_working_are_handed_back(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read_on(client, *UP_TO_CHANGE)
    conversations.tokens.clear()
    response = await press(client, forms_of(page)["answer"], {"text": "Nobody rings"})
    assert response.status == 404
    assert "Nobody rings" in await response.text()


async def test_an_open_link_gives_a_link_of_ones_own_once_for_each_form(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await (await client.get("/o/spring27")).text()
    assert not conversations.begun
    form = forms_of(page)[""]
    first = await press(client, form, follow=False)
    second = await press(client, form, follow=False)
    assert first.status == second.status == 303
    assert first.headers["Location"] == second.headers["Location"] == "/c/open-1"
    page = await (await client.get("/c/open-1")).text()
    assert "Keep this link" in page
    assert "http://127.0.0.1:8080/c/open-1" in page


async def test_an_open_link_of_a_closed_round_begins_nothing(
    client: Client, conversations: MemoryConversations
) -> None:
    form = forms_of(await (await client.get("/o/spring27")).text())[""]
    conversations.now = conversations.round.closes_at
    response = await press(client, form)
    assert response.status == 409
    assert "This survey has closed" in await response.text()
    assert not conversations.begun


async def test_a_typed_code_leads_on_whether_open_or_personal(client: Client) -> None:
    for code, where in ((" spring27 ", "/o/spring27"), ("tok-1", "/c/tok-1")):
        response = await client.post("/", data={"code": code})
        assert response.status == 200
        assert response.url.path == where
    for code in ("", "two words", "x" * 65):
        response = await client.post("/", data={"code": code})
        assert response.status == 422
        assert "There is a problem" in await response.text()


@pytest.mark.parametrize("opened", ["/c/tok-1", "/o/spring27", "/c/tok-1/erase"])
async def test_b37_where_nothing_can_be_stored_no_button_is_said_to_have_worked(
    client: Client,
    conversations: MemoryConversations,
    monkeypatch: pytest.MonkeyPatch,
    opened: str,
) -> None:
    async def full(*_: object) -> None:
        raise NotStored

    form = list(forms_of(await (await client.get(opened)).text()).values())[-1]
    monkeypatch.setattr(conversations, "take", full)
    monkeypatch.setattr(conversations, "begin_open", full)
    response = await press(client, form)
    page = await response.text()
    assert response.status == 503
    assert "Sorry, that was not saved" in page
    assert "Answers you had sent before this are safe." in page
    assert "erased" not in page

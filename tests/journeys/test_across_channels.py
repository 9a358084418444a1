"""One conversation on two channels: the same question, the same answers, one participant."""

import re
from dataclasses import dataclass
from html import unescape

import aiohttp

from tests.bot.conftest import World, world
from tests.fake_telegram import FakeTelegram, Parent
from tests.journeys.telegram_house import ANSWERS, at_the_ratings, parent, telegram
from tests.journeys.webhook_house import BOT_NAME, WebhookHouse, house

__all__ = ["house", "parent", "telegram", "world"]


@dataclass
class Page:
    """A page as a browser has it, and what its form would post."""

    address: str
    text: str

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no {name} on {self.address}"
        return unescape(found[1])


async def opens(http: aiohttp.ClientSession, address: str) -> Page:
    async with http.get(address) as answer:
        assert answer.status == 200
        return Page(str(answer.url), await answer.text())


async def chooses(http: aiohttp.ClientSession, page: Page, code: str) -> Page:
    fields = {name: page.hidden(name) for name in ("nonce", "action", "key")}
    address = page.address.partition("/q/")[0]
    async with http.post(address, data={**fields, "choice": code}) as answer:
        assert answer.status == 200, await answer.text()
        return Page(str(answer.url), await answer.text())


async def test_begun_in_telegram_gone_on_in_a_browser_and_back(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    parent.taps(await at_the_ratings(parent, world), "4 – Agree")
    await parent.receives("Question 5 of 20")
    parent.sends("/web")
    handed = await parent.receives("web browser")
    link = re.search(rf"{house.url}/c/\S+", handed.text)
    assert link
    await house.quiet()
    [call] = [c for c in telegram.calls("sendMessage") if link[0] in str(c.parameters)]
    assert '"is_disabled": true' in str(call.parameters["link_preview_options"])
    async with aiohttp.ClientSession() as http:
        page = await opens(http, link[0])
        assert "Question 5 of 20" in page.text
        assert "Agree" in page.text
        after = await chooses(http, page, "2")
        assert "Question 6 of 20" in after.text
        token = link[0].rpartition("/")[2]
        assert f"https://t.me/{BOT_NAME}?start={token}" in after.text
        assert "Go on in Telegram" in after.text
        parent.sends(f"/start {token}")
        assert (await parent.receives("Question 6 of 20")).text.startswith("Here is where")
        parent.sends("agree")
        await parent.receives("Question 7 of 20")
        assert "Question 7 of 20" in (await opens(http, link[0])).text
    await house.quiet()
    answers = {key: value for key, _, value in world.rows(ANSWERS)}
    assert (answers["c1"], answers["c2"], answers["c3"]) == ("4", "2", "4")
    for table in ("response", "invitation", "chat"):
        assert world.rows(f"SELECT count(*) FROM {table}") == [(1,)]


async def test_the_link_lies_nowhere_in_the_database(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    await at_the_ratings(parent, world)
    await house.quiet()
    parent.blocks()
    parent.sends(" /WEB@sendvoice_test_bot ")
    await telegram.until(lambda: len(telegram.calls("sendMessage", status=403)) == 1)
    await house.quiet()
    [(invitation_id,)] = world.rows("SELECT id FROM invitation")
    dump = "\n".join(world.reader.conn.iterdump())
    assert "web_link" in dump
    assert world.vault.token(invitation_id, 1) not in dump


async def test_the_link_is_given_after_closing_and_to_nobody_without_a_code(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    stranger = telegram.parent(77)
    stranger.sends("/web")
    await stranger.receives("Hello")
    await at_the_ratings(parent, world)
    world.clock.forward(days=60)
    parent.sends("/web")
    await parent.receives("web browser")
    assert house.is_running


async def test_begun_in_a_browser_gone_on_in_telegram(
    house: WebhookHouse, world: World, parent: Parent
) -> None:
    [token] = world.invite()
    await world.begins(token)
    async with aiohttp.ClientSession() as http:
        page = await chooses(http, await opens(http, f"{house.url}/c/{token}"), "primary")
        assert "Question 2 of 20" in page.text
    parent.sends(f"/start {token}")
    await parent.receives("Question 2 of 20")
    assert house.is_running


async def test_a_second_account_is_asked_before_it_takes_the_code_over(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    [token] = world.invite()
    parent.sends(f"/start {token}")
    await parent.receives("I have read this – start")
    other = telegram.parent(9900)
    other.sends(f"/start {token}")
    asked = await other.receives("This link is already in use in another chat.")
    assert asked.text.endswith("then send the code again within half an hour.")
    world.clock.forward(seconds=10)
    other.sends(f"/start {token}")
    await other.receives("I have read this – start")
    await parent.receives("went on in another chat")
    assert house.is_running

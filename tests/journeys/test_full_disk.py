"""B37: on a full disk nobody is told "saved", and everything goes on when there is room.

The database's own limit stands for the disk's. A power cut cannot be shown from here.
"""

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from surveys.inputs import Skipped
from tests.bot.conftest import World, world
from tests.bot.web.browser_forms import forms_of
from tests.journeys.telegram_house import ANSWERS, telegram
from tests.journeys.webhook_house import WebhookHouse, house

__all__ = ["house", "telegram", "world"]
WORDS = ("Nobody rang us back. " * 150).strip()


@pytest.fixture
async def browser(house: WebhookHouse) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(house.url) as opened:
        yield opened


async def at_a_comment(world: World) -> str:
    """The token of a parent whom the first open question is put to."""
    place = await world.begins(world.invite()[0])
    turned = await world.says(place, Skipped("phase"))
    while turned.session and turned.session.current != "o1":
        turned = await world.says(place, Skipped(turned.session.current or ""))
    return place.token


async def test_b37_on_the_web_the_words_are_handed_back_and_sent_again_later(
    house: WebhookHouse, world: World, browser: aiohttp.ClientSession
) -> None:
    token = await at_a_comment(world)
    before = world.rows(ANSWERS)
    page = await (await browser.get(f"/c/{token}/q/o1")).text()
    with house.full_disk():
        answer = await browser.post(
            f"/c/{token}", data={**forms_of(page)["answer"].fields, "text": WORDS}
        )
        page = await answer.text()
        assert answer.status == 503
        assert "We could not save this just now" in page
        assert WORDS in page
        assert not re.search(r"\b(is|are|was) saved\b", page)
        assert world.rows(ANSWERS) == before
        # It still shows pages.
        assert (await browser.get(f"/c/{token}/rights")).status == 200
    answer = await browser.post(
        f"/c/{token}", data={**forms_of(page)["answer"].fields, "text": WORDS}
    )
    assert answer.status == 200
    assert world.rows("SELECT value FROM answer WHERE question_key = 'o1'") == [(WORDS,)]

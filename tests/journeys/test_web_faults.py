"""What must be true in a browser when things go wrong, on the real service: B17, B38, B39."""

import asyncio
from datetime import timedelta

import pytest

from bot import rounds
from bot.ports import WebPlace
from tests.bot.conftest import CLOSES, World, world
from tests.bot.web.browser_forms import Form, forms_of, press
from tests.bot.web.conftest import Client, a_device, browser
from tests.journeys.telegram_house import ANSWERS

__all__ = ["browser", "world"]

FIVE = ("primary", "mainstream", "ehcp", "4", "3")
ONE = [(1, 1)]
RESPONSES = "SELECT count(*), count(finished_on) FROM response"


@pytest.fixture
def token(world: World) -> str:
    """A personal link."""
    [made] = world.invite()
    return made


async def page_of(browser: Client, token: str) -> str:
    return await (await browser.get(f"/c/{token}")).text()


async def answers_five(browser: Client, token: str) -> list[Form]:
    """Starts, and answers five questions; the form of each, and of the sixth."""
    page = await page_of(browser, token)
    page = await (await press(browser, forms_of(page)["start"])).text()
    seen = [forms_of(page)["answer"]]
    for code in FIVE:
        page = await (await press(browser, seen[-1], {"choice": code})).text()
        seen.append(forms_of(page)["answer"])
    return seen


async def skips_to(browser: Client, token: str, stop: str) -> str:
    """Skips on until a page has `stop` in it."""
    page = await page_of(browser, token)
    while stop not in page:
        page = await (await press(browser, forms_of(page)["answer"], {"instead": "skip"})).text()
    return page


async def test_b38_two_final_posts_are_one_response_and_a_later_change_is_refused(
    world: World, browser: Client, token: str
) -> None:
    seen = await answers_five(browser, token)
    page = await skips_to(browser, token, "Send my answers")
    last = forms_of(page)["submit"]
    both = await asyncio.gather(*(press(browser, last, follow=False) for _ in range(2)))
    assert [(each.status, each.headers["Location"]) for each in both] == [
        (303, f"/c/{token}/done")
    ] * 2
    assert world.rows(RESPONSES) == ONE
    before = world.rows(ANSWERS)
    refused = await press(browser, seen[4], {"choice": "4"})
    assert refused.status == 409
    assert "You have already sent your answers" in await refused.text()
    assert world.rows(ANSWERS) == before
    assert ("c2", "answered", "3") in before
    assert world.rows(RESPONSES) == ONE


async def test_b38_back_and_a_change_before_sending_is_one_row_with_the_new_answer(
    world: World, browser: Client, token: str
) -> None:
    seen = await answers_five(browser, token)
    answer = await press(browser, seen[4], {"choice": "4"}, follow=False)
    assert answer.status == 303
    assert [row for row in world.rows(ANSWERS) if row[0] == "c2"] == [("c2", "answered", "4")]
    assert world.rows("SELECT count(*) FROM response") == [(1,)]


async def test_b38_an_open_links_form_posted_twice_at_once_is_one_place(
    world: World, browser: Client
) -> None:
    page = await (await browser.get(f"/o/{world.code}")).text()
    form = forms_of(page)[""]
    both = await asyncio.gather(*(press(browser, form, follow=False) for _ in range(2)))
    assert len({each.headers["Location"] for each in both}) == 1
    assert world.rows("SELECT count(*) FROM invitation") == [(1,)]


async def test_b39_answers_are_on_the_disk_long_before_the_end_and_words_outlive_a_pause(
    world: World, browser: Client, token: str
) -> None:
    sixth = (await answers_five(browser, token))[-1]
    stored = {key: value for key, _, value in world.rows(ANSWERS)}
    assert tuple(stored[key] for key in ("phase", "setting", "provision", "c1", "c2")) == FIVE
    world.clock.forward(days=9)
    browser.session.cookie_jar.clear()
    await press(browser, sixth, {"choice": "2"})
    page = await skips_to(browser, token, "Question 19 of 20")
    world.clock.forward(hours=8)
    words = "They do not ring back, and I wait. " * 9
    await press(browser, forms_of(page)["answer"], {"text": words})
    assert ("c3", "answered", "2") in world.rows(ANSWERS)
    assert ("o1", "answered", words) in world.rows(ANSWERS)
    assert world.rows("SELECT count(*) FROM response") == [(1,)]


async def test_b39_another_device_goes_on_at_the_right_question_in_the_same_response(
    world: World, browser: Client, token: str
) -> None:
    await answers_five(browser, token)
    async with a_device(world) as other:
        page = await page_of(other, token)
        assert "Question 6 of 20" in page
        await press(other, forms_of(page)["answer"], {"choice": "5"})
    assert "Question 7 of 20" in await page_of(browser, token)
    assert ("c3", "answered", "5") in world.rows(ANSWERS)
    assert world.rows("SELECT count(*) FROM response") == [(1,)]


async def test_b17_a_post_after_closing_stores_nothing_and_tells_the_local_time(
    world: World, browser: Client, token: str
) -> None:
    await answers_five(browser, token)
    page = await skips_to(browser, token, "Question 19 of 20")
    world.clock.now = CLOSES - timedelta(minutes=1)
    await page_of(browser, token)
    before = world.rows(ANSWERS), rounds.counts(world.reader, world.round)
    world.clock.now = CLOSES + timedelta(minutes=2)
    late = await press(browser, forms_of(page)["answer"], {"text": "Nobody <ever> rang"})
    told = await late.text()
    assert late.status == 409
    assert "It closed on 28 March 2027 at 11:59pm" in told
    assert "Nobody &lt;ever&gt; rang" in told
    assert (world.rows(ANSWERS), rounds.counts(world.reader, world.round)) == before


async def test_finishing_ends_the_answering_and_the_link_still_opens_the_rights(
    world: World, browser: Client, token: str
) -> None:
    await answers_five(browser, token)
    page = await skips_to(browser, token, "Send my answers")
    await press(browser, forms_of(page)["submit"])
    assert (await browser.get(f"/c/{token}/q/c1")).url.path == f"/c/{token}/done"
    rights = await browser.get(f"/c/{token}/rights")
    assert rights.status == 200
    assert "Primary: Reception to Year 6" in await rights.text()
    page = await (await browser.get(f"/c/{token}/erase")).text()
    await press(browser, forms_of(page)["erase"])
    assert world.rows("SELECT * FROM answer") == []
    assert (await world.service.look(WebPlace(token))).round is None

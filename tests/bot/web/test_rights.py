"""Rights on the web: seen, kept as a file, and used, without scripts, on the real service."""

import pytest

from surveys.inputs import Chosen, Filled
from tests.bot.conftest import CLOSES, World
from tests.bot.web.browser_forms import forms_of, press
from tests.bot.web.conftest import Client

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
async def home(world: World) -> str:
    """The link of a parent who has said two things."""
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, Chosen("phase", "primary"))
    await world.says(place, Filled("o1", (HOSTILE,)))
    return f"/c/{token}"


async def read(browser: Client, address: str) -> str:
    answer = await browser.get(address)
    assert answer.status == 200
    return await answer.text()


async def test_a_parent_sees_everything_that_is_held(browser: Client, home: str) -> None:
    page = await read(browser, f"{home}/rights")
    assert "Primary: Reception to Year 6" in page
    assert HOSTILE not in page
    assert "&lt;img" in page
    assert "is cut when the survey closes" in page
    assert f'href="{home}/my-data.txt"' in page


async def test_what_is_held_is_a_file_too(browser: Client, home: str) -> None:
    answer = await browser.get(f"{home}/my-data.txt")
    assert answer.content_type == "text/plain"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = await answer.text()
    assert HOSTILE in text
    assert "Which stage is your child at?\n    Primary: Reception to Year 6" in text


async def test_every_question_page_leads_to_the_rights(browser: Client, home: str) -> None:
    assert f"{home}/rights" in await read(browser, f"{home}/q/setting")


async def test_looking_at_the_question_of_erasing_erases_nothing(
    browser: Client, home: str, world: World
) -> None:
    for address in (f"{home}/erase", f"{home}/rights", f"{home}/my-data.txt"):
        await read(browser, address)
        await browser.head(address)
    assert world.rows("SELECT count(*) FROM answer") == [(2,)]


async def test_b36_erasing_asks_once_and_then_all_is_gone(
    browser: Client, home: str, world: World
) -> None:
    form = forms_of(await read(browser, f"{home}/erase"))["erase"]
    answer = await press(browser, form)
    assert answer.status == 200
    assert "Everything is erased" in await answer.text()
    for table in ("answer", "response", "invitation", "session", "link"):
        assert world.rows(f"SELECT * FROM {table}") == []
    assert (await browser.get(home)).status == 404


async def test_stopping_says_so_and_keeps_the_answers(
    browser: Client, home: str, world: World
) -> None:
    form = forms_of(await read(browser, f"{home}/rights"))["stop"]
    page = await (await press(browser, form)).text()
    assert "You will get no more messages from us" in page
    assert world.rows("SELECT stopped_at IS NOT NULL FROM invitation") == [(1,)]
    assert world.rows("SELECT count(*) FROM answer") == [(2,)]


async def test_rights_stand_after_the_round_has_closed(
    browser: Client, home: str, world: World
) -> None:
    world.clock.now = CLOSES
    assert "Primary" in await read(browser, f"{home}/rights")
    form = forms_of(await read(browser, f"{home}/erase"))["erase"]
    assert "Everything is erased" in await (await press(browser, form)).text()
    assert world.rows("SELECT * FROM answer") == []


@pytest.mark.parametrize("page", ["rights", "erase", "my-data.txt"])
async def test_an_unknown_link_has_no_rights_page(browser: Client, page: str) -> None:
    assert (await browser.get(f"/c/nosuch/{page}")).status == 404

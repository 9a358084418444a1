"""On the web too, what a parent types is heard, whatever button is pressed and whenever."""

from functools import partial

import pytest

from bot import closing
from surveys.inputs import Skipped, Submitted
from tests.bot.conftest import World
from tests.bot.web.browser_forms import Form, forms_of, press
from tests.bot.web.conftest import Client

RISK = "He says he wants to kill himself."
NUMBER = 'href="tel:01234567890" dir="ltr">01234\N{NO-BREAK SPACE}567890</a>.'
THANKS = "Thank you for telling us."
NOW = (
    'If anyone is in danger now, call <a class="govuk-link sv-call" href="tel:999" dir="ltr">'
    "999</a>."
)
ASIDES = "SELECT words FROM aside"


@pytest.fixture
async def token(world: World) -> str:
    """The link of a parent who is at the first open question."""
    [token] = world.invite()
    place = await world.begins(token)
    session = (await world.service.look(place)).session
    while session and session.current != "o1":
        session = (await world.says(place, Skipped(session.current or ""))).session
    return token


async def forms(browser: Client, token: str) -> dict[str, Form]:
    return forms_of(await (await browser.get(f"/c/{token}/q/o1")).text())


@pytest.mark.parametrize("instead", ["skip", "back"])
async def test_words_that_a_button_would_throw_away_are_heard(
    browser: Client, world: World, token: str, instead: str
) -> None:
    form = (await forms(browser, token))["answer"]
    for _ in range(2):
        response = await press(browser, form, {"text": RISK, "instead": instead})
        page = await response.text()
        assert response.status == 422
        assert NUMBER in page
        assert THANKS in page
        assert RISK in page, "the words are given back"
    assert world.rows(ASIDES) == [(RISK,)]
    quiet = await press(browser, form, {"text": "More time", "instead": instead})
    assert THANKS not in await quiet.text()
    assert world.rows(ASIDES) == [(RISK,)]


async def test_a_comment_refused_for_its_length_is_heard_and_given_back(
    browser: Client, world: World, token: str
) -> None:
    long = f"{RISK} " + "a" * 4_000
    form = (await forms(browser, token))["answer"]
    page = await (await press(browser, form, {"text": long})).text()
    assert THANKS in page
    assert long in page
    assert world.rows(ASIDES) == [(long,)]


@pytest.mark.parametrize("button", [{}, {"instead": "skip"}])
async def test_words_that_come_after_the_round_closed_are_heard(
    browser: Client, world: World, token: str, button: dict[str, str]
) -> None:
    form = (await forms(browser, token))["answer"]
    world.writer.one(partial(closing.stop_answers, round_id=world.round.id, actor="test"))
    for _ in range(2):
        response = await press(browser, form, {"text": RISK, **button})
        page = await response.text()
        assert response.status == 409
        assert NOW in page
        assert "Our team will read what you wrote" in page
    assert world.rows(ASIDES) == [(RISK,)]


async def test_words_that_come_after_sending_are_heard(
    browser: Client, world: World, token: str
) -> None:
    form = (await forms(browser, token))["answer"]
    place = await world.begins(token)
    for said in (Skipped("o1"), Skipped("o2"), Submitted()):
        await world.says(place, said)
    page = await (await press(browser, form, {"text": RISK})).text()
    assert "You have already sent your answers" in page
    assert NOW in page
    assert world.rows(ASIDES) == [(RISK,)]


async def test_a_link_that_opens_nothing_helps_and_promises_nothing(
    browser: Client, world: World, token: str
) -> None:
    form = (await forms(browser, token))["answer"]
    fields = {**form.fields, "text": RISK}
    response = await browser.post("/c/nosuch", data=fields)
    page = await response.text()
    assert response.status == 404
    assert NUMBER in page
    assert "nobody can read your message later" in page
    assert world.rows(ASIDES) == []
    assert world.rows("SELECT helped FROM stranger") == [(1,)]


async def test_what_is_held_shows_the_words(browser: Client, world: World, token: str) -> None:
    form = (await forms(browser, token))["answer"]
    await press(browser, form, {"text": f"<b>{RISK}</b>", "instead": "skip"})
    page = await (await browser.get(f"/c/{token}/rights")).text()
    assert f"&lt;b&gt;{RISK}&lt;/b&gt;" in page
    file = await (await browser.get(f"/c/{token}/my-data.txt")).text()
    assert f"<b>{RISK}</b>" in file

"""Whoever comes by a code or an open link chooses the language before there is a conversation."""

import re
from dataclasses import replace

import pytest

from bot import languages
from bot.ports import NotStored
from bot.words import SHIPPED, Words
from surveys.catalogue import shipped
from tests.bot.web.browser_forms import forms_of, press
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations, a_round

FORM = shipped()[0]
OPEN = "/o/spring27"
POLISH = {"Accept-Language": "pl"}
LINK = re.compile(r'<a [^>]*href="([^"]+)"[^>]*hreflang="([^"]+)" dir="([^"]+)">')


@pytest.fixture
def conversations() -> MemoryConversations:
    """The parental questionnaire, in a round of invented families."""
    return MemoryConversations(FORM, a_round(FORM))


@pytest.fixture
def all_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every language has been checked by a speaker."""
    monkeypatch.setattr(languages, "signed_off", lambda _: "checked")


def links(page: str) -> dict[str, str]:
    """The addresses of the languages that can be chosen, by code."""
    found = LINK.findall(page)
    assert all(direction == Words(code).direction for _, code, direction in found)
    return {code: address.replace("&amp;", "&") for address, code, _ in found}


async def read(client: Client, address: str, **headers: str) -> str:
    return await (await client.get(address, headers=headers)).text()


@pytest.mark.parametrize("code", SHIPPED)
async def test_the_language_of_the_open_link_goes_on_into_the_conversation(
    client: Client, conversations: MemoryConversations, code: str
) -> None:
    page = await read(client, OPEN)
    page = await read(client, links(page).get(code, OPEN))
    words = Words(code)
    assert f'<html lang="{code}" dir="{words.direction}"' in page
    assert words.say("web.open.get") in page
    response = await press(client, forms_of(page)[""])
    page = await response.text()
    assert response.url.path == "/c/open-1"
    assert f'<html lang="{code}" dir="{words.direction}"' in page
    assert words.say("button.start") in page


async def test_looking_in_every_language_changes_nothing(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read(client, OPEN)
    assert set(links(page)) == set(SHIPPED) - {"en"}
    for address in links(page).values():
        await client.get(address)
        await client.head(address)
    assert (conversations.begun, conversations.turns, conversations.sessions) == ({}, [], {})


async def test_the_browsers_language_goes_on_too_and_english_can_be_chosen_against_it(
    client: Client,
) -> None:
    page = await read(client, OPEN, **POLISH)
    assert Words("pl").say("button.start") in await (await press(client, forms_of(page)[""])).text()
    page = await read(client, links(page)["en"], **POLISH)
    form = forms_of(page)[""]
    response = await client.post(form.address, data=form.fields, headers=POLISH)
    assert '<html lang="en"' in await response.text()


async def test_the_same_form_again_takes_no_later_choice_back(
    client: Client, conversations: MemoryConversations
) -> None:
    form = forms_of(await read(client, f"{OPEN}?language=pl"))[""]
    page = await (await press(client, form)).text()
    await press(client, forms_of(page)["language"], {"language": "ar"})
    page = await (await press(client, form)).text()
    assert '<html lang="ar"' in page
    assert len(conversations.begun) == 1


async def test_a_real_round_offers_and_takes_no_unchecked_language(
    client: Client, conversations: MemoryConversations
) -> None:
    conversations.round = replace(conversations.round, demonstration=False)
    page = await read(client, f"{OPEN}?language=ar")
    assert '<html lang="en"' in page
    assert links(page) == {}
    assert forms_of(page)[""].address == f"{OPEN}?language=en"


async def test_refusals_of_the_open_link_are_in_the_language_chosen(
    client: Client, conversations: MemoryConversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = forms_of(await read(client, f"{OPEN}?language=pl"))[""]

    async def full(*_: object) -> None:
        raise NotStored

    with monkeypatch.context() as patched:
        patched.setattr(conversations, "take", full)
        response = await press(client, form)
        page = await response.text()
        assert response.status == 503
        assert Words("pl").say("web.no_room.title") in page
        assert f'href="{OPEN}?language=pl"' in page
    conversations.now = conversations.round.closes_at
    assert Words("pl").say("web.closed.title") in await (await press(client, form)).text()


@pytest.mark.usefixtures("all_checked")
async def test_the_start_page_offers_what_is_checked_and_takes_it_to_the_round(
    client: Client,
) -> None:
    page = await read(client, "/")
    assert set(links(page)) == set(SHIPPED) - {"en"}
    page = await read(client, links(page)["ar"])
    assert '<html lang="ar" dir="rtl"' in page
    assert Words("ar").say("home.code") in page
    form = forms_of(page)[""]
    response = await press(client, form, {"code": "spring27"})
    assert str(response.url.relative()) == f"{OPEN}?language=ar"
    assert '<html lang="ar"' in await response.text()
    wrong = await press(client, form, {"code": "!"})
    assert Words("ar").say("home.code.wrong") in await wrong.text()


async def test_nothing_unchecked_is_offered_on_the_start_page_but_to_who_rehearses(
    client: Client,
) -> None:
    assert links(await read(client, "/")) == {}
    page = await read(client, OPEN)
    assert 'href="/?rehearsed=yes"' in page
    page = await read(client, "/?rehearsed=yes")
    assert set(links(page)) == set(SHIPPED) - {"en"}
    page = await read(client, links(page)["pl"])
    assert Words("pl").say("notice.unchecked") in page
    response = await press(client, forms_of(page)[""], {"code": "spring27"})
    assert '<html lang="pl"' in await response.text()


async def test_a_choice_that_is_no_language_is_no_choice(client: Client) -> None:
    for address in ("/?language=zz", f"{OPEN}?language=zz", f"{OPEN}?language=%00"):
        response = await client.get(address)
        assert response.status == 200
        assert '<html lang="en"' in await response.text()

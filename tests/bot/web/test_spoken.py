"""Pages before any conversation speak the browser's language, if it may be spoken."""

import pytest
from aiohttp.test_utils import make_mocked_request

from bot import languages
from bot.pages.spoken import wanted
from bot.words import SHIPPED, Words
from surveys.catalogue import shipped
from tests.bot.web.conftest import Client
from tests.bot.web.fakes import MemoryConversations, a_round

FORM = shipped()[0]
POLISH = {"Accept-Language": "pl-PL,pl;q=0.9,en;q=0.8"}
ARABIC = {"Accept-Language": "ar"}


@pytest.fixture
def conversations() -> MemoryConversations:
    """The parental questionnaire, in a round of invented families."""
    return MemoryConversations(FORM, a_round(FORM))


@pytest.fixture
def all_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every language has been checked by a speaker."""
    monkeypatch.setattr(languages, "signed_off", lambda _: "checked")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", None),
        ("pl", "pl"),
        ("PL-pl", "pl"),
        ("en-GB,pl;q=0.5", "en"),
        ("pl;q=0.3, ar;q=0.8, en;q=0.1", "ar"),
        ("cy, ar;q=0", None),
        ("cy, pl;q=x, ar-SY", "ar"),
        ("en-x-easyread", "en-x-easyread"),
        ("*", None),
        (",".join(["xx"] * 5000) + ",pl", None),
        ("pl;q=nan", None),
    ],
)
def test_the_dearest_language_on_offer_is_taken(header: str, code: str | None) -> None:
    request = make_mocked_request("GET", "/", headers={"Accept-Language": header})
    assert wanted(request, SHIPPED) == code


async def test_nobody_is_given_unchecked_words_for_the_asking(client: Client) -> None:
    for path in ("/", "/nowhere", "/c/nosuch"):
        page = await (await client.get(path, headers=POLISH)).text()
        assert '<html lang="en"' in page


@pytest.mark.usefixtures("all_checked")
async def test_start_page_and_errors_are_in_the_browsers_language(client: Client) -> None:
    say = Words("ar").say
    for path, key in [
        ("/", "home.link_or_code"),
        ("/nowhere", "failed.not_found"),
        ("/c/nosuch", "web.unknown.title"),
        ("/o/nosuch", "web.unknown.title"),
    ]:
        page = await (await client.get(path, headers=ARABIC)).text()
        assert '<html lang="ar" dir="rtl"' in page
        assert say(key) in page
    wrong = await client.post("/", data={"code": "!"}, headers=ARABIC)
    assert say("home.code.wrong") in await wrong.text()
    assert say("page.error_prefix") in await wrong.text()


async def test_an_error_in_a_conversation_is_in_its_language(
    client: Client, conversations: MemoryConversations
) -> None:
    conversations.language = "pl"
    await client.post("/c/tok-1", data={"action": "start", "nonce": "n" * 20})
    response = await client.post("/c/tok-1", data={"action": "dance"}, headers=ARABIC)
    assert response.status == 400
    assert Words("pl").say("failed.unreadable") in await response.text()


async def test_where_the_conversation_cannot_be_read_the_error_page_still_comes(
    client: Client, conversations: MemoryConversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: object) -> None:
        raise OSError

    monkeypatch.setattr(conversations, "look", broken)
    response = await client.get("/c/tok-1")
    assert response.status == 500
    assert Words("en").say("failed.fault") in await response.text()


async def test_a_round_not_open_yet_says_so_in_a_language_on_offer(
    client: Client, conversations: MemoryConversations
) -> None:
    conversations.now = conversations.round.opens_at.replace(month=2)
    for path in ("/c/tok-1", f"/o/{conversations.open_code}"):
        page = await (await client.get(path, headers=POLISH)).text()
        assert Words("pl").say("web.early.title") in page


async def test_the_open_link_welcomes_in_a_language_on_offer(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await (await client.get(f"/o/{conversations.open_code}", headers=POLISH)).text()
    assert Words("pl").say("web.start.heading") in page
    assert FORM.titles["pl"] in page

"""The privacy notice on the web: one source, in every language, read first and never pushed."""

import re
from dataclasses import replace

import pytest

from bot.notice.notices import shipped
from bot.notice.text import Section
from bot.words import SHIPPED, Words
from tests.bot.conftest import World, second
from tests.bot.web.browser_forms import forms_of, press
from tests.bot.web.conftest import SETTINGS, Client, a_device
from tests.bot.web.fakes import MemoryConversations, a_round

STATEMENTS = ("/privacy", "/accessibility")
CHANGED = "Our privacy notice has changed: Version 2, 2 March 2027."


async def read(client: Client, address: str) -> str:
    answer = await client.get(address)
    assert answer.status == 200
    return await answer.text()


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("path", STATEMENTS)
async def test_both_statements_are_in_every_language(client: Client, path: str, code: str) -> None:
    page, words = await read(client, f"{path}?language={code}"), Words(code)
    assert f'<html lang="{code}" dir="{words.direction}"' in page
    assert f">{words.say(f'page.{path[1:]}')}</h1>" in page
    assert "Anyshire Council" in page
    assert (words.say("notice.unchecked") in page) == (code != "en")


@pytest.mark.parametrize("code", SHIPPED)
async def test_the_privacy_page_has_the_whole_notice_with_its_edition(
    client: Client, code: str
) -> None:
    page, words = await read(client, f"/privacy?language={code}"), Words(code)
    assert shipped().edition.in_words(words) in page
    for block in shipped().by_language[code].sections[Section.FULL]:
        line = block.lines[-1].partition("{")[0].partition("'")[0].partition('"')[0]
        assert line in page


@pytest.mark.parametrize("asked", ["", "cy", "<script>", "en-x-easyreadx"])
async def test_a_language_we_do_not_have_is_english(client: Client, asked: str) -> None:
    page = await (await client.get("/privacy", params={"language": asked})).text()
    assert '<html lang="en" dir="ltr"' in page
    assert "<script>" not in page


@pytest.mark.parametrize("path", STATEMENTS)
async def test_nothing_leads_a_family_to_words_that_nobody_checked(
    client: Client, path: str
) -> None:
    assert "language=" not in await read(client, path)


@pytest.mark.parametrize("path", STATEMENTS)
async def test_who_rehearses_chooses_among_all_languages_by_a_link(
    client: Client, path: str
) -> None:
    page = await read(client, f"{path}?rehearsed=yes")
    for code in SHIPPED[1:]:
        assert f'href="{path}?language={code}&amp;rehearsed=yes"' in page
    english = f'href="{path}?language=en&amp;rehearsed=yes"'
    assert english in await read(client, f"{path}?language=ar")


async def test_the_footer_leads_there_in_the_parents_language(
    client: Client, conversations: MemoryConversations
) -> None:
    assert 'href="/privacy?rehearsed=yes"' in await read(client, "/c/tok-1")
    conversations.round = a_round(demonstration=False)
    assert 'href="/privacy"' in await read(client, "/c/tok-1")
    page = await read(client, "/privacy?language=ar")
    for path in STATEMENTS:
        assert f'href="{path}?language=ar&amp;rehearsed=yes"' in page


async def test_the_notice_stands_before_the_first_question(
    client: Client, conversations: MemoryConversations
) -> None:
    page = await read(client, "/c/tok-1")
    assert "We do not ask for names." in page
    assert "nobody can find your answers" in page
    assert "I have read this – start" in page
    assert "(Version 2, 25 November 2026)" in page
    assert "consent" not in page
    assert forms_of(page)["start"].fields["notice"] == shipped().edition.code
    conversations.round = a_round(linked=True)
    page = await read(client, "/c/tok-1")
    assert "we keep the link between you and your answers" in page
    assert "nobody can find your answers" not in page


class Renewed:
    """A browser on the real service, which may start again with the second edition."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.settings = SETTINGS

    def renew(self) -> None:
        self.settings = replace(SETTINGS, notice=second())
        self.world.starts_again(notice=self.settings.notice)

    def client(self) -> Client:
        return a_device(self.world, self.settings)


@pytest.fixture
def renewed(world: World) -> Renewed:
    return Renewed(world)


async def test_a_page_left_open_is_taken_and_the_next_one_tells_once(renewed: Renewed) -> None:
    [token] = renewed.world.invite()
    async with renewed.client() as before:
        page = await (
            await press(before, forms_of(await read(before, f"/c/{token}"))["start"])
        ).text()
        assert "privacy notice has changed" not in page
    renewed.renew()
    async with renewed.client() as after:
        page = await (await press(after, forms_of(page)["answer"], {"choice": "primary"})).text()
        assert CHANGED in page
        assert "Question 2 of" in page
        page = await (await press(after, forms_of(page)["answer"], {"choice": "home"})).text()
        assert CHANGED not in page
        assert "Question 3 of" in page
        held = await read(after, f"/c/{token}/rights")
        assert "You read our privacy notice: Version 2, 25 November 2026." in held
        assert "Version 2, 25 November 2026" in await read(after, f"/c/{token}/my-data.txt")
    assert renewed.world.rows("SELECT count(*) FROM answer") == [(2,)]


async def test_who_has_finished_can_put_the_news_away(renewed: Renewed) -> None:
    [token] = renewed.world.invite()
    await renewed.world.begins(token)
    renewed.world.writer.one(
        lambda db, _: db.conn.execute(
            "UPDATE session SET body = json_set(body, '$.stage', 'finished', '$.current', null)"
        )
    )
    renewed.renew()
    async with renewed.client() as browser:
        page = await read(browser, f"/c/{token}/done")
        assert CHANGED in page
        assert CHANGED in await read(browser, f"/c/{token}/done")
        assert re.search("Hide this message", page)
        page = await (await press(browser, forms_of(page)["seen"])).text()
        assert CHANGED not in page


async def test_the_first_page_says_once_that_taking_part_is_a_choice(client: Client) -> None:
    assert (await read(client, "/c/tok-1")).count("You choose whether to take part") == 1


def test_the_code_of_a_link_is_told_in_plain_words() -> None:
    assert "stored so that" not in Words("en").say("held.code")

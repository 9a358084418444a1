"""Rights on the web: seen, kept as a file, and used, without scripts, on the real service."""

import pytest

from bot.ports import WebPlace
from bot.words import SHIPPED, Words
from surveys.commands import Command
from surveys.inputs import (
    Chosen,
    CommandGiven,
    Filled,
    LanguageChosen,
    NextChild,
    Skipped,
    Submitted,
)
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
    assert "Messages are stopped" in page
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


@pytest.mark.parametrize("code", SHIPPED)
def test_messages_name_the_button_as_the_pages_do(code: str) -> None:
    say = Words(code).say
    for key in ("letter.stop", "letter.invitation.short", "letter.reminder.short"):
        assert say("rights.messages.stop") in say(key)


async def test_the_first_page_stops_messages_and_starts_them_again(
    browser: Client, world: World
) -> None:
    [token] = world.invite()
    first = await read(browser, f"/c/{token}")
    assert "Stop messages" in first
    stopped = await (await press(browser, forms_of(first)["stop"])).text()
    assert "We will not write to you about this survey or any later one" in stopped
    assert world.rows("SELECT stopped_at IS NOT NULL FROM invitation") == [(1,)]
    for address in (f"/c/{token}", f"/c/{token}/rights"):
        page = await read(browser, address)
        assert "stop" not in forms_of(page)
        assert "Start messages again" in page
        assert world.rows("SELECT stopped_at IS NOT NULL FROM invitation") == [(1,)]
    again = await press(browser, forms_of(await read(browser, f"/c/{token}"))["messages"])
    assert "Messages are on again" in await again.text()
    assert world.rows("SELECT stopped_at FROM invitation") == [(None,)]


async def test_messages_start_again_also_after_the_round_has_closed(
    browser: Client, home: str, world: World
) -> None:
    await press(browser, forms_of(await read(browser, f"{home}/rights"))["stop"])
    world.clock.now = CLOSES
    await press(browser, forms_of(await read(browser, f"{home}/rights"))["messages"])
    assert world.rows("SELECT stopped_at FROM invitation") == [(None,)]


async def test_reading_in_another_language_starts_no_messages(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, CommandGiven(Command.STOP))
    await world.says(place, LanguageChosen("pl"))
    assert world.rows("SELECT stopped_at IS NOT NULL FROM invitation") == [(1,)]


async def test_who_has_begun_finds_stop_messages_where_the_link_leads(
    browser: Client, home: str
) -> None:
    assert f'href="{home}/rights#messages">Stop messages' in await read(browser, home)


async def test_who_never_began_can_stop_messages_after_the_round_has_closed(
    browser: Client, world: World
) -> None:
    [token] = world.invite()
    world.clock.now = CLOSES
    assert f'href="/c/{token}/rights#messages"' in await read(browser, f"/c/{token}")
    await press(browser, forms_of(await read(browser, f"/c/{token}/rights"))["stop"])
    assert world.rows("SELECT stopped_at IS NOT NULL FROM invitation") == [(1,)]


async def test_another_child_by_mistake_leads_back_to_the_thanks(
    browser: Client, home: str, world: World
) -> None:
    place = WebPlace(home.removeprefix("/c/"))
    while (session := (await world.service.look(place)).session) and session.current:
        await world.says(place, Skipped(session.current))
    assert "no_other" not in forms_of(await read(browser, f"{home}/q/o1"))
    await world.says(place, Submitted())
    done = await read(browser, f"{home}/done")
    asked = await (await press(browser, forms_of(done)["another"])).text()
    back = await press(browser, forms_of(asked)["no_other"])
    assert str(back.url).endswith("/done")
    assert world.rows("SELECT count(*) FROM response") == [(1,)]


PAGES = ("rights", "erase")


@pytest.fixture
async def in_two(world: World) -> str:
    """The link of a parent of two, in a round that offers every language it has."""
    world.writer.one(lambda db, _: db.conn.execute("UPDATE round SET demonstration = 1"))
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, Chosen("phase", "primary"))
    while (session := (await world.service.look(place)).session) and session.current:
        await world.says(place, Skipped(session.current))
    await world.says(place, Submitted())
    await world.says(place, NextChild())
    await world.says(place, LanguageChosen("pl"))
    await world.says(place, Chosen("phase", "secondary"))
    return f"/c/{token}"


@pytest.mark.parametrize("page", PAGES)
async def test_rights_are_read_in_each_language_and_reading_changes_nothing(
    browser: Client, in_two: str, world: World, page: str
) -> None:
    before = world.rows("SELECT * FROM session ORDER BY child_number")
    for code in ("en", "ar"):
        assert f"{in_two}/{page}?language={code}" in await read(browser, f"{in_two}/{page}")
        shown = await read(browser, f"{in_two}/{page}?language={code}")
        assert f'<html lang="{code}"' in shown
        other = PAGES[page == "rights"]
        assert f'href="{in_two}/{other}?language={code}"' in shown
    assert '<html lang="pl"' in await read(browser, f"{in_two}/{page}?language=xx")
    assert world.rows("SELECT * FROM session ORDER BY child_number") == before


async def test_each_childs_answers_are_shown_in_the_language_chosen_now(
    browser: Client, in_two: str
) -> None:
    assert "Which stage is your child at?" not in await read(browser, f"{in_two}/rights")
    page = await read(browser, f"{in_two}/rights?language=ar")
    assert "Which stage" not in page
    file = await read(browser, f"{in_two}/my-data.txt?language=en")
    assert file.count("Which stage is your child at?") == 2


async def test_what_is_done_in_a_language_is_told_in_it(browser: Client, in_two: str) -> None:
    form = forms_of(await read(browser, f"{in_two}/rights?language=ar"))["stop"]
    page = await (await press(browser, form)).text()
    assert Words("ar").say("rights.stopped") in page
    form = forms_of(await read(browser, f"{in_two}/erase?language=ar"))["erase"]
    assert Words("ar").say("erased.title") in await (await press(browser, form)).text()


async def test_the_thanks_have_the_choice_of_language(
    browser: Client, in_two: str, world: World
) -> None:
    await world.says(WebPlace(in_two.removeprefix("/c/")), Skipped("phase"))
    place = WebPlace(in_two.removeprefix("/c/"))
    while (session := (await world.service.look(place)).session) and session.current:
        await world.says(place, Skipped(session.current))
    await world.says(place, Submitted())
    form = forms_of(await read(browser, f"{in_two}/done"))["language"]
    page = await (await press(browser, form, {"language": "ar"})).text()
    assert Words("ar").say("web.done.title") in page

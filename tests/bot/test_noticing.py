"""Which notice a parent read is kept beside the invitation, and news of another is told once."""

from collections.abc import Callable
from functools import partial

import pytest

from bot import closing
from bot.notice.notices import shipped
from bot.ports import CodeGiven, Turn, Turned, WebPlace
from surveys.commands import Command
from surveys.events import NoticeChanged
from surveys.inputs import (
    Chosen,
    CommandGiven,
    Filled,
    NextChild,
    NoticeAcknowledged,
    Opened,
    Skipped,
    Submitted,
    Typed,
)
from tests.bot.conftest import TELEGRAM, World, second

FIRST = shipped().edition.code
SECOND = "2-2027-03-02"

Renew = Callable[[], None]


@pytest.fixture
def renew(world: World) -> Renew:
    """The service starts again with the second edition."""
    return partial(world.starts_again, notice=second())


def kept(world: World) -> list[tuple[str, ...]]:
    return world.rows("SELECT told, acknowledged FROM notice_read")


def news(turned: Turned) -> int:
    return turned.events.count(NoticeChanged())


async def in_telegram(world: World) -> str:
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    return token


async def posts(world: World, place: WebPlace, said: Chosen | Filled, notice: str = "") -> Turned:
    world.said += 1
    return await world.service.take(Turn(f"web:{world.said}", place, said, notice=notice))


async def test_what_was_acknowledged_is_kept_and_never_with_the_response(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    assert kept(world) == [(FIRST, FIRST)]
    assert (await world.service.look(place)).notice_read == FIRST
    columns = [row[1] for row in world.rows("PRAGMA table_info(response)")]
    assert not [name for name in columns if "notice" in name]


async def test_looking_acknowledges_nothing(world: World) -> None:
    [token] = world.invite()
    await world.says(WebPlace(token), Opened())
    assert kept(world) == []
    await in_telegram(world)
    assert [acknowledged for _, acknowledged in kept(world)] == [""]


async def test_the_edition_on_the_button_is_the_one_that_was_read(
    world: World, renew: Renew
) -> None:
    await in_telegram(world)
    renew()
    turned = await world.says(TELEGRAM, NoticeAcknowledged(FIRST))
    assert news(turned) == 1
    assert kept(world) == [(SECOND, FIRST)]


async def test_a_typed_start_acknowledges_what_was_shown(world: World, renew: Renew) -> None:
    await in_telegram(world)
    renew()
    await world.says(TELEGRAM, Typed("start"))
    assert kept(world) == [(SECOND, FIRST)]


async def test_an_invented_edition_on_a_form_is_not_believed(world: World) -> None:
    [token] = world.invite()
    await world.says(WebPlace(token), NoticeAcknowledged("<b>"))
    assert kept(world) == [(FIRST, FIRST)]


async def test_a_chat_is_told_once_and_loses_no_answer(world: World, renew: Renew) -> None:
    await in_telegram(world)
    await world.says(TELEGRAM, NoticeAcknowledged(FIRST))
    renew()
    turned = await world.says(TELEGRAM, Chosen("phase", "primary"))
    assert turned.events[0] == NoticeChanged()
    assert turned.session
    assert turned.session.current == "setting"
    assert world.rows("SELECT value FROM answer") == [("primary",)]
    assert news(await world.says(TELEGRAM, Chosen("setting", "special"))) == 0
    assert kept(world) == [(SECOND, FIRST)]


async def test_a_chat_that_asked_for_the_notice_is_not_told_again(
    world: World, renew: Renew
) -> None:
    await in_telegram(world)
    await world.says(TELEGRAM, NoticeAcknowledged(FIRST))
    renew()
    await world.says(TELEGRAM, Typed("/privacy"))
    assert news(await world.says(TELEGRAM, Chosen("phase", "primary"))) == 0


async def test_an_old_button_acknowledges_nothing_anew(world: World, renew: Renew) -> None:
    await in_telegram(world)
    await world.says(TELEGRAM, NoticeAcknowledged(FIRST))
    renew()
    await world.says(TELEGRAM, NoticeAcknowledged(SECOND))
    assert kept(world) == [(SECOND, FIRST)]


async def test_a_page_shows_the_news_until_a_form_says_that_it_did(
    world: World, renew: Renew
) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    renew()
    # Posted from a page that was open before the notice changed.
    turned = await posts(world, place, Chosen("phase", "primary"))
    assert (turned.notice_is_news, news(turned)) == (True, 0)
    assert (await world.service.look(place)).notice_is_news
    turned = await posts(world, place, Chosen("setting", "special"), notice=SECOND)
    assert not turned.notice_is_news
    assert not (await world.service.look(place)).notice_is_news
    assert kept(world) == [(SECOND, FIRST)]


async def test_whoever_began_before_editions_were_kept_is_told_once(world: World) -> None:
    await in_telegram(world)
    await world.says(TELEGRAM, NoticeAcknowledged())
    world.writer.one(lambda db, _: db.conn.execute("DELETE FROM notice_read"))
    assert news(await world.says(TELEGRAM, Chosen("phase", "primary"))) == 1
    assert news(await world.says(TELEGRAM, Chosen("setting", "special"))) == 0


async def test_another_child_needs_no_second_acknowledgement(world: World, renew: Renew) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    form = world.library.get(world.reader, world.round.questionnaire_hash)
    for question in form.questions:
        if question.is_answerable:
            code = question.choices[0].code if question.choices else ""
            await world.says(place, Chosen(question.key, code) if code else Skipped(question.key))
    await world.says(place, Submitted())
    renew()
    await world.says(place, NextChild())
    assert kept(world) == [(FIRST, FIRST)]
    assert (await world.service.look(place)).notice_is_news


async def test_erasing_takes_it_along(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, CommandGiven(Command.ERASE_FOR_GOOD))
    assert kept(world) == []


@pytest.mark.parametrize(("linked", "left"), [(0, 0), (1, 1)])
async def test_cutting_an_anonymous_round_takes_it_along(
    world: World, linked: int, left: int
) -> None:
    [token] = world.invite()
    await world.begins(token)
    world.writer.one(lambda db, _: db.conn.execute("UPDATE round SET linked = ?", (linked,)))
    world.writer.one(lambda db, now: closing.stop_answers(db, now, world.round.id, "test"))
    world.writer.one(
        lambda db, now: closing.keep(db, now, world.round.id, {"hash": "abc", "tables": []})
    )
    assert len(kept(world)) == left

"""A parent may see what is held, stop messages, and be forgotten, at any moment."""

from pathlib import Path

import pytest

from bot.ports import CodeGiven, TurnStatus, WebPlace
from storage import database
from surveys.commands import Command
from surveys.events import CommandTaken
from surveys.inputs import Chosen, CommandGiven, Filled, NoticeAcknowledged, Opened, Typed
from tests.bot.conftest import CLOSES, TELEGRAM, World

WORD = "xylophonic"
ERASE = CommandGiven(Command.ERASE_FOR_GOOD)


async def somebody(world: World) -> str:
    """A parent in Telegram who has answered two questions and written a rare word."""
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await world.says(TELEGRAM, Chosen("phase", "primary"))
    await world.says(WebPlace(token), Filled("o1", (WORD,)))
    return token


@pytest.mark.parametrize("text", ["/help", "help", " Help. ", "/mydata", "my data", "/privacy"])
async def test_a_command_moves_nothing(world: World, text: str) -> None:
    await somebody(world)
    before = world.rows("SELECT * FROM answer ORDER BY 2")
    turned = await world.says(TELEGRAM, Typed(text))
    assert isinstance(turned.events[-1], CommandTaken)
    assert turned.session
    assert turned.session.current == "setting"
    assert world.rows("SELECT * FROM answer ORDER BY 2") == before


async def test_a_command_within_a_sentence_is_no_command(world: World) -> None:
    token = await somebody(world)
    turned = await world.says(WebPlace(token), Filled("o2", ("please stop the bullying",)))
    assert not [event for event in turned.events if isinstance(event, CommandTaken)]
    assert ("please stop the bullying",) in world.rows("SELECT value FROM answer")


async def test_asking_to_erase_erases_nothing_yet(world: World) -> None:
    await somebody(world)
    await world.says(TELEGRAM, Typed("/erase"))
    assert world.rows("SELECT count(*) FROM answer") == [(2,)]


async def test_b36_erasing_leaves_no_trace_and_touches_nobody_else(
    world: World, database_path: Path
) -> None:
    other = await world.begins(world.invite()[0])
    await world.says(other, Chosen("phase", "secondary"))
    await somebody(world)
    turned = await world.says(TELEGRAM, Typed("Erase everything"))
    assert turned.status is TurnStatus.ERASED
    assert world.rows("SELECT value FROM answer") == [("secondary",)]
    for table, left in (("invitation", 1), ("session", 1), ("link", 1), ("response", 1)):
        assert world.rows(f"SELECT count(*) FROM {table}") == [(left,)], table
    assert world.rows("SELECT * FROM chat") == []
    assert world.rows("SELECT message_key, invitation_id FROM outbox") == [("erased", None)]
    await world.intake.stop()
    world.reader.conn.close()
    everything = b"".join(path.read_bytes() for path in database_path.parent.glob("sendvoice.db*"))
    assert WORD.encode() not in everything
    log = database.open_reader(database_path)
    line = log.conn.execute("SELECT * FROM audit ORDER BY id DESC").fetchone()
    log.conn.close()
    assert (line["action"], line["subject"]) == ("answers erased", "Spring")


async def test_an_erased_link_opens_nothing(world: World) -> None:
    token = await somebody(world)
    await world.says(WebPlace(token), ERASE)
    assert (await world.service.look(WebPlace(token))).status is TurnStatus.UNKNOWN
    assert (await world.says(TELEGRAM, Opened())).status is TurnStatus.UNKNOWN


async def test_stop_ends_messages_until_the_parent_starts_again(world: World) -> None:
    await somebody(world)
    await world.says(TELEGRAM, Typed("stop"))
    waiting = world.rows("SELECT status, message_key FROM outbox ORDER BY id")
    assert waiting[-1] == ("queued", "turn")
    assert {status for status, _ in waiting[:-1]} == {"failed"}
    turned = await world.says(TELEGRAM, Chosen("setting", "special"))
    assert turned.status is TurnStatus.STOPPED
    assert (await world.says(TELEGRAM, Opened())).status is TurnStatus.OK
    assert (await world.says(TELEGRAM, Chosen("setting", "special"))).status is TurnStatus.OK


async def test_rights_outlive_the_closing_time(world: World) -> None:
    token = await somebody(world)
    world.clock.now = CLOSES
    assert (await world.says(WebPlace(token), Chosen("setting", "home"))).status is (
        TurnStatus.CLOSED
    )
    assert (await world.says(TELEGRAM, Typed("my data"))).status is TurnStatus.OK
    erased = await world.says(WebPlace(token), ERASE)
    assert erased.status is TurnStatus.ERASED
    assert erased.session is not None
    assert not erased.session.answers
    assert world.rows("SELECT * FROM answer") == []

"""One response a child: the next one begins after the last is sent, and disturbs nothing."""

from bot.ports import CodeGiven, Place, TurnStatus, WebPlace
from surveys.commands import Command
from surveys.events import AlreadyFinished, ChildChanged
from surveys.inputs import (
    Chosen,
    CommandGiven,
    NextChild,
    NoOtherChild,
    NoticeAcknowledged,
    Opened,
    Skipped,
    Submitted,
)
from surveys.session import Stage
from tests.bot.conftest import TELEGRAM, World


async def finishes(world: World, place: Place, phase: str) -> None:
    await world.says(place, Chosen("phase", phase))
    while (session := (await world.service.look(place)).session) and session.current:
        await world.says(place, Skipped(session.current))
    await world.says(place, Submitted())


async def test_a_second_child_is_a_second_response(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await finishes(world, place, "primary")
    turned = await world.says(place, NextChild())
    assert turned.events[0] == ChildChanged(2)
    assert turned.child_number == 2
    assert turned.session
    assert turned.session.stage is Stage.ASKING
    await finishes(world, place, "secondary")
    assert world.rows("SELECT count(*), count(finished_on) FROM response") == [(2, 2)]
    assert world.rows("SELECT value FROM answer WHERE question_key = 'phase' ORDER BY 1") == [
        ("primary",),
        ("secondary",),
    ]
    assert [len(session.answers) for session in await world.service.held(place)] == [20, 20]


async def test_there_is_no_next_child_in_mid_survey(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    turned = await world.says(place, NextChild())
    assert turned.child_number == 1
    assert world.rows("SELECT child_number FROM invitation") == [(1,)]


async def test_a_family_has_nine_children_at_most(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    for _ in range(12):
        await finishes(world, place, "primary")
        await world.says(place, NextChild())
    assert world.rows("SELECT count(*) FROM response") == [(9,)]


async def test_erasing_takes_every_child(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await finishes(world, place, "primary")
    await world.says(place, NextChild())
    await world.says(place, Chosen("phase", "secondary"))
    turned = await world.says(WebPlace(token), CommandGiven(Command.ERASE_FOR_GOOD))
    assert turned.status is TurnStatus.ERASED
    assert world.rows("SELECT * FROM response") == []
    assert await world.service.held(place) == ()


async def test_a_second_code_on_one_account_disturbs_nothing(world: World) -> None:
    first, second = world.invite(2)
    await world.says(TELEGRAM, CodeGiven(first))
    await world.says(WebPlace(first), Opened())
    for token, phase in ((first, "primary"), (second, "secondary")):
        await world.says(TELEGRAM, CodeGiven(token))
        await world.begins(token)
        await world.says(TELEGRAM, Chosen("phase", phase))
    await world.says(TELEGRAM, CodeGiven(first))
    turned = await world.says(TELEGRAM, Chosen("setting", "special"))
    assert turned.status is TurnStatus.OK
    values = world.rows("SELECT group_concat(value) FROM answer GROUP BY response_id ORDER BY 1")
    assert values == [("primary,special",), ("secondary",)]


TABLES = ("invitation", "session", "response", "link", "answer")


def everything(world: World) -> list[object]:
    return [world.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES]


async def test_another_child_by_mistake_is_taken_back_and_leaves_nothing(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await finishes(world, place, "primary")
    before = everything(world)
    await world.says(place, NextChild())
    turned = await world.says(place, NoOtherChild())
    assert turned.child_number == 1
    assert turned.events == (AlreadyFinished(),)
    assert turned.session
    assert turned.session.stage is Stage.FINISHED
    assert everything(world) == before


async def test_a_child_of_whom_something_was_said_stays(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await finishes(world, place, "primary")
    await world.says(place, NextChild())
    await world.says(place, Chosen("phase", "secondary"))
    before = everything(world)[2:]
    turned = await world.says(place, NoOtherChild())
    assert turned.child_number == 2
    assert everything(world)[2:] == before


async def test_the_only_child_is_never_taken_back(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    turned = await world.says(place, NoOtherChild())
    assert turned.child_number == 1
    assert world.rows("SELECT count(*) FROM response") == [(1,)]


async def test_a_third_child_taken_back_twice_goes_back_once(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    for phase in ("primary", "secondary"):
        await finishes(world, place, phase)
        await world.says(place, NextChild())
    for _ in range(2):
        turned = await world.says(place, NoOtherChild())
    assert turned.child_number == 2
    assert world.rows("SELECT count(*), count(finished_on) FROM response") == [(2, 2)]


async def test_another_child_by_mistake_is_taken_back_in_a_chat(world: World) -> None:
    await world.says(TELEGRAM, CodeGiven(world.invite()[0]))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await finishes(world, TELEGRAM, "primary")
    await world.says(TELEGRAM, NextChild())
    turned = await world.says(TELEGRAM, NoOtherChild())
    assert turned.events == (AlreadyFinished(),)
    assert world.rows("SELECT count(*) FROM response") == [(1,)]

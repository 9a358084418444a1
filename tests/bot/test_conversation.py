"""A turn is stored once, against the right question, or not at all."""

import asyncio
import json
from functools import partial

import pytest

from bot import rounds
from bot.ports import ChatPlace, CodeGiven, TurnStatus, WebPlace
from surveys.events import QuestionAsked
from surveys.inputs import Chosen, NoticeAcknowledged, Opened, Skipped, Submitted, Typed
from surveys.session import Stage
from tests.bot.conftest import CLOSES, OPENS, TELEGRAM, World, answer_all

ANSWERS = "SELECT question_key, state, value FROM answer ORDER BY question_key"


async def test_looking_and_opening_store_no_response(world: World) -> None:
    [token] = world.invite()
    assert (await world.service.look(WebPlace(token))).session is None
    turned = await world.says(WebPlace(token), Opened())
    assert turned.session
    assert turned.session.stage is Stage.WELCOME
    assert world.rows("SELECT * FROM response") == []


async def test_an_answer_is_one_row_and_its_state(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await answer_all(world, place, {"phase": "primary", "setting": "mainstream"})
    await world.says(place, Skipped("provision"))
    await answer_all(world, place, {"c1": "dk", "c2": "na", "c3": "4"})
    assert world.rows(ANSWERS) == [
        ("c1", "dont_know", None),
        ("c2", "does_not_apply", None),
        ("c3", "answered", "4"),
        ("phase", "answered", "primary"),
        ("provision", "skipped", None),
        ("setting", "answered", "mainstream"),
    ]


async def test_b01_a_redelivered_update_changes_nothing(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    first = await world.says(place, Chosen("phase", "primary"), key="telegram:1:9001")
    again = await world.says(place, Chosen("phase", "secondary"), key="telegram:1:9001")
    assert first.status is TurnStatus.OK
    assert again.status is TurnStatus.DUPLICATE
    assert again.session == first.session
    assert world.rows(ANSWERS) == [("phase", "answered", "primary")]


async def test_b02_a_double_tap_is_one_row_and_one_next_question(world: World) -> None:
    await world.says(TELEGRAM, CodeGiven(world.code))
    await world.says(TELEGRAM, NoticeAcknowledged())
    before = world.rows("SELECT count(*) FROM outbox")
    await asyncio.gather(
        world.says(TELEGRAM, Chosen("phase", "primary")),
        world.says(TELEGRAM, Chosen("phase", "primary")),
    )
    assert world.rows(ANSWERS) == [("phase", "answered", "primary")]
    assert world.rows("SELECT count(*) FROM outbox") == [(before[0][0] + 1,)]


@pytest.mark.parametrize("given", [Opened(), CodeGiven("nosuchcode"), Typed("hello")])
async def test_b03_a_stranger_is_told_what_to_do_and_nobody_is_made(
    world: World, given: Opened | CodeGiven | Typed
) -> None:
    turned = await world.says(TELEGRAM, given)
    assert turned.status is TurnStatus.UNKNOWN
    expected = "unknown_code" if isinstance(given, CodeGiven) else "no_code"
    assert world.rows("SELECT message_key FROM outbox") == [(expected,)]
    for table in ("invitation", "chat", "session", "response", "answer"):
        assert world.rows(f"SELECT * FROM {table}") == []


async def test_b05_start_in_mid_survey_goes_on_where_the_parent_was(world: World) -> None:
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await answer_all(world, TELEGRAM, {"phase": "primary", "setting": "special"})
    for said in (CodeGiven(token), Opened()):
        turned = await world.says(TELEGRAM, said)
        assert turned.session
        assert turned.session.current == "provision"
        assert isinstance(turned.events[-1], QuestionAsked)
    assert len(world.rows(ANSWERS)) == 2
    assert world.rows("SELECT count(*) FROM response") == [(1,)]


async def test_b05_after_finishing_a_parent_is_told_and_no_new_run_begins(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    while (session := (await world.service.look(place)).session) and session.current:
        await world.says(place, Skipped(session.current))
    finished = await world.says(place, Submitted())
    again = await world.says(place, Opened())
    assert finished.session
    assert finished.session.stage is Stage.FINISHED
    assert [type(event).__name__ for event in again.events] == ["AlreadyFinished"]
    assert world.rows("SELECT count(*), count(finished_on) FROM response") == [(1, 1)]


async def test_what_the_route_passed_by_is_kept_as_not_asked(world: World) -> None:
    plan = rounds.Plan("Move", "transition_y6_y7", OPENS, CLOSES, moment="before")
    world.round = world.writer.one(partial(rounds.create, plan=plan, actor="test"))
    world.writer.one(partial(rounds.open_round, name="Move", actor="test"))
    place = await world.begins(world.invite()[0])
    while (session := (await world.service.look(place)).session) and session.current:
        await world.says(place, Skipped(session.current))
    await world.says(place, Submitted())
    states = dict(world.rows("SELECT question_key, state FROM answer"))
    assert states["b1"] == "skipped"
    assert states["b5"] == "not_asked"
    assert len(states) == 14


async def test_one_conversation_goes_on_across_channels(world: World) -> None:
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, Chosen("phase", "primary"))
    turned = await world.says(TELEGRAM, CodeGiven(token))
    assert turned.session
    assert turned.session.current == "setting"
    await world.says(TELEGRAM, Chosen("setting", "special"))
    seen = (await world.service.look(place)).session
    assert seen
    assert seen.current == "provision"


async def test_a_chat_id_is_nowhere_in_the_database_in_the_clear(
    world: World, database_path: object
) -> None:
    await world.says(ChatPlace("telegram", "7712345678"), CodeGiven(world.code))
    await world.says(ChatPlace("telegram", "7712345678"), NoticeAcknowledged())
    dump = "\n".join(world.reader.conn.iterdump())
    assert "7712345678" not in dump
    assert world.rows("SELECT count(*) FROM chat") == [(1,)]


async def test_an_open_code_gives_one_place_a_chat_and_one_a_form(world: World) -> None:
    for _ in range(2):
        await world.says(TELEGRAM, CodeGiven(world.code))
    first = await world.service.begin_open(world.code, "web:nonce")
    again = await world.service.begin_open(world.code, "web:nonce")
    other = await world.service.begin_open(world.code, "web:other")
    assert first == again
    assert first != other
    assert world.rows("SELECT count(*) FROM invitation") == [(3,)]


async def test_no_open_place_is_given_before_or_after_the_round(world: World) -> None:
    world.clock.now = CLOSES
    assert await world.service.begin_open(world.code, "web:late") is None
    assert await world.service.begin_open("nosuch", "web:x") is None
    assert (await world.service.look_open(world.code)).status is TurnStatus.CLOSED
    assert (await world.service.look_open("nosuch")).status is TurnStatus.UNKNOWN
    await world.says(TELEGRAM, CodeGiven(world.code))
    assert world.rows("SELECT count(*) FROM invitation") == [(0,)]


async def test_after_the_closing_time_nothing_is_stored(world: World) -> None:
    [token] = world.invite()
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    world.clock.now = CLOSES
    turned = await world.says(TELEGRAM, Chosen("phase", "primary"))
    assert turned.status is TurnStatus.CLOSED
    assert world.rows(ANSWERS) == []
    assert world.rows("SELECT message_key FROM outbox ORDER BY id")[-1] == ("closed",)


async def test_before_the_opening_time_a_parent_is_told_to_wait(world: World) -> None:
    [token] = world.invite()
    world.clock.forward(days=-3)
    turned = await world.says(WebPlace(token), NoticeAcknowledged())
    assert turned.status is TurnStatus.NOT_OPEN_YET
    assert world.rows("SELECT * FROM session") == []


async def test_a_button_of_another_conversation_changes_nothing(world: World) -> None:
    await world.says(TELEGRAM, CodeGiven(world.code))
    await world.says(TELEGRAM, NoticeAcknowledged())
    turned = await world.says(TELEGRAM, Chosen("phase", "primary"), run="elsewhere")
    assert turned.status is TurnStatus.OLD_TAP
    assert world.rows(ANSWERS) == []


async def test_a_changed_answer_drops_what_is_no_longer_asked(world: World) -> None:
    """Not asked is a state of its own, in the database as in the conversation."""
    [token] = world.invite()
    place = await world.begins(token)
    await world.says(place, Chosen("phase", "primary"))
    await world.says(place, Chosen("phase", "secondary"))
    assert world.rows(ANSWERS) == [("phase", "answered", "secondary")]


async def test_what_is_pushed_is_queued_with_the_answer(world: World) -> None:
    await world.says(TELEGRAM, CodeGiven(world.code))
    await world.says(TELEGRAM, NoticeAcknowledged())
    keys = world.rows("SELECT message_key, arguments FROM outbox ORDER BY id")
    assert [key for key, _ in keys] == ["turn", "turn"]
    assert "web" not in world.rows("SELECT mode FROM response")[0]
    assert json.loads(keys[1][1])["events"][-1]["event"] == "QuestionAsked"


async def test_a_web_turn_pushes_nothing(world: World) -> None:
    [token] = world.invite()
    await world.begins(token)
    assert world.rows("SELECT * FROM outbox") == []


async def test_an_unknown_web_link_is_unknown(world: World) -> None:
    assert (await world.service.look(WebPlace("nosuch"))).status is TurnStatus.UNKNOWN
    assert (await world.says(WebPlace("nosuch"), Opened())).status is TurnStatus.UNKNOWN

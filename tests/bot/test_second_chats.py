"""FAULT B07: the same personal code from a second account is one participant, never silently."""

import json

import pytest

from bot import languages
from bot.ports import ChatPlace, CodeGiven, TurnStatus
from storage import erasing
from surveys.inputs import Chosen, LanguageChosen, NoticeAcknowledged, Opened
from tests.bot.conftest import TELEGRAM, World

NEW = ChatPlace("telegram", "9900")
KEYS = "SELECT message_key FROM outbox WHERE lookup = ? AND status <> 'failed' ORDER BY id"


def told(world: World, place: ChatPlace) -> list[str]:
    lookup = world.vault.lookup(place.channel, place.address)
    return [key for (key,) in world.rows(KEYS, lookup)]


async def answers_one(world: World, token: str) -> None:
    await world.says(TELEGRAM, CodeGiven(token))
    await world.says(TELEGRAM, NoticeAcknowledged())
    await world.says(TELEGRAM, Chosen("phase", "primary"))


async def test_the_first_time_the_new_chat_is_only_told(world: World) -> None:
    [token] = world.invite()
    await answers_one(world, token)
    before = world.rows("SELECT * FROM chat"), told(world, TELEGRAM)
    turned = await world.says(NEW, CodeGiven(token))
    assert (turned.status, turned.session, turned.round) == (TurnStatus.IN_USE, None, None)
    assert told(world, NEW) == ["in_use"]
    assert (world.rows("SELECT * FROM chat"), told(world, TELEGRAM)) == before
    assert (await world.service.look(NEW)).status is TurnStatus.UNKNOWN
    await world.says(NEW, Chosen("ehcp", "yes"))
    assert world.rows("SELECT count(*) FROM answer") == [(1,)]


async def test_it_is_told_in_the_language_of_the_conversation(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "signed_off", lambda _: "checked")
    [token] = world.invite()
    await answers_one(world, token)
    await world.says(TELEGRAM, LanguageChosen("pl"))
    await world.says(NEW, CodeGiven(token))
    await world.says(TELEGRAM, CodeGiven("nobody-s-code"))
    for key in ("in_use", "unknown_code"):
        [(arguments,)] = world.rows("SELECT arguments FROM outbox WHERE message_key = ?", key)
        assert json.loads(arguments)["language"] == "pl"


async def test_the_second_time_it_goes_on_and_the_old_chat_is_unlinked_and_told_once(
    world: World,
) -> None:
    [token] = world.invite()
    await answers_one(world, token)
    await world.says(NEW, CodeGiven(token))
    world.clock.forward(seconds=5)
    turned = await world.says(NEW, CodeGiven(token))
    assert turned.status is TurnStatus.OK
    assert turned.session is not None
    assert turned.session.answers["phase"].value == "primary"
    assert told(world, NEW) == ["in_use", "turn"]
    assert told(world, TELEGRAM) == ["moved_away"]
    assert (await world.service.look(TELEGRAM)).status is TurnStatus.UNKNOWN
    assert world.rows("SELECT count(*) FROM response") == [(1,)]
    assert world.rows("SELECT count(*) FROM chat") == [(1,)]
    await world.says(NEW, CodeGiven(token))
    assert told(world, TELEGRAM) == ["moved_away"]
    assert world.rows("SELECT * FROM second_chat") == []


async def test_the_old_chat_can_come_back_by_the_same_check(world: World) -> None:
    [token] = world.invite()
    await answers_one(world, token)
    for place in (NEW, TELEGRAM):
        assert (await world.says(place, CodeGiven(token))).status is TurnStatus.IN_USE
        world.clock.forward(minutes=30)
        assert (await world.says(place, CodeGiven(token))).status is TurnStatus.OK
    assert told(world, NEW)[-1] == "moved_away"
    assert (await world.says(TELEGRAM, Opened())).status is TurnStatus.OK


async def test_a_second_delivery_is_not_a_second_time(world: World) -> None:
    [token] = world.invite()
    await answers_one(world, token)
    for _ in range(2):
        await world.says(NEW, CodeGiven(token), key="telegram:1:77")
    assert (await world.service.look(NEW)).status is TurnStatus.UNKNOWN


async def test_a_double_tap_is_not_a_second_time_and_does_not_put_it_off(world: World) -> None:
    [token] = world.invite()
    await answers_one(world, token)
    await world.says(NEW, CodeGiven(token))
    for _ in range(2):
        world.clock.forward(seconds=2.4)
        assert (await world.says(NEW, CodeGiven(token))).status is TurnStatus.IN_USE
    assert told(world, TELEGRAM)[-1] != "moved_away"
    world.clock.forward(seconds=0.2)
    assert (await world.says(NEW, CodeGiven(token))).status is TurnStatus.OK


async def test_an_asking_of_yesterday_is_put_again(world: World) -> None:
    [token] = world.invite()
    await answers_one(world, token)
    await world.says(NEW, CodeGiven(token))
    world.clock.forward(minutes=30, seconds=1)
    assert (await world.says(NEW, CodeGiven(token))).status is TurnStatus.IN_USE
    world.clock.forward(seconds=6)
    assert (await world.says(NEW, CodeGiven(token))).status is TurnStatus.OK


async def test_two_strangers_do_not_add_up_to_a_second_time(world: World) -> None:
    [token] = world.invite()
    await answers_one(world, token)
    for address in ("1", "2", "3"):
        turned = await world.says(ChatPlace("telegram", address), CodeGiven(token))
        assert turned.status is TurnStatus.IN_USE


async def test_the_same_chat_and_the_web_are_never_kept_out(world: World) -> None:
    [token] = world.invite()
    await answers_one(world, token)
    assert (await world.says(TELEGRAM, CodeGiven(token))).status is TurnStatus.OK
    await world.begins(token)
    assert (await world.says(TELEGRAM, CodeGiven(token))).status is TurnStatus.OK
    # An open code gives each chat an invitation of its own.
    assert (await world.says(NEW, CodeGiven(world.code))).status is TurnStatus.OK


async def test_erasing_and_closing_forget_who_was_asked(world: World) -> None:
    first, second = world.invite(2)
    for token, old in ((first, TELEGRAM), (second, ChatPlace("telegram", "5"))):
        await world.says(old, CodeGiven(token))
        await world.says(NEW, CodeGiven(token))
    [(invitation_id, _)] = world.rows("SELECT invitation_id, lookup FROM second_chat LIMIT 1")
    world.writer.one(lambda db, now: erasing.erase(db, invitation_id, now))
    assert world.rows("SELECT count(*) FROM second_chat") == [(1,)]
    world.writer.one(lambda db, now: erasing.cut(db, world.round.id, now))
    assert world.rows("SELECT count(*) FROM second_chat") == [(0,)]

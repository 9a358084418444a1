"""What must be true where Telegram posts to us: nothing lost, nothing twice, nobody else."""

import asyncio
import io
import json
from collections.abc import Mapping

import aiohttp
import pytest

from bot.channels.telegram import handling, webhook
from bot.channels.telegram.webhook import PATH, SECRET_HEADER
from bot.ports import Conversations, Turn, Turned
from tests.bot.conftest import World, world
from tests.fake_telegram import FakeTelegram, Parent
from tests.journeys.telegram_house import ANSWERS, Stuck, at_the_ratings, begins, parent, telegram
from tests.journeys.webhook_house import SECRET, WebhookHouse, house

__all__ = ["house", "parent", "telegram", "world"]

C1 = "SELECT state, value FROM answer WHERE question_key = 'c1'"


async def post(house: WebhookHouse, body: bytes, headers: Mapping[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as http,
        http.post(house.url + PATH, data=io.BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


async def test_a_parent_answers_the_whole_survey_and_nobody_polls(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    parent.taps(question, "5 – Strongly agree")
    for number in range(5, 21):
        await parent.receives(f"Question {number} of")
        parent.sends("skip")
    parent.taps(await parent.receives("your answers"), "Send my answers")
    await parent.receives("Thank you")
    await house.quiet()
    assert len(world.rows(ANSWERS)) == 20
    assert world.rows(C1) == [("answered", "5")]
    assert world.rows("SELECT mode, finished_on FROM response") == [("telegram", "2027-03-01")]
    assert telegram.calls("getUpdates") == []
    assert telegram.world.webhook == f"{house.url}/telegram/webhook"
    assert telegram.world.webhook_secret == SECRET
    assert {each.status for each in telegram.world.posted} == {200}
    # Start, three about the child, one rating, the sending.
    assert len(telegram.calls("answerCallbackQuery", status=200)) == 6


@pytest.mark.parametrize("shown", [{}, {SECRET_HEADER: "guessed"}, {SECRET_HEADER: "é" * 20}])
async def test_without_the_secret_it_is_403_and_nothing_is_stored(
    house: WebhookHouse, world: World, telegram: FakeTelegram, shown: dict[str, str]
) -> None:
    await telegram.until(lambda: bool(telegram.world.webhook))
    update = (
        '{"update_id": 5, "message": {"message_id": 1, "date": 1804000000, "text": "/start CODE",'
        ' "chat": {"id": 8812, "type": "private"}, "from": {"id": 8812, "is_bot": false,'
        ' "first_name": "x"}}}'
    ).replace("CODE", world.code)
    assert await post(house, update.encode(), shown) == 403
    for table in ("delivery", "invitation", "chat", "session", "outbox"):
        assert world.rows(f"SELECT * FROM {table}") == []
    assert await post(house, update.encode(), {SECRET_HEADER: SECRET}) == 200
    assert len(world.rows("SELECT * FROM chat")) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"update_id": "x"}', b"\xff\xfe"])
async def test_what_is_not_an_update_is_400(house: WebhookHouse, world: World, body: bytes) -> None:
    assert await post(house, body, {SECRET_HEADER: SECRET}) == 400
    assert world.rows("SELECT * FROM delivery") == []


async def test_an_update_nobody_can_read_is_let_by_and_does_not_come_for_ever(
    house: WebhookHouse, telegram: FakeTelegram
) -> None:
    await telegram.until(lambda: bool(telegram.world.webhook))
    body = b'{"update_id": 7, "message": {"message_id": "no"}}'
    assert await post(house, body, {SECRET_HEADER: SECRET}) == 200


async def test_an_update_larger_than_any_form_is_taken(
    house: WebhookHouse, telegram: FakeTelegram
) -> None:
    await telegram.until(lambda: bool(telegram.world.webhook))
    body = json.dumps({"update_id": 8, "poll_answer": {"padding": "x" * 300_000}}).encode()
    assert await post(house, body, {SECRET_HEADER: SECRET}) == 200
    assert await post(house, body * 5, {SECRET_HEADER: SECRET}) == 413


async def test_a_second_delivery_changes_nothing_and_is_told_200(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    parent.taps(await at_the_ratings(parent, world), "2 – Disagree")
    await parent.receives("Question 5 of")
    await house.quiet()
    before = world.rows(ANSWERS), len(parent.messages)
    posted = len(telegram.world.posted)
    for update in list(telegram.updates.confirmed):
        telegram.redeliver(update["update_id"])
    await house.quiet()
    assert (world.rows(ANSWERS), len(parent.messages)) == before
    assert [each.status for each in telegram.world.posted[posted:]] == [200] * posted


async def test_on_a_full_disk_it_is_503_and_the_answer_is_stored_when_there_is_room(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    await begins(parent, world)
    for number in range(2, 20):
        parent.sends("skip")
        await parent.receives(f"Question {number} of")
    await house.quiet()
    told, posted = len(parent.messages), len(telegram.world.posted)
    words = "Nobody rang us back. " * 150
    with house.full_disk():
        parent.sends(words)
        await telegram.until(lambda: len(telegram.world.posted) > posted + 1)
        assert {each.status for each in telegram.world.posted[posted:]} == {503}
        assert len(parent.messages) == told
        assert len(telegram.updates.pending) == 1
    await parent.receives("Question 20 of")
    await house.quiet()
    stored = world.rows("SELECT value FROM answer WHERE question_key = 'o1'")
    assert stored == [(words,)]
    assert telegram.world.posted[-1].status == 200
    assert len(parent.messages) == told + 1


async def test_what_was_under_way_in_a_crash_is_posted_again_and_stored_once(
    house: WebhookHouse,
    world: World,
    telegram: FakeTelegram,
    parent: Parent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webhook, "LAST_SECONDS", 0.05)
    question = await at_the_ratings(parent, world)
    await house.quiet()
    await house.kill()
    await house.start(Stuck)
    parent.taps(question, "3 – Neither")
    stuck = house.service
    assert isinstance(stuck, Stuck)
    async with asyncio.timeout(5):
        await stuck.handed.wait()
    await house.kill()
    assert world.rows(C1) == []
    await house.start()
    await parent.receives("Question 5 of")
    await house.quiet()
    assert world.rows(C1) == [("answered", "3")]


async def test_one_parents_taps_stay_in_order_while_others_are_served(
    house: WebhookHouse, world: World, telegram: FakeTelegram
) -> None:
    parents = [telegram.parent(number) for number in (1, 2, 3)]
    questions = [await at_the_ratings(each, world) for each in parents]
    for each, question in zip(parents, questions, strict=True):
        each.taps(question, "1 – Strongly disagree")
        each.sends("agree")
        each.sends("disagree")
    for each in parents:
        await each.receives("Question 7 of")
    await house.quiet()
    for key, value in (("c1", "1"), ("c2", "4"), ("c3", "2")):
        rows = world.rows("SELECT value FROM answer WHERE question_key = ?", key)
        assert rows == [(value,)] * 3


async def test_telegram_is_asked_for_nothing_that_is_not_read(
    house: WebhookHouse, telegram: FakeTelegram
) -> None:
    await telegram.until(lambda: bool(telegram.world.webhook))
    assert telegram.updates._allowed == {"message", "edited_message", "callback_query"}
    assert house.is_running


class Faulty(Stuck):
    """A service with a fault of ours in it."""

    async def take(self, turn: Turn) -> Turned:
        raise ZeroDivisionError(turn.delivery_key)


async def test_a_fault_of_ours_is_told_and_does_not_come_again_for_ever(
    house: WebhookHouse,
    telegram: FakeTelegram,
    parent: Parent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handling, "FIRST_WAIT", 0.0)
    await house.stop()
    await house.start(Faulty)
    parent.sends("hello")
    await parent.receives("that was not saved")
    await telegram.confirmed()
    assert [each.status for each in telegram.world.posted] == [200]


async def test_no_look_at_the_webhook_does_anything(
    house: WebhookHouse, world: World, telegram: FakeTelegram
) -> None:
    await telegram.until(lambda: bool(telegram.world.webhook))
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as http:
        for method in ("GET", "HEAD", "PUT", "DELETE"):
            async with http.request(method, house.url + PATH) as answer:
                assert answer.status == 405
    assert world.rows("SELECT * FROM delivery") == []


async def test_b02_two_taps_posted_side_by_side_are_one_row_and_one_question(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    await house.quiet()
    told, acknowledged = len(parent.messages), len(telegram.calls("answerCallbackQuery"))
    carried = question.payload("3 – Neither")
    bodies = []
    for number in (1, 2):
        telegram.world.callbacks[f"tap{number}"] = telegram.world.clock
        query = {
            "id": f"tap{number}",
            "from": {"id": parent.id, "is_bot": False, "first_name": "Parent"},
            "message": question.as_json(telegram.world.bot),
            "chat_instance": "1",
            "data": carried,
        }
        bodies.append(json.dumps({"update_id": 9_900 + number, "callback_query": query}).encode())
    both = (post(house, body, {SECRET_HEADER: SECRET}) for body in bodies)
    assert await asyncio.gather(*both) == [200, 200]
    await parent.receives("Question 5 of")
    await telegram.until(
        lambda: len(telegram.calls("answerCallbackQuery", status=200)) == acknowledged + 2
    )
    await house.sent()
    assert world.rows(C1) == [("answered", "3")]
    assert len(parent.messages) == told + 1


class Slow(Stuck):
    """A service whose commit takes until it is let go."""

    def __init__(self, service: Conversations) -> None:
        super().__init__(service)
        self.go = asyncio.Event()

    async def take(self, turn: Turn) -> Turned:
        self.handed.set()
        await self.go.wait()
        return await self._service.take(turn)


async def test_200_is_said_after_the_commit_and_never_before(
    house: WebhookHouse, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    await house.quiet()
    await house.stop()
    await house.start(Slow)
    posted = len(telegram.world.posted)
    parent.taps(question, "4 – Agree")
    slow = house.service
    assert isinstance(slow, Slow)
    async with asyncio.timeout(5):
        await slow.handed.wait()
    # Until the channel was open again it said 503; nothing has been taken.
    assert 200 not in {each.status for each in telegram.world.posted[posted:]}
    assert world.rows(C1) == []
    slow.go.set()
    await telegram.until(lambda: 200 in {each.status for each in telegram.world.posted[posted:]})
    assert world.rows(C1) == [("answered", "4")]

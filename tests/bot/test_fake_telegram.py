"""The stand-in keeps the rules of the real Bot API, for a raw client and for the library."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.request import HTTPXRequest

from tests.fake_telegram import FakeTelegram, Refusal

Raw = Any


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def raw(telegram: FakeTelegram) -> AsyncIterator[Raw]:
    """Calls a method with JSON; returns the whole answer."""
    async with aiohttp.ClientSession() as session:

        async def call(method: str, **given: Any) -> dict[str, Any]:
            address = f"{telegram.api}/bot{telegram.token}/{method}"
            async with session.post(address, json=given) as answer:
                body: dict[str, Any] = await answer.json()
                assert answer.status == body.get("error_code", 200)
                return body

        yield call


@pytest.fixture
async def bot(telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    request = HTTPXRequest(read_timeout=5)
    async with Bot(telegram.token, base_url=f"{telegram.api}/bot", request=request) as made:
        yield made


async def refused(raw: Raw, method: str, **given: Any) -> str:
    """The description of a refusal."""
    body = await raw(method, **given)
    assert body["ok"] is False
    return str(body["description"])


async def test_a_bot_knows_itself(bot: Bot, raw: Raw) -> None:
    assert (await bot.get_me()).username == "sendvoice_test_bot"
    assert (await raw("getMe"))["result"]["is_bot"] is True


async def test_a_wrong_token_and_an_unknown_method_are_refused(
    telegram: FakeTelegram, raw: Raw
) -> None:
    assert await refused(raw, "sendPigeon") == "Not Found: method not found"
    stray = Bot("8000000001:wrong", base_url=f"{telegram.api}/bot")
    with pytest.raises(InvalidToken):
        await stray.initialize()
    await stray.shutdown()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n ", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
async def test_text_has_1_to_4096_units(
    telegram: FakeTelegram, raw: Raw, text: str, why: str
) -> None:
    telegram.parent(1)
    assert await refused(raw, "sendMessage", chat_id=1, text=text) == f"Bad Request: {why}"
    assert telegram.messages_to(1) == []


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048])
async def test_text_at_the_limit_is_sent(telegram: FakeTelegram, raw: Raw, text: str) -> None:
    telegram.parent(1)
    assert (await raw("sendMessage", chat_id=1, text=text))["ok"]


async def test_the_limit_counts_what_is_shown(telegram: FakeTelegram, raw: Raw) -> None:
    telegram.parent(1)
    text = "<b>" + "&lt;" * 4096 + "</b>"
    assert (await raw("sendMessage", chat_id=1, text=text, parse_mode="HTML"))["ok"]
    assert telegram.messages_to(1)[0].text == "<" * 4096


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("5 <", "Unclosed start tag at byte offset 2"),
        ("Tom & Co", 'Unescaped "&" at byte offset 4'),
        ("é<font>x</font>", 'Unsupported start tag "font" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href=>x</a>", "Unclosed start of attribute at byte offset 0"),
    ],
)
async def test_html_that_does_not_parse_is_refused(
    telegram: FakeTelegram, raw: Raw, text: str, why: str
) -> None:
    telegram.parent(1)
    told = await refused(raw, "sendMessage", chat_id=1, text=text, parse_mode="HTML")
    assert told == f"Bad Request: can't parse entities: {why}"


async def test_html_becomes_text_and_entities_counted_in_units(
    telegram: FakeTelegram, bot: Bot
) -> None:
    telegram.parent(1)
    text = '😀 <b>bold <i>both</i></b> &amp; <a href="https://example.org">link</a>'
    message = await bot.send_message(1, text, parse_mode=ParseMode.HTML)
    assert message.text == "😀 bold both & link"
    seen = [(each.type, each.offset, each.length) for each in message.entities]
    assert seen == [("bold", 3, 9), ("italic", 8, 4), ("text_link", 15, 4)]


async def test_without_a_parse_mode_text_is_text(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.parent(1)
    assert (await bot.send_message(1, "5 < 6 & <b>")).text == "5 < 6 & <b>"


@pytest.mark.parametrize("data", ["", "x" * 65, "é" * 33])
async def test_a_button_carries_1_to_64_bytes(telegram: FakeTelegram, raw: Raw, data: str) -> None:
    telegram.parent(1)
    markup = {"inline_keyboard": [[{"text": "a", "callback_data": data}]]}
    told = await refused(raw, "sendMessage", chat_id=1, text="x", reply_markup=markup)
    assert told == "Bad Request: BUTTON_DATA_INVALID"


async def test_64_bytes_are_carried_there_and_back(telegram: FakeTelegram, bot: Bot) -> None:
    parent = telegram.parent(1)
    button = InlineKeyboardButton("tick", callback_data="é" * 32)
    await bot.send_message(1, "x", reply_markup=InlineKeyboardMarkup([[button]]))
    parent.taps(await parent.receives("tick"), "tick")
    [update] = await bot.get_updates()
    assert update.callback_query
    assert update.callback_query.data == "é" * 32


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ({"inline_keyboard": [[{"text": "a"}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "must be non-empty"),
        ({"inline_keyboard": "x"}, "object expected as reply markup"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x"}] * 101]}, "TOO_LONG"),
        ("{", "can't parse reply markup JSON object"),
    ],
)
async def test_a_keyboard_that_cannot_be_shown_is_refused(
    telegram: FakeTelegram, raw: Raw, markup: Any, why: str
) -> None:
    telegram.parent(1)
    assert why in await refused(raw, "sendMessage", chat_id=1, text="x", reply_markup=markup)


async def test_an_edit_must_change_something(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.parent(1)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="x")]])
    other = InlineKeyboardMarkup([[InlineKeyboardButton("b", callback_data="x")]])
    sent = await bot.send_message(1, "x", reply_markup=keyboard)
    with pytest.raises(BadRequest, match=r"not modified"):
        await bot.edit_message_text("x", 1, sent.message_id, reply_markup=keyboard)
    with pytest.raises(BadRequest, match=r"not modified"):
        await bot.edit_message_reply_markup(1, sent.message_id, reply_markup=keyboard)
    await bot.edit_message_reply_markup(1, sent.message_id, reply_markup=other)
    edited = await bot.edit_message_text("y", 1, sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("y", None)
    assert telegram.messages_to(1)[0].edits == 2
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("y", 1, 999)


async def test_a_tap_can_be_acknowledged_until_it_is_too_old(
    telegram: FakeTelegram, bot: Bot
) -> None:
    parent = telegram.parent(1)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="x")]])
    await bot.send_message(1, "x", reply_markup=keyboard)
    tap = parent.taps(await parent.receives(), "a")
    assert await bot.answer_callback_query(tap)
    telegram.world.clock += 20 * 60
    for stale in (tap, "12345"):
        with pytest.raises(BadRequest, match=r"(?i)query is too old and response timeout expired"):
            await bot.answer_callback_query(stale)
    telegram.methods.callback_seconds = 30 * 60
    assert await bot.answer_callback_query(tap)


async def test_who_cannot_be_written_to(telegram: FakeTelegram, bot: Bot) -> None:
    stranger = telegram.parent(1, started=False)
    blocker, gone = telegram.parent(2), telegram.parent(3)
    blocker.blocks()
    gone.leaves_telegram()
    for chat_id, error, why in [
        (1, Forbidden, "bot can't initiate conversation with a user"),
        (2, Forbidden, "bot was blocked by the user"),
        (3, Forbidden, "user is deactivated"),
        (4, BadRequest, r"(?i)chat not found"),
    ]:
        with pytest.raises(error, match=why):
            await bot.send_message(chat_id, "x")
    stranger.sends("/start")
    blocker.unblocks()
    assert await bot.send_message(1, "x")
    assert await bot.send_message(2, "x")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message("@nobody", "x")


async def test_a_group_that_moved_names_its_new_id(telegram: FakeTelegram, bot: Bot) -> None:
    group = telegram.group(-5)
    group.becomes_supergroup(-1005)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-5, "x")
    assert moved.value.new_chat_id == -1005
    assert await bot.send_message(-1005, "x")


async def test_in_a_group_a_bot_reads_commands_only(telegram: FakeTelegram, bot: Bot) -> None:
    member = telegram.group(-5).member(7)
    assert member.sends("hello") is None
    member.sends("/start code")
    [update] = await bot.get_updates()
    assert update.message
    assert (update.message.chat.id, update.message.from_user and update.message.from_user.id) == (
        -5,
        7,
    )


async def test_the_nth_call_can_be_told_to_wait(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.parent(1)
    telegram.scripts.fail(
        "sendMessage", Refusal(429, "Too Many Requests: retry after 7", retry_after=7), after=2
    )
    await bot.send_message(1, "a")
    await bot.send_message(1, "b")
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(1, "c")
    assert wait.value.retry_after == timedelta(seconds=7)
    await bot.send_message(1, "c")
    assert [sent.text for sent in telegram.messages_to(1)] == ["a", "b", "c"]


async def test_too_many_in_one_second_must_wait(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.parent(1)
    telegram.scripts.per_second = 2
    await bot.send_message(1, "a")
    await bot.send_message(1, "b")
    with pytest.raises(RetryAfter):
        await bot.send_message(1, "c")


async def test_an_update_is_delivered_until_a_higher_offset(
    telegram: FakeTelegram, raw: Raw
) -> None:
    parent = telegram.parent(1)
    for text in "abc":
        parent.sends(text)

    async def texts(**given: Any) -> list[str]:
        result = (await raw("getUpdates", **given))["result"]
        return [update["message"]["text"] for update in result]

    assert await texts() == ["a", "b", "c"]
    assert await texts(limit=2) == ["a", "b"]
    assert await texts(offset=9001) == ["a", "b", "c"]
    assert await texts(offset=9002) == ["b", "c"]
    assert await texts() == ["b", "c"]
    assert await texts(offset=-1) == ["c"]
    assert await texts(offset=9004) == []
    telegram.redeliver(9001)
    assert await texts() == ["a"]


async def test_what_a_dead_bot_never_confirmed_comes_again_to_the_next_one(
    telegram: FakeTelegram, bot: Bot
) -> None:
    parent = telegram.parent(8812)
    for words in ("one", "two", "three"):
        parent.sends(words)
    first_life = await bot.get_updates()
    assert [each.update_id for each in first_life] == [9001, 9002, 9003]
    await bot.get_updates(offset=9002)
    second_life = await bot.get_updates()
    assert [each.update_id for each in second_life] == [9002, 9003]
    assert telegram.updates.handed_out == {9001: 1, 9002: 3, 9003: 3}
    assert [each["update_id"] for each in telegram.updates.confirmed] == [9001]


async def test_an_update_delivered_again_is_not_forgotten_by_a_higher_offset(
    telegram: FakeTelegram, bot: Bot
) -> None:
    parent = telegram.parent(8812)
    parent.sends("one")
    parent.sends("two")
    await bot.get_updates(offset=9003)
    telegram.redeliver(9001)
    again = await bot.get_updates(offset=9003)
    assert [each.update_id for each in again] == [9001]
    assert [each.update_id for each in await bot.get_updates(offset=9003)] == []


async def test_a_long_poll_returns_at_once_when_there_is_news(
    telegram: FakeTelegram, bot: Bot
) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: telegram.updates._poll == 1)
    telegram.parent(1).sends("hello")
    async with asyncio.timeout(2):
        assert len(await waiting) == 1


async def test_a_poll_without_news_comes_back_empty(telegram: FakeTelegram, raw: Raw) -> None:
    assert (await raw("getUpdates", timeout=0.01))["result"] == []
    assert telegram.calls("getUpdates", status=200)


async def test_only_the_kinds_asked_for_are_kept(telegram: FakeTelegram, raw: Raw) -> None:
    parent = telegram.parent(1)
    parent.blocks()
    assert len((await raw("getUpdates"))["result"]) == 1
    await raw("getUpdates", offset=9002, allowed_updates=json.dumps(["message"]))
    parent.unblocks()
    [update] = (await raw("getUpdates"))["result"]
    assert "message" in update


async def test_a_second_poller_ends_the_first(telegram: FakeTelegram, bot: Bot, raw: Raw) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await telegram.until(lambda: telegram.updates._poll == 1)
    assert (await raw("getUpdates"))["ok"]
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_a_webhook_and_polling_exclude_each_other(telegram: FakeTelegram, bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)an HTTPS URL must be provided"):
        await bot.set_webhook("http://example.org")
    with pytest.raises(BadRequest, match="only on ports"):
        await bot.set_webhook("https://example.org:9000")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://example.org", secret_token="with a space")
    await bot.set_webhook("https://example.org/hook")
    telegram.parent(1).sends("hello")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://example.org/hook", 1)
    with pytest.raises(Conflict, match=r"webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_commands_are_checked(bot: Bot, raw: Raw, telegram: FakeTelegram) -> None:
    await bot.set_my_commands([("start", "Begin")])
    assert telegram.world.menus[""] == [{"command": "start", "description": "Begin"}]
    assert "COMMAND_INVALID" in await refused(
        raw, "setMyCommands", commands=[{"command": "Start!", "description": "x"}]
    )
    assert "DESCRIPTION_INVALID" in await refused(
        raw, "setMyCommands", commands=[{"command": "start", "description": ""}]
    )
    assert "expected an Array" in await refused(raw, "setMyCommands", commands={})


async def test_an_outage_a_lost_answer_and_a_held_call(telegram: FakeTelegram, bot: Bot) -> None:
    telegram.parent(1)
    telegram.scripts.is_down = True
    with pytest.raises(NetworkError):
        await bot.send_message(1, "a")
    telegram.scripts.is_down = False
    telegram.scripts.lose_answer("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(1, "b")
    release = telegram.scripts.hold("sendMessage")
    held = asyncio.create_task(bot.send_message(1, "c"))
    await asyncio.wait([held], timeout=0.05)
    assert not held.done()
    release.set()
    await held
    assert [sent.text for sent in telegram.messages_to(1)] == ["b", "c"]


async def test_every_request_is_remembered(telegram: FakeTelegram, bot: Bot, raw: Raw) -> None:
    telegram.parent(1)
    await bot.send_message(1, "a")
    await refused(raw, "sendMessage", chat_id=2, text="b")
    sent, failed = telegram.calls("sendMessage")
    assert (sent.status, sent.parameters["text"]) == (200, "a")
    assert (failed.status, failed.description) == (400, "Bad Request: chat not found")
    async with aiohttp.ClientSession() as session:
        await session.get(f"{telegram.api}/file/bot{telegram.token}/photo.jpg")
    assert len(telegram.calls("file")) == 1


async def test_every_kind_of_message_is_one_the_library_can_read(
    telegram: FakeTelegram, bot: Bot
) -> None:
    parent = telegram.parent(1)
    message_id = parent.sends("hello")
    parent.sends_photo("4")
    parent.sends_sticker()
    parent.sends_voice()
    parent.sends_location()
    parent.sends_contact()
    parent.sends_poll()
    parent.edits(message_id, "bye")
    updates = await bot.get_updates()
    assert len(updates) == 8
    assert updates[1].message
    assert updates[1].message.caption == "4"
    assert updates[-1].edited_message
    assert updates[-1].edited_message.text == "bye"


async def test_waiting_says_what_there_was_instead(telegram: FakeTelegram, bot: Bot) -> None:
    parent = telegram.parent(1)
    await bot.send_message(1, "hello")
    with pytest.raises(AssertionError, match=r"no new message with 'bye'; there are: .*hello"):
        await parent.receives("bye", seconds=0.01)
    with pytest.raises(AssertionError, match="getMe 200, sendMessage 200"):
        await telegram.until(lambda: False, seconds=0.01)

"""What may be sent: text, markup, buttons, edits."""

from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from tests.bot.fake_telegram.raw import Raw, refused
from tests.fake_telegram import FakeTelegram


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

"""What a parent did becomes one turn, or none, and nothing is read that should not be."""

from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.receive import is_from_group, turn_of
from bot.ports import ChatPlace, CodeGiven, Turn
from surveys.inputs import Chosen, Input, Opened, Typed, Unreadable

BOT_ID = 42
PRIVATE = {"id": 8812, "type": "private", "first_name": "Sam"}


def received(kind: str, **body: Any) -> Update:
    """An update as the library reads it."""
    whole = {
        "message_id": 5,
        "date": 1_804_000_000,
        "chat": PRIVATE,
        "from": {"id": 8812, "is_bot": False, "first_name": "Sam"},
        **body,
    }
    return Update.de_json({"update_id": 9001, kind: whole}, None)


def tapped(data: str | None, message: dict[str, Any] | None) -> Update:
    query = {
        "id": "1",
        "from": {"id": 8812, "is_bot": False, "first_name": "Sam"},
        "chat_instance": "1",
        **({"data": data} if data else {}),
        **({"message": message} if message else {}),
    }
    return Update.de_json({"update_id": 9001, "callback_query": query}, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/start", Opened()),
        ("/start ", Opened()),
        ("/START", Opened()),
        ("/start@some_bot", Opened()),
        ("/start AbC-_1", CodeGiven("AbC-_1")),
        ("/start@some_bot  AbC-_1 ", CodeGiven("AbC-_1")),
        ("/start two words", CodeGiven("two words")),
        ("/started", Typed("/started")),
        ("hello /start", Typed("hello /start")),
        ("/back", Typed("/back")),
        ("4", Typed("4")),
    ],
)
def test_words_are_a_turn(text: str, said: Input | CodeGiven) -> None:
    place = ChatPlace("telegram", "8812")
    assert turn_of(BOT_ID, received("message", text=text)) == Turn("telegram:42:9001", place, said)


def test_a_tap_names_its_conversation_and_its_message() -> None:
    message = {"message_id": 5, "date": 1_804_000_000, "chat": PRIVATE, "text": "x"}
    assert turn_of(BOT_ID, tapped("a1B2_-xZ.c.c1.5", message)) == Turn(
        "telegram:42:9001",
        ChatPlace("telegram", "8812"),
        Chosen("c1", "5"),
        run="a1B2_-xZ",
        message_id=5,
    )


def test_a_tap_on_a_message_too_old_to_be_shown_counts_all_the_same() -> None:
    message = {"message_id": 5, "date": 0, "chat": PRIVATE}
    turn = turn_of(BOT_ID, tapped("a1B2_-xZ.c.c1.5", message))
    assert turn is not None
    assert turn.message_id == 5


@pytest.mark.parametrize("data", [None, "x", "a1B2_-xZ.z.c1.5"])
def test_a_tap_that_means_nothing_is_no_turn(data: str | None) -> None:
    message = {"message_id": 5, "date": 1_804_000_000, "chat": PRIVATE, "text": "x"}
    assert turn_of(BOT_ID, tapped(data, message)) is None
    assert turn_of(BOT_ID, tapped(data, None)) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("photo", [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]),
        ("voice", {"file_id": "v", "file_unique_id": "v", "duration": 1}),
        ("location", {"longitude": 1, "latitude": 1}),
        ("contact", {"phone_number": "+441632960001", "first_name": "x"}),
        ("dice", {"emoji": "🎲", "value": 4}),
    ],
)
def test_b11_what_is_not_words_is_no_answer_and_its_caption_goes_along(
    kind: str, value: Any
) -> None:
    turn = turn_of(BOT_ID, received("message", caption="4", **{kind: value}))
    assert turn is not None
    assert turn.input == Unreadable(kind, "4")
    alone = turn_of(BOT_ID, received("message", **{kind: value}))
    assert alone is not None
    assert alone.input == Unreadable(kind)


@pytest.mark.parametrize("words", [{"text": "4"}, {"caption": "4", "photo": []}])
def test_b10_an_edit_is_never_an_answer(words: dict[str, Any]) -> None:
    turn = turn_of(BOT_ID, received("edited_message", **words))
    assert turn is not None
    assert turn.input == Unreadable("edited", "4")


def test_a_live_location_that_moves_is_not_an_edit() -> None:
    assert turn_of(
        BOT_ID, received("edited_message", location={"longitude": 1, "latitude": 1})
    ) is (None)


def test_a_notice_of_telegrams_own_is_no_turn() -> None:
    assert turn_of(BOT_ID, received("message", group_chat_created=True)) is None
    assert turn_of(BOT_ID, Update(9001)) is None
    assert not is_from_group(Update(9001))


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
def test_b07_nothing_from_where_others_read_along_is_a_turn(kind: str) -> None:
    chat = {"id": -5, "type": kind, "title": "Year 6"}
    update = received("message", chat=chat, text="/start CODE")
    message = {"message_id": 5, "date": 1_804_000_000, "chat": chat, "text": "x"}
    assert turn_of(BOT_ID, update) is None
    assert turn_of(BOT_ID, tapped("a1B2_-xZ.c.c1.5", message)) is None
    assert is_from_group(update)
    assert not is_from_group(received("message", text="x"))

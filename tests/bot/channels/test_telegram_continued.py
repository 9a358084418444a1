"""What follows in one breath is one reply, and nothing else is."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from telegram import Chat, Message

from bot.channels.telegram.continued import MOST_KEPT, Continued
from bot.ports import ChatPlace, CodeGiven, Turn
from surveys.inputs import Input, Opened, Typed

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
LONG = "a" * 4_096


NUMBERS = count(1)


def turn(said: Input | CodeGiven, key: str = "") -> Turn:
    key = key or f"telegram:1:{next(NUMBERS)}"
    return Turn(key, ChatPlace("telegram", "8812"), said)


def hears(
    continued: Continued, text: str, seconds: float = 0, *, chat: int = 8812, key: str = ""
) -> str:
    message = Message(1, NOW + timedelta(seconds=seconds), Chat(chat, "private"))
    said = continued.whole(message, turn(Typed(text), key)).input
    assert isinstance(said, Typed)
    return said.text


def test_three_parts_are_joined_in_order() -> None:
    continued = Continued()
    assert [hears(continued, text) for text in (LONG, LONG, "end")] == [
        LONG,
        LONG + LONG,
        LONG + LONG + "end",
    ]


def test_a_message_delivered_again_goes_on_from_what_it_did_the_first_time() -> None:
    continued = Continued()
    for _ in range(3):
        assert hears(continued, LONG, key="telegram:1:a") == LONG
    for _ in range(3):
        assert hears(continued, LONG, key="telegram:1:b") == LONG + LONG
    assert hears(continued, "end") == LONG + LONG + "end"


@pytest.mark.parametrize(
    ("first", "then", "seconds"),
    [(LONG, "end", 4), ("a" * 2_047, "b" * 2_100, 0), ("a" * 2_100, "b" * 1_900, 0)],
    ids=["later", "short before", "would have fitted"],
)
def test_words_of_their_own_are_left_alone(first: str, then: str, seconds: float) -> None:
    continued = Continued()
    hears(continued, first)
    assert hears(continued, then, seconds) == then


def test_each_chat_has_its_own_and_each_part_counts_once() -> None:
    continued = Continued()
    hears(continued, LONG)
    assert hears(continued, "other", chat=77) == "other"
    assert hears(continued, "end") == LONG + "end"
    hears(continued, LONG, seconds=10)
    assert hears(continued, "end", seconds=14) == "end"
    assert hears(continued, "end", seconds=14) == "end"


def test_nothing_is_kept_for_longer_than_a_breath_or_without_end() -> None:
    continued = Continued()
    for chat in range(9):
        hears(continued, LONG, seconds=chat * 10, chat=chat)
    assert len(continued._parts) == 1
    for _ in range(20):
        kept = hears(continued, LONG, seconds=80, chat=8)
    assert len(kept) == MOST_KEPT


@pytest.mark.parametrize("said", [Opened(), CodeGiven("code")])
def test_only_words_go_on(said: Input | CodeGiven) -> None:
    continued = Continued()
    hears(continued, LONG)
    message = Message(1, NOW, Chat(8812, "private"))
    assert continued.whole(message, turn(said)).input == said
    assert continued.whole(None, turn(Typed("x"))).input == Typed("x")

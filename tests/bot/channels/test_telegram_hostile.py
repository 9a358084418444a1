"""Text made to break the cutting of messages is cut all the same."""

from bot.channels.telegram.markup import split_message, units
from tests.fake_telegram import html_mode

FAMILY = "😀" + "\u200d😀" * 32


def test_b09_a_part_is_never_too_long_where_its_end_weighs_more_than_its_beginning() -> None:
    text = f"{'a' * 41} {FAMILY * 42}"
    parts = [html_mode.parse(part)[0] for part in split_message(text)]
    assert max(map(units, parts)) <= 4_096
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_b09_a_limit_smaller_than_one_sign_ends_all_the_same() -> None:
    assert split_message(f"{FAMILY}a", most=50) == [FAMILY, "a"]

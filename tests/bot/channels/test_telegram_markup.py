"""Every message is one Telegram takes, and nothing a parent reads is cut in two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import markup
from tests.fake_telegram import html_mode

WORDS = st.text(alphabet="ab <&>\n😀é👩‍👧🇬🇧", max_size=120)
PIECES = st.lists(st.tuples(st.booleans(), WORDS), max_size=8)


def html_of(pieces: list[tuple[bool, str]]) -> str:
    return "".join(
        markup.bold(text) if strong else markup.safe(text) for strong, text in pieces if text
    )


@given(PIECES, st.integers(20, 80))
def test_b09_every_part_parses_fits_and_nothing_is_lost(
    pieces: list[tuple[bool, str]], most: int
) -> None:
    parts = markup.split_message(html_of(pieces), most)
    shown = [html_mode.parse(part)[0] for part in parts]
    assert all(0 < html_mode.units(text) <= most for text in shown)
    everything = "".join("".join(shown).split())
    assert everything == "".join("".join(text for _, text in pieces).split())


def test_b09_a_summary_of_120_comments_arrives_whole() -> None:
    comments = [f"{number:03d} " + "x" * 95 for number in range(120)]
    parts = markup.split_message("\n".join(markup.safe(each) for each in comments))
    assert len(parts) == 3
    assert all(markup.units(part) <= 4_096 for part in parts)
    assert "\n".join(parts).split("\n") == comments


def test_b09_emoji_count_twice_and_are_never_halved() -> None:
    first, second = markup.split_message("😀" * 2_049)
    assert (first, second) == ("😀" * 2_048, "😀")


@pytest.mark.parametrize("one", ["👩‍👩‍👧", "👍🏽", "🇬🇧", "4️⃣", "é", "&amp;", "<b>x</b>"])
def test_b09_what_a_reader_sees_as_one_is_not_cut(one: str) -> None:
    most = 20
    for before in range(12, 21):
        parts = markup.split_message("a" * before + one, most)
        assert any(one in part for part in parts)


def test_b09_a_tag_open_at_a_cut_is_closed_and_opened_again() -> None:
    assert markup.split_message("<b><i>aaaa bbbb</i></b>", 6) == [
        "<b><i>aaaa </i></b>",
        "<b><i>bbbb</i></b>",
    ]


def test_a_pile_of_accents_is_cut_rather_than_refused() -> None:
    parts = markup.split_message("a" + "\u0301" * 9_000)
    assert all(markup.units(part) <= 4_096 for part in parts)
    assert sum(map(len, parts)) == 9_001


def test_a_cut_falls_between_lines_before_words() -> None:
    assert markup.split_message("one two\nthree four", 14) == ["one two", "three four"]
    assert markup.split_message("one two three", 10) == ["one two", "three"]


def test_b08_signs_of_markup_are_shown_as_typed() -> None:
    typed = "5 < 6 & it_was *awful* <b>"
    assert html_mode.parse(markup.verbatim(typed))[0] == typed
    assert html_mode.parse(markup.bold("Jo_Ann <3 & Co"))[0] == "Jo_Ann <3 & Co"


def test_b08_nobody_can_turn_a_line_round() -> None:
    assert markup.safe("\u202eeva\u202c \u2066x\u2069") == "eva x"
    assert markup.plain("\u202eeva") == "eva"


def test_b08_bold_is_counted_after_an_emoji() -> None:
    [entity] = html_mode.parse("😀 " + markup.bold("word"))[1]
    assert (entity["offset"], entity["length"]) == (3, 4)


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("fine", 10, "fine"),
        ("two\nlines", 10, "two lines"),
        ("much too long", 9, "much too…"),
        ("😀😀😀😀", 6, "😀😀…"),
    ],
)
def test_a_long_answer_is_shortened_in_the_review(text: str, most: int, short: str) -> None:
    assert markup.shorten(text, most) == short
    assert markup.units(short) <= most

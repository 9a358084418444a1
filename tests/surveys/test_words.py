"""Words typed on any phone compare as equal where a person would read them as equal."""

import pytest

from surveys.words import clean, fold, is_blank, numerals, squeeze


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("4", "4"),
        (" ٤ ", "4"),
        ("۴", "4"),
        ("४", "4"),
        ("４", "4"),
        ("4️⃣", "4"),
        ("🔟", "10"),
        ("④", "4"),
        ("\u200f4\u200f", "4"),
        ("1️⃣2️⃣", "12"),
        ("4²", "4²"),
        ("", ""),
        ("x", "x"),
    ],
)
def test_digits_of_any_script_and_keyboard_read_as_figures(typed: str, plain: str) -> None:
    assert numerals(typed) == plain


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Strongly\u00a0  AGREE!", "strongly agree"),
        ("Don’t know", "dont know"),
        ("don't know", "dont know"),
        ("\u202eAgree\u202c", "agree"),
        ("ＡＧＲＥＥ", "agree"),
        ("Unit or ARP (resourced)", "unit or arp resourced"),
        ("unit_or_arp", "unit or arp"),
        ("5-11", "5 11"),
        ("4²", "4 2"),
        ("Straße", "strasse"),
    ],
)
def test_case_spacing_punctuation_and_direction_are_forgiven(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_squeezing_joins_words_but_never_two_numbers() -> None:
    assert squeeze("strongly agree") == "stronglyagree"
    assert squeeze("post 16") == "post16"
    assert squeeze("5 11") == "5 11"


def test_only_what_cannot_be_stored_is_taken_out_of_a_text() -> None:
    assert clean("a\0b \ud800c\tZoë – naïve اردو 🙂") == "ab \ufffdc\tZoë – naïve اردو 🙂"


@pytest.mark.parametrize("text", ["", "  \n\t", "\u200b", "\u202e \ufe0f", "\x07"])
def test_a_text_without_anything_to_see_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "🙂", "a"])
def test_a_text_with_anything_to_see_is_not_blank(text: str) -> None:
    assert not is_blank(text)

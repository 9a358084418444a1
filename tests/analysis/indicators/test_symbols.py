"""B23: what a cell without a number means, told apart and never made zero."""

from collections import Counter
from statistics import mean

import pytest

from analysis.indicators.symbols import EES_SYMBOLS, MISSING_WORDS, UnknownSymbol, read_cell
from surveys.records import Missing

PUBLISHED = ["56.1", "c", "[c]", "z", "x", "low", "u", ":", "..", "~", "-", "", "0", "0.0"]


def test_b23_each_symbol_keeps_its_reason_and_none_becomes_zero() -> None:
    read = [read_cell(text, EES_SYMBOLS) for text in PUBLISHED]
    numbers = [one for one in read if isinstance(one, float)]
    missing = Counter(one for one in read if isinstance(one, Missing))
    assert numbers == [56.1, 0.0, 0.0]
    assert round(mean(numbers), 2) == 18.70
    assert missing == {
        Missing.SUPPRESSED: 2,
        Missing.NOT_APPLICABLE: 1,
        Missing.ROUNDS_TO_ZERO: 2,
        Missing.LOW_RELIABILITY: 1,
        Missing.UNAVAILABLE: 4,
        Missing.BLANK: 1,
    }


@pytest.mark.parametrize(
    "text", ["q", "C", "NULL", "na", "n/a", "1,234", "45%", "1e3", "nan", "inf", "[]", "[q]", "٤"]
)
def test_an_unknown_token_is_handed_back_and_not_guessed(text: str) -> None:
    assert read_cell(text, EES_SYMBOLS) == UnknownSymbol(text)


@pytest.mark.parametrize("text", [" 12 ", "12\u00a0", "[z] "])
def test_spaces_around_a_cell_do_not_matter(text: str) -> None:
    assert not isinstance(read_cell(text, EES_SYMBOLS), UnknownSymbol)


def test_what_a_symbol_means_belongs_to_the_layout() -> None:
    assert read_cell("-", {"-": Missing.ROUNDS_TO_ZERO}) is Missing.ROUNDS_TO_ZERO
    assert read_cell("z", {}) == UnknownSymbol("z")


def test_every_reason_has_words() -> None:
    assert set(MISSING_WORDS) == set(Missing)

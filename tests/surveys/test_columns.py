"""Numbers for texts: each once, in the order it came, in as few bytes as may be."""

from array import array

import pytest

from surveys.columns import NONE, NOTHINGS, about, narrow, said
from surveys.model import State


def test_a_text_has_the_number_of_its_first_coming() -> None:
    numbering = about()
    assert [numbering[text] for text in ("b", None, "a", "b")] == [0, NONE, 1, 0]
    assert numbering.texts == ("b", "a")


def test_a_nothing_is_no_value_and_a_value_of_its_name_is_none_of_it() -> None:
    numbering = said("!")
    assert [numbering[f"!{state.value}"] for state in NOTHINGS] == [-1, -2, -3, -4]
    assert numbering["skipped"] == 0
    assert numbering.texts == ("skipped",)
    assert {State.ANSWERED, *NOTHINGS} == set(State)


@pytest.mark.parametrize(
    ("texts", "width"), [(0, 1), (128, 1), (129, 2), (1 << 15, 2), (40_000, 4)]
)
def test_a_column_is_as_narrow_as_its_texts_allow(texts: int, width: int) -> None:
    numbers = array("i", [NONE, -4, max(texts - 1, 0)])
    made = narrow(numbers, texts)
    assert made.itemsize == width
    assert list(made) == list(numbers)

"""Codes: this step and its neighbours, each once."""

from datetime import timedelta

import pyotp
import pytest

from bot import second_factor
from bot.second_factor import step_of
from tests.conftest import NOW

# The key and a code of RFC 6238, appendix B (its eight digits end in our six).
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code(moved: int, key: str = RFC_KEY) -> str:
    return pyotp.TOTP(key).at(NOW, counter_offset=moved)


def test_it_is_rfc_6238() -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 - for this line alone

    assert step_of(RFC_KEY, "005924", datetime.fromtimestamp(1234567890, UTC)) == 41152263


@pytest.mark.parametrize(
    ("moved", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_one_step_of_difference_is_allowed(moved: int, taken: bool) -> None:
    assert (step_of(RFC_KEY, code(moved), NOW) is not None) == taken


def test_a_code_and_those_before_it_are_used_once() -> None:
    step = step_of(RFC_KEY, code(0), NOW)
    assert step is not None
    assert step_of(RFC_KEY, code(0), NOW, step) is None
    assert step_of(RFC_KEY, code(-1), NOW, step) is None
    assert step_of(RFC_KEY, code(1), NOW, step) == step + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345"])
def test_what_is_no_code_is_wrong(typed: str) -> None:
    assert step_of(RFC_KEY, typed, NOW) is None


def test_spaces_do_not_matter() -> None:
    typed = f" {code(0)[:3]} {code(0)[3:]} "
    assert step_of(RFC_KEY, typed, NOW) is not None
    assert step_of(RFC_KEY, typed, NOW + timedelta(minutes=2)) is None


def test_the_key_travels_as_an_address_and_a_picture_without_styles() -> None:
    key = second_factor.new_key()
    assert len(key) == 32
    address = second_factor.address(key, "a&b@example.org", "Any: & shire")
    parsed = pyotp.parse_uri(address)
    assert isinstance(parsed, pyotp.TOTP)
    assert (parsed.secret, parsed.name) == (key, "a&b@example.org")
    picture = second_factor.qr(address)
    assert picture.startswith("<svg")
    assert "style" not in picture

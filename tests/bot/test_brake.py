"""The brake: whoever fails again and again waits, and nobody else does."""

from datetime import timedelta

from bot.brake import FREE_TRIES, LONGEST_WAIT, MOST_ADDRESSES, Brake, doubling
from tests.conftest import NOW

MINUTE = timedelta(minutes=1)


def test_the_wait_doubles_up_to_its_longest() -> None:
    waits = [doubling(n, 5, MINUTE, timedelta(minutes=15)) / MINUTE for n in range(3, 12)]
    assert waits == [0, 0, 1, 2, 4, 8, 15, 15, 15]
    assert doubling(10**9, 5, MINUTE, LONGEST_WAIT) == LONGEST_WAIT


def test_one_address_waits_and_another_does_not() -> None:
    brake = Brake()
    for _ in range(FREE_TRIES - 1):
        brake.failed("203.0.113.9", NOW)
    assert not brake.holds("203.0.113.9", NOW)
    brake.failed("203.0.113.9", NOW)
    assert brake.holds("203.0.113.9", NOW)
    assert not brake.holds("203.0.113.10", NOW)
    assert not brake.holds("203.0.113.9", NOW + MINUTE)
    brake.failed("203.0.113.9", NOW + MINUTE)
    assert brake.holds("203.0.113.9", NOW + 2.9 * MINUTE)


def test_failures_are_forgotten_after_an_hour() -> None:
    brake = Brake()
    for _ in range(FREE_TRIES):
        brake.failed("a", NOW)
    brake.failed("a", NOW + timedelta(hours=1))
    assert not brake.holds("a", NOW + timedelta(hours=1))


def test_a_household_of_ipv6_is_one_address() -> None:
    brake = Brake()
    for number in range(FREE_TRIES):
        brake.failed(f"2001:db8::{number:x}", NOW)
    assert brake.holds("2001:db8::ffff", NOW)
    assert not brake.holds("2001:db8:0:1::1", NOW)


def test_its_memory_is_bounded() -> None:
    brake = Brake()
    for number in range(MOST_ADDRESSES + 5):
        brake.failed(str(number), NOW)
    assert len(brake._tries) == MOST_ADDRESSES

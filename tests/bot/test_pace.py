"""The pace of letters: even, held where a carrier asks, and behind whoever must not wait."""

import asyncio

import pytest

from bot.carriers import Counted
from bot.pace import Pace
from bot.ports import DeliveryFailed, Outgoing


class Watch:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_slots_come_at_even_distances() -> None:
    pace = Pace(4, Watch())
    assert [pace.take() for _ in range(4)] == [0, 0.25, 0.5, 0.75]


def test_time_that_was_not_used_is_no_burst_later() -> None:
    watch = Watch()
    pace = Pace(4, watch)
    pace.take()
    watch.now += 60
    assert [pace.take() for _ in range(3)] == [0, 0.25, 0.5]


def test_no_slot_while_held() -> None:
    watch = Watch()
    pace = Pace(4, watch)
    pace.hold(7)
    assert pace.held == 7
    pace.hold(3)
    assert pace.take() == 7
    watch.now += 8
    assert pace.held == 0


async def test_near_returns_when_the_next_slot_is_the_next_to_come() -> None:
    loop = asyncio.get_running_loop()
    pace = Pace(10, loop.time)
    began = loop.time()
    for _ in range(3):
        pace.take()
    await pace.near()
    assert 0.19 <= loop.time() - began < 1
    assert pace.take() <= 0.1


class Refusing:
    """Asks for a wait."""

    async def send(self, outgoing: Outgoing) -> None:
        raise DeliveryFailed("slow down", retry_after=5)


async def test_a_parent_takes_a_slot_at_once_and_a_refusal_holds_the_letters() -> None:
    watch = Watch()
    pace = Pace(4, watch)
    with pytest.raises(DeliveryFailed):
        await Counted(Refusing(), pace).send(Outgoing(1, "1", "turn", "en"))
    assert pace.held == 5
    assert pace.take() == 5

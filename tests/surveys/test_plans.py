"""A round's plan: kept whole, and refused where it cannot be carried out."""

import json
from datetime import time

import pytest

from surveys.errors import PlanRefused
from surveys.invitations import Channel
from surveys.plans import Audience, Population, RoundPlan, is_quiet


def test_a_plan_is_read_back_as_it_was_written() -> None:
    plan = RoundPlan(
        Audience(("primary",), ("mainstream",), ("ehcp",)),
        (Channel.EMAIL, Channel.TELEGRAM),
        (5,),
        time(21, 30),
        time(7, 15),
        (Population("primary", "", 1200), Population("secondary", "ehcp", 0)),
        "an earlier round",
    )
    assert RoundPlan.from_dict(json.loads(json.dumps(plan.to_dict()))) == plan
    assert RoundPlan.from_dict(RoundPlan().to_dict()) == RoundPlan()


@pytest.mark.parametrize("days", [(1, 2, 3), (0,), (14, 7), (7, 7)])
def test_reminders_are_at_most_two_and_in_order(days: tuple[int, ...]) -> None:
    with pytest.raises(PlanRefused):
        RoundPlan(reminder_days=days)


def test_a_channel_is_named_once() -> None:
    with pytest.raises(PlanRefused, match="twice"):
        RoundPlan(channels=(Channel.EMAIL, Channel.EMAIL))


def test_a_population_is_not_negative() -> None:
    with pytest.raises(PlanRefused, match="population of primary is -1"):
        RoundPlan(population=(Population("primary", "", -1),))


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (time(20), True),
        (time(23, 59), True),
        (time(0), True),
        (time(7, 59), True),
        (time(8), False),
        (time(12), False),
        (time(19, 59), False),
    ],
)
def test_quiet_hours_run_over_midnight(at: time, *, quiet: bool) -> None:
    assert is_quiet(RoundPlan(), at) is quiet


def test_quiet_hours_within_a_day() -> None:
    plan = RoundPlan(quiet_from=time(12), quiet_until=time(13))
    assert is_quiet(plan, time(12, 30))
    assert not is_quiet(plan, time(13))

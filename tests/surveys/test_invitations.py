"""Whom a round asks and reminds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from surveys.invitations import (
    Budget,
    Channel,
    Child,
    Decision,
    Exclusion,
    Family,
    Invited,
    Wanted,
    decide,
    gap_before,
    reminder_channel,
    slot_due,
    to_remind,
)

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
PRIMARY = Child("primary", "mainstream", "ehcp")
SECONDARY = Child("secondary", "special", "sen_support")


def family(**but: object) -> Family:
    known: dict[str, object] = {"children": (PRIMARY,), "channels": (Channel.EMAIL,)}
    return Family("f", **{**known, **but})  # type: ignore[arg-type]  # one field changed a test


def decided(a_family: Family, wanted: Wanted | None = None) -> Decision:
    (decision,) = decide([a_family], wanted or Wanted(), NOW)
    return decision


def test_a_family_is_asked_by_its_channel_about_its_children() -> None:
    assert decided(family()) == Decision("f", ("primary",), Channel.EMAIL, None)


@pytest.mark.parametrize(
    ("but", "reason"),
    [
        ({"answered": True}, Exclusion.ALREADY_ANSWERED),
        ({"invited": True}, Exclusion.ALREADY_INVITED),
        ({"opted_out": True}, Exclusion.OPTED_OUT),
        ({"blocked": True, "channels": ()}, Exclusion.BLOCKED),
        ({"channels": ()}, Exclusion.NO_CHANNEL),
        ({"approached": (NOW - timedelta(days=27),)}, Exclusion.CONTACTED_TOO_OFTEN),
    ],
)
def test_each_exclusion_has_its_reason(but: dict[str, object], reason: Exclusion) -> None:
    decision = decided(family(**but))
    assert decision.excluded is reason
    assert decision.channel is None


def test_a_family_of_whom_nothing_is_known_is_asked_where_nobody_is_left_out() -> None:
    unknown = family(children=())
    assert decided(unknown) == Decision("f", ("",), Channel.EMAIL, None)
    assert decided(unknown, Wanted(phases=("primary",))).excluded is Exclusion.NOT_IN_AUDIENCE


def test_who_opted_out_and_has_no_channel_opted_out() -> None:
    assert decided(family(opted_out=True, channels=())).excluded is Exclusion.OPTED_OUT


def test_who_blocked_one_channel_is_asked_by_another() -> None:
    assert decided(family(blocked=True)).channel is Channel.EMAIL


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(phases=("secondary",)),
        Wanted(settings=("special",)),
        Wanted(provisions=("sen_support",)),
    ],
)
def test_only_the_children_wanted_count(wanted: Wanted) -> None:
    assert decided(family(), wanted).excluded is Exclusion.NOT_IN_AUDIENCE
    both = family(children=(PRIMARY, SECONDARY))
    assert decided(both, wanted).phases == ("secondary",)


def test_the_familys_preference_wins_over_the_rounds_order() -> None:
    both = family(channels=(Channel.LETTER, Channel.EMAIL))
    assert decided(both, Wanted(channels=(Channel.EMAIL, Channel.LETTER))).channel is Channel.LETTER


def test_a_preference_the_round_does_not_use_gives_way() -> None:
    both = family(channels=(Channel.LETTER, Channel.EMAIL))
    assert decided(both, Wanted(channels=(Channel.TEXT, Channel.EMAIL))).channel is Channel.EMAIL
    assert decided(both, Wanted(channels=(Channel.TEXT,))).excluded is Exclusion.NO_CHANNEL


def ago(*days: int) -> tuple[datetime, ...]:
    return tuple(NOW - timedelta(days=each) for each in days)


@pytest.mark.parametrize(
    ("approached", "asked"),
    [
        (ago(28), True),
        (ago(27), False),
        (ago(364, 100), False),
        (ago(366, 100), True),
        (ago(400, 380, 370), True),
    ],
)
def test_two_rounds_a_year_and_28_days_between(
    approached: tuple[datetime, ...], *, asked: bool
) -> None:
    assert (decided(family(approached=approached)).excluded is None) is asked


def test_a_budget_can_be_set_or_left_out() -> None:
    recent = family(approached=ago(10))
    assert decided(recent, Wanted(budget=Budget(3, 7))).channel is Channel.EMAIL
    assert decided(recent, Wanted(budget=None)).channel is Channel.EMAIL


CLOSES = NOW + timedelta(days=28)


@pytest.mark.parametrize(
    ("day", "slot"),
    [
        (-1, None),
        (0, None),
        (6, None),
        (7, 1),
        (13, 1),
        (14, 2),
        (27, 2),
        (28, None),
        (40, None),
    ],
)
def test_a_slot_is_due_from_its_day_until_the_next(day: int, slot: int | None) -> None:
    assert slot_due(NOW, CLOSES, (7, 14), NOW + timedelta(days=day)) == slot


def test_a_reminder_after_the_closing_is_never_due() -> None:
    assert slot_due(NOW, CLOSES, (30,), NOW + timedelta(days=31)) is None


def test_only_who_may_still_answer_is_reminded() -> None:
    five = [
        Invited("finished", answered=True, stopped=False),
        Invited("reopened", answered=True, stopped=False),
        Invited("half done", answered=False, stopped=False),
        Invited("withdrawn", answered=False, stopped=True),
        Invited("silent", answered=False, stopped=False),
    ]
    assert to_remind(five, 1, NOW) == ("half done", "silent")


def test_nobody_is_reminded_twice_in_a_slot() -> None:
    once = Invited("a", answered=False, stopped=False, reminded=frozenset({1}))
    assert to_remind([once], 1, NOW) == ()
    assert to_remind([once], 2, NOW) == ("a",)


def test_nobody_is_reminded_within_a_day_of_a_message_or_while_one_is_on_its_way() -> None:
    last = Invited("a", answered=False, stopped=False, last_at=NOW)
    day = timedelta(days=1)
    assert to_remind([last], 1, NOW + day - timedelta(seconds=1)) == ()
    assert to_remind([last], 1, NOW + day) == ("a",)
    assert to_remind([replace(last, waiting="letter")], 1, NOW + day) == ()


@pytest.mark.parametrize(
    ("days", "slot", "gap"), [((7, 14), 1, 6), ((7, 14), 2, 6), ((1, 2), 2, 1), ((3, 5), 2, 1)]
)
def test_the_plan_says_how_long_after_a_message_a_reminder_follows(
    days: tuple[int, ...], slot: int, gap: int
) -> None:
    assert gap_before(days, slot) == timedelta(days=gap)


@pytest.mark.parametrize(
    ("used", "reaches", "order", "channel"),
    [
        # Where it spoke with us, though the round begins elsewhere, or asks by other ways.
        (Channel.TELEGRAM, ("telegram", "email"), ("email", "telegram"), Channel.TELEGRAM),
        (Channel.TELEGRAM, ("telegram", "email"), ("email",), Channel.TELEGRAM),
        # That is closed by now.
        (Channel.TELEGRAM, ("email", "text"), ("text", "email"), Channel.EMAIL),
        # It has not come: as it would be invited.
        (None, ("text", "email"), ("email", "text"), Channel.TEXT),
        (None, ("telegram", "email"), ("text", "email"), Channel.EMAIL),
        (None, ("email",), ("text",), None),
        (None, (), ("text",), None),
    ],
)
def test_a_reminder_goes_where_the_family_spoke_with_us(
    used: Channel | None, reaches: tuple[str, ...], order: tuple[str, ...], channel: Channel | None
) -> None:
    ways, wanted = map(Channel, reaches), map(Channel, order)
    assert reminder_channel(used, list(ways), list(wanted)) is channel

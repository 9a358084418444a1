"""One working day later, in England."""

from datetime import UTC, date, datetime

import pytest

from bot.working_days import due_on, is_working_day


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2027, 3, 10, 9, 0, tzinfo=UTC), date(2027, 3, 11)),
        (datetime(2027, 3, 12, 9, 0, tzinfo=UTC), date(2027, 3, 15)),
        (datetime(2027, 3, 13, 23, 0, tzinfo=UTC), date(2027, 3, 15)),
        # Maundy Thursday: after it come Good Friday, the weekend and Easter Monday.
        (datetime(2027, 3, 25, 12, 0, tzinfo=UTC), date(2027, 3, 30)),
        # Christmas Day 2027 is a Saturday: Monday and Tuesday are given in its place.
        (datetime(2027, 12, 24, 12, 0, tzinfo=UTC), date(2027, 12, 29)),
        # 23:30 in summer time's UTC is the next day in England.
        (datetime(2027, 6, 10, 23, 30, tzinfo=UTC), date(2027, 6, 14)),
        (datetime(2027, 12, 31, 12, 0, tzinfo=UTC), date(2028, 1, 4)),
    ],
)
def test_a_comment_is_due_one_working_day_later(now: datetime, due: date) -> None:
    assert due_on(now) == due


def test_scotlands_own_holidays_are_working_days_here() -> None:
    assert is_working_day(date(2028, 11, 30))
    assert not is_working_day(date(2027, 8, 30))

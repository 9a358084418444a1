"""Times are written and read as in England, and the clocks' two odd nights are refused."""

from datetime import UTC, date, datetime

import pytest

from bot import local_time
from bot.errors import RoundRefused
from bot.local_time import moment_in_words, parse


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-03-28 23:59", datetime(2027, 3, 28, 22, 59, tzinfo=UTC)),
        ("2027-10-29 17:00", datetime(2027, 10, 29, 16, 0, tzinfo=UTC)),
        ("01/12/2027 09:00", datetime(2027, 12, 1, 9, 0, tzinfo=UTC)),
        (" 2027-12-01T09:00 ", datetime(2027, 12, 1, 9, 0, tzinfo=UTC)),
    ],
)
def test_b17_closing_times_keep_summer_time(text: str, moment: datetime) -> None:
    assert parse(text) == moment


@pytest.mark.parametrize("text", ["2027-03-28 01:30", "2027-10-31 01:30"])
def test_a_time_that_is_not_or_is_twice_is_refused(text: str) -> None:
    with pytest.raises(RoundRefused, match="clocks go"):
        parse(text)


@pytest.mark.parametrize("text", ["", "tomorrow", "2027-13-01 09:00", "2027-03-28"])
def test_what_is_not_a_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RoundRefused, match="2027-03-28 17:00"):
        parse(text)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2027, 3, 28, 22, 59, tzinfo=UTC), "28 March 2027 at 11:59pm"),
        (datetime(2027, 1, 4, 12, 0, tzinfo=UTC), "4 January 2027 at midday"),
        (datetime(2027, 1, 4, 0, 5, tzinfo=UTC), "4 January 2027 at 12:05am"),
        (datetime(2027, 7, 4, 8, 0, tzinfo=UTC), "4 July 2027 at 9am"),
    ],
)
def test_times_in_words(moment: datetime, said: str) -> None:
    assert moment_in_words(moment) == said


@pytest.mark.parametrize(
    "text", ["30/6/2027", "30/06/2027", "2027-06-30", "30 June 2027", " 30  jun 2027 "]
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert local_time.parse_day(text) == date(2027, 6, 30)


@pytest.mark.parametrize("text", ["", "soon", "31/6/2027", "30 Juny 2027", "June 2027"])
def test_what_is_no_day_says_whose_box_and_how_to_write_it(text: str) -> None:
    with pytest.raises(RoundRefused, match=r"^By when: .*30/6/2027 or 30 June 2027"):
        local_time.parse_day(text, "By when")

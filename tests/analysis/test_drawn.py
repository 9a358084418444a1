"""Charts are true to their figures, say in words what they show, and escape what they are given."""

import re

import pytest

from analysis.view.drawn import Interval, Trend, interval_chart, line_chart


def points(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="(.+?)" cy="(.+?)"', svg)]


def lines_of(svg: str, width: int) -> int:
    return svg.count(f'stroke-width="{width}"')


def trend(*values: float | None, breaks: tuple[int, ...] = ()) -> str:
    periods = [str(2020 + n) for n in range(len(values))]
    return line_chart("k", "Title", "Words", periods, [Trend("Moorside", values, "9")], breaks)


def test_a_higher_value_stands_higher_and_zero_stands_on_the_axis() -> None:
    _, low, high, zero = points(trend(10, 20, 0))
    assert high[1] < low[1] < zero[1]
    assert zero[1] - high[1] == pytest.approx(2 * (zero[1] - low[1]))


def test_no_line_crosses_a_gap_or_a_break() -> None:
    legend = 1
    assert lines_of(trend(1, 2, 3), 2) == legend + 2
    assert lines_of(trend(1, None, 3), 2) == legend
    assert lines_of(trend(1, 2, 3, breaks=(1,)), 2) == legend + 1


def test_one_period_and_no_value_are_still_pictures() -> None:
    assert "<svg" in trend(5)
    assert len(points(trend(None, None))) == 1
    assert "<svg" in trend(0.004, 0.002)


def test_many_periods_are_labelled_every_second_one_and_the_last_always() -> None:
    svg = trend(*range(1, 10))
    assert ">2028<" in svg
    assert ">2027<" not in svg


def test_lines_differ_in_more_than_colour() -> None:
    three = [Trend(name, (1, 2)) for name in ("a", "b", "c")]
    svg = line_chart("k", "T", "W", ["1", "2"], three)
    assert len(set(re.findall('stroke-width="2" stroke-dasharray="(.+?)"', svg))) == 3


def test_an_interval_reaches_from_low_to_high_around_its_dot() -> None:
    rows = [Interval("Primary", 50, 25, 75, "50"), Interval("Secondary", 0, None, None, "0")]
    svg = interval_chart("k", "Title", "Words", rows)
    (x, _), (zero, _) = points(svg)
    whole = re.search('<line x1="([^"]+)" y1="[^"]+" x2="([^"]+)"[^>]+stroke-width="3"', svg)
    assert whole
    low, high = (float(end) for end in whole.groups())
    assert (low + high) / 2 == pytest.approx(x)
    assert zero < low
    assert lines_of(svg, 3) == 1


def test_b40_every_name_is_escaped() -> None:
    hostile = "<script>x</script>"
    svg = interval_chart(hostile, hostile, hostile, [Interval(hostile, 1, None, None, hostile)])
    svg += line_chart(hostile, hostile, hostile, [hostile], [Trend(hostile, (1,), hostile)])
    assert "<script" not in svg


def test_a_picture_has_a_title_and_words() -> None:
    svg = trend(1, 2)
    assert '<title id="k-title">Title</title><desc id="k-words">Words</desc>' in svg
    assert 'aria-labelledby="k-title k-words"' in svg

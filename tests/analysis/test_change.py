"""What may be said of a change, and who it is about."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.change import Change, Design, Side, Verdict, not_comparable, together
from analysis.change_frame import COUNTS, FIGURES, WORDS, change_frame
from analysis.comparing import Group, change_of_mean, change_of_share
from analysis.intervals import Interval
from analysis.mean_difference import Difference, paired


def change(low: float | None, high: float | None, p: float | None) -> Change:
    interval = Interval(low, high, "by hand" if low is not None else "not available: few")
    found = Difference(1.0, interval, p, "a test" if p is not None else "")
    return Change("primary", Design.PAIRED, Side(), Side(), 0, found, p)


@pytest.mark.parametrize(
    ("low", "high", "p", "verdict"),
    [
        (0.1, 9.0, 0.04, "higher"),
        (-9.0, -0.1, 0.04, "lower"),
        (-1.0, 9.0, 0.2, "no clear change"),
        (0.0, 9.0, 0.01, "no clear change"),
        (0.1, 9.0, 0.06, "no clear change"),
        (-1.0, 9.0, 0.04, "no clear change"),
        (None, None, None, "not available"),
    ],
)
def test_a_change_is_claimed_where_interval_and_test_both_say_so(
    low: float | None, high: float | None, p: float | None, verdict: str
) -> None:
    assert change(low, high, p).verdict == verdict


def test_among_many_phases_a_lucky_one_is_no_change() -> None:
    one, other, none = together(
        [change(0.1, 9, 0.03), change(-4, 4, 0.9), change(None, None, None)]
    )
    assert one.p_holm == pytest.approx(0.06)
    assert one.verdict is Verdict.NO_CLEAR_CHANGE
    assert "phases" in one.reason
    assert (other.p_holm, none.p_holm) == (0.9, None)
    assert none.reason == "not available: few"
    assert together([change(0.1, 9, 0.03)])[0].verdict is Verdict.HIGHER


def test_why_an_interval_that_excludes_no_change_is_none_is_said() -> None:
    assert change(0.1, 9.0, 0.06).reason == "the test (a test) finds no clear change"
    assert change(-1.0, 9.0, 0.5).reason == change(0.1, 9.0, 0.01).reason == ""


def test_the_smallest_change_is_half_the_width_in_whole_points_rounded_up() -> None:
    assert change(-3.0, 9.4, 0.4).smallest == pytest.approx(6.2)
    assert change(-3.0, 9.4, 0.4).smallest_words == "could have shown a change of 7 points or more"
    assert change(-6.0, 6.0, 1.0).smallest_words == "could have shown a change of 6 points or more"
    assert change(0.0, 0.5, 1.0).smallest_words == "could have shown a change of 1 point or more"
    assert change(None, None, None).smallest_words == ""


def test_with_100_a_round_the_smallest_changes_are_those_of_the_textbook() -> None:
    # Standard deviation 25: 1.96 x sqrt(2 x 625 / 100) = 6.9; a share of half: some 14.
    spread = pd.Series([25.0, 75.0] * 50)
    old, new = spread.rename(lambda n: f"b{n}"), spread.rename(lambda n: f"a{n}")
    nobody = pd.DataFrame({"before": [], "after": []})
    index = change_of_mean("all", Group(old), Group(new), nobody)
    share = change_of_share("all", Group((old > 50) * 1.0), Group((new > 50) * 1.0), nobody)
    assert index.smallest == pytest.approx(6.9, abs=0.3)
    assert share.smallest == pytest.approx(13.6, abs=0.5)


def test_what_cannot_be_compared_shows_nothing() -> None:
    broken = not_comparable("primary", "changed: c4")
    assert (broken.verdict, broken.reason) == (Verdict.NOT_COMPARABLE, "changed: c4")
    assert (broken.difference.value, broken.before.figure, broken.smallest) == (None, None, None)
    assert together([broken]) == [broken]


def sides(old: list[float | None], new: list[float | None]) -> tuple[Group, Group, pd.DataFrame]:
    """Two groups whose first people, as many as the shorter has, are pairs."""
    before = pd.Series(old, index=[f"b{n}" for n in range(len(old))], dtype="float64")
    after = pd.Series(new, index=[f"a{n}" for n in range(len(new))], dtype="float64")
    both = min(len(old), len(new))
    matched = pd.DataFrame({"before": before.index[:both], "after": after.index[:both]})
    return Group(before), Group(after), matched


def test_enough_pairs_are_compared_alone_and_the_rest_is_counted() -> None:
    old = [50.0 + n for n in range(12)]
    new: list[float | None] = [55.0 + 2 * n for n in range(11)] + [None] + [0.0] * 5
    found = change_of_mean("primary", *sides([*old], new))
    assert (found.design, found.pairs) == (Design.PAIRED, 11)
    # By hand: differences 5, 6, ... 15 of the 11 pairs.
    assert found.difference.value == pytest.approx(10)
    assert found.before == Side(figure=55.0, base=11, left_out=1, without_value=0)
    assert found.after == Side(figure=65.0, base=11, left_out=5, without_value=1)
    assert found.verdict is Verdict.HIGHER


def test_too_few_pairs_and_the_rounds_are_strangers_with_everybody_in_them() -> None:
    old: list[float | None] = [50.0 + n for n in range(9)] + [None]
    new: list[float | None] = [60.0 + n for n in range(20)]
    found = change_of_mean("primary", *sides(old, new))
    assert (found.design, found.pairs) == (Design.INDEPENDENT, 9)
    assert found.before == Side(figure=54.0, base=9, left_out=0, without_value=1)
    assert found.after == Side(figure=69.5, base=20, left_out=0, without_value=0)
    assert found.difference.value == pytest.approx(15.5)


def test_the_number_of_pairs_that_is_enough_can_be_asked_for() -> None:
    groups = sides([50.0 + n for n in range(20)], [51.0 + n * n for n in range(20)])
    assert change_of_mean("x", *groups, least_pairs=20).design is Design.PAIRED
    assert change_of_mean("x", *groups, least_pairs=21).design is Design.INDEPENDENT


def test_pairs_that_are_few_among_many_do_not_speak_for_them() -> None:
    few, many = [50.0 + n for n in range(20)], [51.0 + n * n % 40 for n in range(41)]
    before, after, matched = sides([*few], [*many])
    assert change_of_mean("x", before, after, matched).design is Design.PAIRED
    assert change_of_mean("x", before, after, matched[:10]).design is Design.PAIRED
    before, after, matched = sides([*few, 50.0], [*many])
    assert change_of_mean("x", before, after, matched[:10]).design is Design.INDEPENDENT


def test_a_share_among_the_same_people_counts_who_came_and_who_left() -> None:
    old = [1.0] * 10 + [0.0] * 40
    new = [1.0] * 8 + [0.0] * 2 + [1.0] * 12 + [0.0] * 28
    found = change_of_share("all", *sides([*old], [*new]))
    assert (found.before.figure, found.after.figure) == (20.0, 40.0)
    assert found.difference.value == pytest.approx(20)
    assert found.difference.test == "McNemar"
    assert found.verdict is Verdict.HIGHER


def test_a_share_is_yes_or_no() -> None:
    with pytest.raises(ValueError, match="in a share"):
        change_of_share("all", *sides([0.5], [1.0]))


def test_brothers_in_pairs_are_one_household_by_either_round() -> None:
    old, new, matched = sides([float(n) for n in range(20)], [float(n * n % 23) for n in range(20)])
    homes = pd.Series([n // 2 for n in range(20)], index=new.figures.index, dtype="Int64")
    by_later = change_of_mean("x", old, replace(new, households=homes), matched)
    earlier = homes.set_axis(old.figures.index)
    by_earlier = change_of_mean("x", replace(old, households=earlier), new, matched)
    mixed = change_of_mean(
        "x",
        replace(old, households=earlier + 50),
        replace(new, households=homes.where(homes < 5)),
        matched,
    )
    wrong = replace(old, households=pd.Series(7, index=old.figures.index, dtype="Int64"))
    later_wins = change_of_mean("x", wrong, replace(new, households=homes), matched)
    alone = change_of_mean("x", old, new, matched)
    differences = pd.Series([float(n * n % 23 - n) for n in range(20)])
    expected = paired(differences, pd.Series([n // 2 for n in range(20)]), 100)
    assert by_later.difference.interval.low == pytest.approx(expected.interval.low)
    assert by_earlier.difference.interval.low == pytest.approx(expected.interval.low)
    assert mixed.difference.interval.low == pytest.approx(expected.interval.low)
    assert later_wins.difference.interval.low == pytest.approx(expected.interval.low)
    assert alone.difference.interval.low != pytest.approx(expected.interval.low)


values = st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=40)


@given(values, values)
def test_nobody_is_lost(old: list[float | None], new: list[float | None]) -> None:
    found = change_of_mean("x", *sides(old, new))
    for side, given_ in ((found.before, old), (found.after, new)):
        assert side.base + side.left_out + side.without_value == len(given_)
    if found.design is Design.PAIRED:
        assert found.before.base == found.after.base == found.pairs >= 10
    else:
        assert found.before.left_out == found.after.left_out == 0
    if found.difference.value is not None:
        assert found.difference.value == pytest.approx(
            (found.after.figure or 0) - (found.before.figure or 0)
        )


def test_changes_as_a_frame_keep_their_types_where_figures_are_missing() -> None:
    found = change_of_mean("primary", *sides([50.0 + n for n in range(12)], [70.0, 80.0] * 6))
    frame = change_frame([found, not_comparable("secondary", "changed: c4")])
    assert list(frame.columns) == [*WORDS, *FIGURES, *COUNTS]
    assert {str(kind) for kind in frame[list(FIGURES)].dtypes} == {"float64"}
    assert {str(kind) for kind in frame[list(COUNTS)].dtypes} == {"int64"}
    assert frame.loc[0, "difference"] == found.difference.value
    assert frame.loc[0, "low"] == found.difference.interval.low
    assert frame.loc[0, "smallest"] == found.smallest
    assert list(frame["verdict"]) == ["higher", "not comparable"]
    assert frame.loc[1, list(FIGURES)].isna().all()
    assert frame.loc[1, "reason"] == "changed: c4"
    assert len(change_frame([])) == 0


@pytest.mark.parametrize("linked", [True, False])
def test_homes_that_answer_as_one_claim_a_change_of_a_share_1_time_in_20(linked: bool) -> None:
    random, claimed = np.random.default_rng(11), 0
    for _ in range(300):
        sizes = random.choice([1, 2, 3], 40)
        groups = []
        for side in "ba":
            home = np.repeat(np.arange(40), sizes)
            index = [f"{side}{n}" for n in range(len(home))]
            agrees = pd.Series((random.random(40) < 0.5)[home] * 1.0, index=index)
            groups.append(Group(agrees, pd.Series(home, index=index, dtype="Int64")))
        ids = {"before": groups[0].figures.index, "after": groups[1].figures.index}
        matched = pd.DataFrame(ids, dtype="object") if linked else pd.DataFrame(ids).iloc[:0]
        verdict = change_of_share("all", groups[0], groups[1], matched).verdict
        claimed += verdict in {Verdict.HIGHER, Verdict.LOWER}
    # Children taken as strangers would make it about 1 in 6.
    assert claimed / 300 < 0.09

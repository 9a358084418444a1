"""What is hidden stays hidden, even from a reader who knows the rules and can subtract."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from analysis.disclosure import has_small, low_base_note, rows_to_hide

THRESHOLD = 10
Bases = tuple[int, ...]


def hidden(*bases: int) -> set[int] | None:
    """The bases that are hidden; they must all differ."""
    found = rows_to_hide({str(base): base for base in bases}, THRESHOLD)
    return None if found is None else {int(group) for group in found}


def test_groups_that_are_large_enough_are_all_shown() -> None:
    assert hidden(10, 11, 0) == set()


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    assert hidden(3, 40, 12, 25) == {3, 12}


def test_two_small_groups_that_are_large_together_need_no_third() -> None:
    assert hidden(4, 8, 30) == {4, 8}


def test_two_groups_too_small_together_take_a_third() -> None:
    assert hidden(1, 2, 30, 31) == {1, 2, 30}


def test_no_groups_are_shown_where_only_one_could_be_hidden_or_nothing_is_left() -> None:
    assert hidden(3, 40) is None
    assert hidden(4, 8) is None


def test_what_is_hidden_together_must_be_fit_to_know() -> None:
    found = rows_to_hide({"a": 3, "b": 12, "c": 20, "d": 30}, THRESHOLD, lambda rows: "c" in rows)
    assert found == frozenset({"a", "b", "c"})


@pytest.mark.parametrize(("counts", "small"), [((0, 5, 90), False), ((0, 4), True), ((1,), True)])
def test_one_to_four_are_small_and_nought_is_not(counts: Bases, *, small: bool) -> None:
    assert has_small(counts) is small


def test_below_thirty_a_base_low_base_note() -> None:
    assert low_base_note(29)
    assert not low_base_note(30)


def tables(groups: int, largest_total: int) -> Iterator[Bases]:
    for bases in product(range(largest_total + 1), repeat=groups):
        if THRESHOLD <= sum(bases) <= largest_total:
            yield bases


def as_published(bases: Bases) -> tuple[int, tuple[int | str, ...]]:
    """The total and every row as a reader sees it."""
    found = rows_to_hide({str(place): base for place, base in enumerate(bases)}, THRESHOLD)
    gone = {str(place) for place in range(len(bases))} if found is None else found
    rows = (0 if not base else "hidden" if str(place) in gone else base
            for place, base in enumerate(bases))  # fmt: skip
    return sum(bases), tuple(rows)


@pytest.mark.parametrize(("groups", "largest_total"), [(2, 60), (3, 45), (4, 26)])
def test_no_small_base_follows_from_what_is_shown(groups: int, largest_total: int) -> None:
    possible: dict[tuple[int, tuple[int | str, ...]], list[Bases]] = defaultdict(list)
    for bases in tables(groups, largest_total):
        possible[as_published(bases)].append(bases)
    for (_, rows), explanations in possible.items():
        for place in (place for place, row in enumerate(rows) if row == "hidden"):
            could_be = {bases[place] for bases in explanations}
            assert len(could_be) > 1 or not has_small(could_be), (rows, explanations)


@pytest.mark.parametrize(("groups", "largest_total"), [(2, 60), (3, 45), (4, 26)])
def test_no_base_under_the_threshold_follows_by_subtraction(
    groups: int, largest_total: int
) -> None:
    for bases in tables(groups, largest_total):
        total, rows = as_published(bases)
        rest = total - sum(row for row in rows if isinstance(row, int))
        assert rest == 0 or rest >= THRESHOLD, bases
        assert rows.count("hidden") != 1, bases

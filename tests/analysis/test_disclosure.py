"""Nothing hidden follows from what is shown: every other round of so many people is tried."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import tables
from analysis.disclosure import (
    Cell,
    Crowd,
    Draft,
    DraftRow,
    Figure,
    Kind,
    control,
    has_small,
    low_base_note,
    where,
)
from analysis.disclosure import control as control_function
from analysis.errors import ReleaseRefused
from analysis.second_releases import check_bases, told_by
from analysis.tables import Column

THRESHOLD = 6
GROUPS, SAID = ("north", "south"), ("yes", "no", "unsure")
ATOMS = [(group, said) for group in GROUPS for said in SAID]
COLUMNS = (Column("group", "Group"), Column("base", "People"), Column("value", "Yes", "percent"))
COUNTED = (Column("group", "Said"), Column("count", "People"), Column("value", "Share", "percent"))
ROUNDS = st.lists(st.integers(0, 9), min_size=6, max_size=6).filter(
    lambda each: 8 <= sum(each) <= 17
)
Row = dict[str, Any]


def crowd_of(counts: Sequence[int]) -> Crowd:
    people = [atom for atom, count in zip(ATOMS, counts, strict=True) for _ in range(count)]
    frame = pd.DataFrame(people, columns=["place", "said"])
    crowd = Crowd.of(frame.index)
    crowd.divide("place", frame["place"], GROUPS)
    crowd.divide("said", frame["said"], SAID)
    return crowd


def by_said(crowd: Crowd) -> Draft:
    everybody = Cell(Kind.BASE, (where(said=SAID),))
    rows = []
    for said in SAID:
        kind = Kind.NO_ANSWER if said == "unsure" else Kind.ANSWER
        cell = Cell(kind, (where(said=said),))
        count = crowd.count(cell)
        share = Figure({"value": tables.percent(count, len(crowd.people))}, (cell, everybody))
        rows.append(DraftRow(said, (Figure({"count": count}, (cell,)), share)))
    return Draft("said", "What was said", COUNTED, tuple(rows))


def by_place(crowd: Crowd) -> Draft:
    rows = []
    for name, places in (("all", GROUPS), ("north", ("north",)), ("south", ("south",))):
        base = Cell(Kind.BASE, (where(place=places, said=("yes", "no")),))
        yes = Cell(Kind.ANSWER, (where(place=places, said="yes"),))
        no = Cell(Kind.ANSWER, (where(place=places, said="no"),))
        share = tables.percent(crowd.count(yes), crowd.count(base))
        figures = (
            Figure({"base": crowd.count(base)}, (base,)),
            Figure({"value": share}, (base, yes, no)),
        )
        rows.append(DraftRow(name, figures, base=base))
    return Draft("place", "By place", COLUMNS, tuple(rows))


def released(counts: Sequence[int]) -> list[Row]:
    crowd = crowd_of(counts)
    return control(crowd, [by_said(crowd), by_place(crowd)], THRESHOLD)


# A reader who tries every round.


def every_round(people: int) -> "np.ndarray[Any, Any]":
    """All ways to put so many people into the six combinations, one a row."""
    cuts = np.array(list(combinations(range(people + 5), 5)))
    edges = np.hstack([np.full((len(cuts), 1), -1), cuts, np.full((len(cuts), 1), people + 5)])
    return np.diff(edges, axis=1) - 1


class Reader:
    """Somebody who has tables and tries which rounds they fit."""

    def __init__(self, people: int) -> None:
        self.rounds = every_round(people)

    def of(self, places: Sequence[str], said: Sequence[str]) -> "np.ndarray[Any, Any]":
        inside = [place in places and what in said for place, what in ATOMS]
        return np.asarray(self.rounds[:, inside].sum(axis=1))

    def read(self, made: Sequence[Row]) -> None:
        for table in made:
            for row in table["rows"]:
                self._read(row)

    def _read(self, row: Row) -> None:
        name = row["group"]
        if name in SAID:
            count, base = self.of(GROUPS, [name]), self.of(GROUPS, SAID)
        else:
            count, base = self.of(places_of(name), ["yes"]), self.of(places_of(name), ["yes", "no"])
        fits = np.full(len(self.rounds), fill_value=True)
        if name not in SAID:
            fits &= (base == 0) if row["status"] == "no_answers" else (base > 0)
        for key, values in (("count", count), ("base", base)):
            if row.get(key) is not None:
                fits &= values == row[key]
        if row["value"] is not None:
            fits &= np.floor(100 * count / np.maximum(base, 1) + 0.5) == row["value"]
        self.rounds = self.rounds[fits]


def places_of(name: str) -> tuple[str, ...]:
    return GROUPS if name == "all" else (name,)


def counts_of(reader: Reader) -> Iterator[tuple[str, "np.ndarray[Any, Any]", int]]:
    """Every count that a table has, with the size from which on it is not small."""
    for said in SAID:
        yield said, reader.of(GROUPS, [said]), 5
    for name in ("all", "north", "south"):
        yield f"{name} base", reader.of(places_of(name), ["yes", "no"]), THRESHOLD
        yield f"{name} yes", reader.of(places_of(name), ["yes"]), 5
        yield f"{name} no", reader.of(places_of(name), ["no"]), 5


def leaks(counts: Sequence[int], *releases: Sequence[Row]) -> list[str]:
    """The small counts of a round that a reader of these releases can prove to be small."""
    alone, reader, truth = Reader(sum(counts)), Reader(sum(counts)), Reader(sum(counts))
    truth.rounds = np.array([counts])
    for made in releases:
        reader.read(made)
    assert (reader.rounds == truth.rounds).all(axis=1).any(), "the truth must fit what is shown"
    found = []
    for (name, seen, least), (_, free, _), (_, true, _) in zip(
        counts_of(reader), counts_of(alone), counts_of(truth), strict=True
    ):
        is_small = 0 < true[0] < least
        proved = len(set(seen)) == 1 or (seen.min() > 0 and seen.max() < least)
        if is_small and proved and free.max() >= least:
            found.append(name)
    return found


ONE_SMALL = [6, 2, 0, 3, 6, 0]
"""Two of the north and three of the south would follow from the totals."""


@settings(deadline=None, max_examples=25, derandomize=True)
@given(ROUNDS)
def test_no_small_count_can_be_proved_by_trying_every_round(counts: list[int]) -> None:
    assert leaks(counts, released(counts)) == []


def test_what_is_small_only_by_itself_can_be_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without complementary suppression the reader finds it: the test above can fail."""
    break_it(monkeypatch, "_hide_all_that_is_needed", "_pass")
    assert leaks([9, 2, 0, 9, 6, 0], released([9, 2, 0, 9, 6, 0]))


def test_the_last_gate_closes_though_nothing_was_chosen_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    break_it(monkeypatch, "_hide_all_that_is_needed")
    assert leaks([9, 2, 0, 9, 6, 0], released([9, 2, 0, 9, 6, 0])) == []


def break_it(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    import sys  # noqa: PLC0415 - the package has a function of the module's name

    module = sys.modules[control_function.__module__]
    for name in names:
        monkeypatch.setattr(module, name, lambda *_: None)


def test_where_there_is_no_time_nothing_is_shown() -> None:
    crowd = crowd_of([9, 2, 0, 9, 6, 0])
    made = control(crowd, [by_said(crowd), by_place(crowd)], THRESHOLD, seconds=0)
    assert {each["status"] for each in made} == {"withheld"}


# Two releases.


def first_of(counts: Sequence[int]) -> tuple[Crowd, list[Row]]:
    crowd = crowd_of(counts)
    return crowd, control(crowd, [by_said(crowd)], THRESHOLD)


@settings(deadline=None, max_examples=10, derandomize=True)
@given(ROUNDS)
def test_two_releases_of_the_same_people_tell_no_more(counts: list[int]) -> None:
    crowd, first = first_of(counts)
    drafts = [by_place(crowd)]
    told = told_by({"tables": first}, [by_said(crowd), *drafts])
    try:
        second = control(crowd, drafts, THRESHOLD, told_before=told, beside=[by_said(crowd)])
    except ReleaseRefused:
        return
    assert leaks(counts, first, second) == []


def test_a_second_release_that_knows_nothing_of_the_first_would_tell() -> None:
    telling = []
    for counts in ([9, 2, 0, 9, 6, 0], [7, 7, 1, 7, 2, 5], [6, 8, 0, 0, 2, 5], [8, 5, 0, 0, 0, 3]):
        crowd, first = first_of(counts)
        telling += leaks(counts, first, control(crowd, [by_place(crowd)], THRESHOLD))
    assert telling


def base_of(people: int | None) -> Mapping[str, Any]:
    row = {"group": "All", "base": people}
    return {"tables": [{"title": "Index", "rows": [row], "bases": {"asked": 100}}]}


@pytest.mark.parametrize("change", [1, -1, 9])
def test_a_second_release_with_a_base_a_few_away_is_refused(change: int) -> None:
    with pytest.raises(ReleaseRefused, match="differs from the earlier release by 1 to 9"):
        check_bases(base_of(40), base_of(40 + change))


@pytest.mark.parametrize("people", [40, 50, 30, None])
def test_a_second_release_of_as_many_or_of_ten_more_may_stand(people: int | None) -> None:
    check_bases(base_of(40), base_of(people))


@pytest.mark.parametrize(("counts", "small"), [((0, 5, 90), False), ((0, 4), True), ((1,), True)])
def test_one_to_four_are_small_and_nought_is_not(counts: tuple[int, ...], *, small: bool) -> None:
    assert has_small(counts) is small


def test_below_thirty_a_base_low_base_note() -> None:
    assert low_base_note(29)
    assert not low_base_note(30)


# Two rounds of linked people.


def linked(counts: Sequence[int]) -> tuple[Crowd, Draft, Draft]:
    """`place` is now what people said before ("north" for yes): the later release has pairs."""
    crowd = crowd_of(counts)
    rows = []
    for before in GROUPS:
        cell = Cell(Kind.ANSWER, (where(place=before),))
        rows.append(DraftRow(before, (Figure({"count": crowd.count(cell)}, (cell,)),)))
    earlier = Draft("before", "Before", COUNTED, tuple(rows))
    pairs = []
    for before, said in ATOMS:
        cell = Cell(Kind.ANSWER, (where(place=before, said=said),))
        figure = Figure({"count": crowd.count(cell)}, (cell,))
        pairs.append(DraftRow(f"{before} {said}", (figure,)))
    return crowd, earlier, Draft("pairs", "Before and after", COUNTED, tuple(pairs))


@settings(deadline=None, max_examples=15, derandomize=True)
@given(ROUNDS)
def test_the_pairs_of_two_linked_rounds_tell_no_more_than_both(counts: list[int]) -> None:
    crowd, earlier, pairs = linked(counts)
    [first] = control(crowd, [earlier], THRESHOLD)
    told = told_by({"tables": [first]}, [earlier])
    try:
        after = [by_said(crowd), pairs]
        later = control(crowd, after, THRESHOLD, told_before=told, beside=[earlier])
    except ReleaseRefused:
        return
    assert pair_leaks(counts, [first, *later]) == []


def pair_leaks(counts: Sequence[int], made: Sequence[Row]) -> list[str]:
    reader = Reader(sum(counts))
    groups: dict[str, tuple[Sequence[str], Sequence[str]]]
    groups = {said: (GROUPS, (said,)) for said in SAID}
    groups |= {place: ((place,), SAID) for place in GROUPS}
    groups |= {f"{place} {said}": ((place,), (said,)) for place, said in ATOMS}
    for row in (row for table in made for row in table["rows"]):
        if row["count"] is not None:
            of = reader.of(*groups[row["group"]])
            reader.rounds = reader.rounds[of == row["count"]]
    found = []
    for name, (places, said) in groups.items():
        of = reader.of(places, said)
        true = sum(n for n, (p, s) in zip(counts, ATOMS, strict=True) if p in places and s in said)
        if true in range(1, 5) and (len(set(of)) == 1 or (of.min() > 0 and of.max() < 5)):
            found.append(name)
    return found


def test_pairs_checked_without_the_earlier_round_would_tell() -> None:
    found = []
    for counts in ([7, 3, 0, 6, 1, 0], [6, 6, 2, 5, 0, 3], [9, 1, 0, 2, 5, 0]):
        crowd, earlier, pairs = linked(counts)
        [first] = control(crowd, [earlier], THRESHOLD)
        later = control(crowd, [by_said(crowd), pairs], THRESHOLD)
        found += pair_leaks(counts, [first, *later])
    assert found

"""A table's cells travel as columns, and every writer gives the rows that they make."""

import csv
import io
import math
import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.export import Column, Export, Format, Table, Type, as_parquet, joining, write
from analysis.export.cells import Cells, cells_of, running
from analysis.export.columns import OTHER
from analysis.export.csv_text import Cell, guard
from analysis.export.joining import rows_as_text
from analysis.export.profiles import grouped, joined_within
from analysis.export.recoding import array_of, below, ordered, recoded
from analysis.export.steps import silent
from tests.analysis.export import reading
from tests.analysis.export.files import ABOUT

CELLS = st.one_of(
    st.none(), st.integers(-5, 5), st.floats(-2, 2), st.sampled_from(["", "=1", "a,b", '"', "é\n"])
)


@given(st.lists(CELLS))
def test_a_column_gives_its_cells_back_each_as_it_was(cells: list[Cell]) -> None:
    made = cells_of(cells)
    assert list(map(repr, made)) == list(map(repr, cells))
    assert len(set(map(repr, made.distinct))) == len(made.distinct)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3)), st.randoms(use_true_random=False))
def test_columns_are_laid_below_each_other_and_put_in_order(
    rows: list[list[Cell]], chance: random.Random
) -> None:
    one, other, more = ([row[place] for row in rows] for place in range(3))
    whole = below([cells_of(one), cells_of(other), cells_of(more)])
    cells = [*one, *other, *more]
    assert list(map(repr, whole)) == list(map(repr, cells))
    order = chance.sample(range(len(cells)), len(cells))
    moved = ordered(whole, np.array(order, "int64"))
    assert list(map(repr, moved)) == [repr(cells[place]) for place in order]


def test_recoding_joins_what_is_alike_and_keeps_nothing_that_does_not_occur() -> None:
    made = recoded(["a", "b", "a", None], np.array([0, 2, -1, 0]))
    assert list(made) == ["a", "a", None, "a"]
    assert list(made.distinct) == ["a", None]


def table(rows: int = 23) -> Table:
    """Codes beside each other, and texts that are each written once."""
    columns = (
        Column("n", "N", Type.INTEGER),
        *(Column(f"c{n}", "C", Type.CODE, numbers={"1": 1, "2": 2}) for n in range(5)),
        Column("text", "T", Type.TEXT),
        Column("x", "X", Type.NUMBER),
    )
    chance = random.Random(4)  # noqa: S311 - invented answers, the same each time
    cells = [cells_of(chance.choices(["1", "2", None], k=rows)) for _ in range(5)]
    texts = cells_of(f"={n}, {chance.random()}" for n in range(rows))
    numbers = cells_of(chance.choices([1.5, None, -2.0], k=rows))
    return Table("t", "T", columns, (running(rows), *cells, texts, numbers))


@pytest.fixture(params=[(4, 9), (8_192, 4_096), (1, 1)])
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Chunks and groups of columns smaller than the table, as they are, and the smallest."""
    rows, texts = request.param
    monkeypatch.setattr(joining, "ROWS", rows)
    monkeypatch.setattr(joining, "TEXTS", texts)
    monkeypatch.setattr(as_parquet, "ROWS", rows)


@pytest.mark.usefixtures("sizes")
def test_a_long_table_is_written_whole_whatever_is_held_at_once(tmp_path: Path) -> None:
    made = table()
    rows = list(made.rows())
    for form in Format:
        write(Export(made, ABOUT), form, tmp_path / f"x.{form.value}")
    text = (tmp_path / "x.csv").read_bytes().decode("utf-8-sig")
    found = [row[: len(made.columns)] for row in csv.reader(io.StringIO(text, newline=""))]
    expected = [["" if cell is None else str(guard(cell)) for cell in row] for row in rows]
    assert found == [list(made.keys), *expected]
    assert reading.json_rows(tmp_path / "x.json") == rows
    assert reading.parquet_rows(tmp_path / "x.parquet") == rows
    assert reading.xlsx_rows(tmp_path / "x.xlsx", "T") == rows
    frame, _ = reading.sav(tmp_path / "x.sav")
    assert [[_plain(cell) for cell in row] for row in frame.itertuples(index=False)] == [
        [_plain(cell) for cell in row] for row in rows
    ]


def _plain(cell: Any) -> Any:
    """A cell as SPSS has it: codes are numbers."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    return float(cell) if not isinstance(cell, str) or cell in {"1", "2"} else cell


@pytest.mark.usefixtures("sizes")
def test_how_far_it_is_ends_at_the_end() -> None:
    made = table()
    told: list[tuple[int, int]] = []
    chunks = rows_as_text(made.cells, [str] * len(made.columns), lambda *step: told.append(step))
    assert sum(map(len, chunks)) == made.height
    assert told[0] == (0, 23)
    assert told[-1] == (23, 23)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_columns_that_are_not_all_as_long_make_no_table() -> None:
    columns = (Column("a", "A", Type.TEXT), Column("b", "B", Type.TEXT))
    with pytest.raises(ValueError, match="not all as long"):
        Table("t", "T", columns, (running(2), running(3)))


def naive(pairs: list[tuple[str, str]], threshold: int) -> list[tuple[str, str]]:
    """The second of each pair as a file may show it, group by group and person by person."""
    shown = dict(enumerate(pairs))
    for group in {first for first, _ in pairs}:
        counts = Counter(second for first, second in pairs if first == group)
        rare: list[str] = []
        for each in sorted(counts, key=lambda code: (counts[code], code)):
            people = sum(counts[code] for code in rare)
            if counts[each] >= threshold and (not rare or people >= threshold):
                break
            rare.append(each)
        for place, (first, second) in enumerate(pairs):
            if first == group and second in rare:
                shown[place] = (group, OTHER)
    return [shown[place] for place in range(len(pairs))]


@given(
    st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("abcde")), min_size=1, max_size=40),
    st.integers(0, 12),
)
def test_the_rare_are_joined_within_each_group_as_if_one_by_one(
    pairs: list[tuple[str, str]], threshold: int
) -> None:
    firsts, seconds = ([cells_of(pair[place] for pair in pairs)] for place in (0, 1))
    groups = grouped(firsts)
    shown = joined_within(groups, grouped(seconds), threshold)
    assert len(set(shown.combinations)) == len(shown.combinations)
    found = [
        (groups.combinations[one][0], shown.combinations[other][0])
        for one, other in zip(groups.numbers, shown.numbers, strict=True)
    ]
    assert found == naive(pairs, threshold)


def test_many_columns_of_many_codes_are_still_told_apart() -> None:
    wide = Cells(tuple(map(str, range(5_000))), cells_of(range(5_000)).numbers)
    people = grouped([wide] * 8)
    assert len(people.combinations) == 5_000
    assert people.combinations[people.numbers[17]] == ("17",) * 8


def test_a_chunk_needs_no_copy_of_the_numbers() -> None:
    cells = cells_of("abc")
    assert np.shares_memory(array_of(cells.numbers), np.asarray(cells.numbers))
    assert list(rows_as_text([cells, cells], [str, str], silent)) == [["aa", "bb", "cc"]]

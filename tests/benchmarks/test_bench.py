"""The bench's parts still run: a tiny one says nothing of speed, and all of its lines."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.indicators.lait_files import PLAIN, parquet
from tests.benchmarks.answers import answers
from tests.benchmarks.growth import growth
from tests.benchmarks.indicators import indicators
from tests.benchmarks.measure import Line, Size, summary
from tests.benchmarks.results import check, results
from tests.benchmarks.results_side import Side
from tests.benchmarks.sending import by_the_library, sending
from tests.benchmarks.telegram import telegram
from tests.benchmarks.web import web

TINY = Size(parents=3, stored=4, many=8, pickled=(4,), flushing_parents=2, times=1, longer=(1,))


async def test_answers_are_told_with_how_long_a_flush_took(tmp_path: Path) -> None:
    [line] = await answers(tmp_path, TINY)
    assert line.at_least == 5
    assert line.disk.endswith("ms a flush and 1 ms more")


async def test_growth_is_told(tmp_path: Path) -> None:
    [line] = await growth(tmp_path, TINY)
    assert line.what.endswith("from 4 to 8")


async def test_telegram_is_told_with_its_further_comparisons(tmp_path: Path) -> None:
    lines = await telegram(tmp_path, TINY)
    assert [line.at_least for line in lines] == [3, None, 3, None]


async def test_results_are_told_step_by_step_with_their_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = await results(tmp_path, Size(responses=200))
    assert len(lines) == 8
    assert {line.at_least for line in lines} == {4}
    assert lines[-1].ours.endswith("MB")
    assert "pandas: imports" in capsys.readouterr().out


async def test_indicators_are_told_with_their_memory(tmp_path: Path) -> None:
    table = tmp_path / "long.parquet"
    table.write_bytes(parquet(*PLAIN).data)
    lines = await indicators(tmp_path, TINY, table)
    assert [line.at_least for line in lines] == [0.5, 0.5]
    assert "9 rows, 7 used" in lines[0].what
    assert lines[1].ours.endswith("MB")


async def test_without_the_published_table_indicators_are_passed_over_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await indicators(tmp_path, TINY, tmp_path / "absent.parquet") == []
    assert "not beside the repository" in capsys.readouterr().out


def figures() -> Side:
    return Side(
        index=[50.0, float("nan")],
        means={"all": (50.0, 48.0, 52.0)},
        counts={"c1": {"5": 1}},
        index_table={"All phases": 50.0},
        file="digest",
    )


@pytest.mark.parametrize(
    "other",
    [
        {"index": [50.0 + 1e-8, float("nan")]},
        {"index": [50.0, 50.0]},
        {"means": {"all": (50.0 + 1e-8, 48.0, 52.0)}},
        {"means": {"all": (50.0, 47.0, 52.0)}},
        {"counts": {"c1": {"5": 2}}},
        {"index_table": {"All phases": 50.1}},
        {"file": "another"},
    ],
)
def test_sides_that_find_different_results_are_not_compared(other: dict[str, Any]) -> None:
    check(figures(), figures())
    check(figures(), replace(figures(), means={"all": (50.0, 48.1, 51.9)}))
    with pytest.raises(AssertionError):
        check(figures(), replace(figures(), **other))


async def test_web_is_told_beside_both_peers(tmp_path: Path) -> None:
    lines = await web(tmp_path, Size(parents=3, times=1, longer=(0,)))
    assert [line.at_least for line in lines] == [2.5, 0.8]


def test_each_line_says_whether_its_target_is_met_and_so_does_the_summary() -> None:
    slow, fast = (Line("answers", "1", "2", ratio, 5, f"{ratio} ms") for ratio in (4.9, 5.0))
    free = Line("for comparison", "1", "2", 0.1)
    assert slow.told().endswith("target 5: NOT MET")
    assert fast.told().endswith("target 5: met")
    assert free.told().endswith("no target: for comparison")
    assert summary([slow, fast, free]).splitlines() == [
        "Targets met:",
        "    5.00 for 5: answers (5.0 ms)",
        "Targets NOT met:",
        "    4.90 for 5: answers (4.9 ms)",
    ]


async def test_sending_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.benchmarks.sending.INVITED", 30)
    monkeypatch.setattr("tests.benchmarks.sending.OPENED", 10)
    await sending(tmp_path)
    said = capsys.readouterr().out
    assert "0 refused" in said
    assert "10 families" in said


async def test_the_library_s_own_limiter_is_told_with_what_it_reached(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("aiolimiter", reason="it is in the dependency group peers")
    monkeypatch.setattr("tests.benchmarks.sending.INVITED", 40)
    monkeypatch.setattr("tests.benchmarks.sending.PATIENCE_SECONDS", 1.0)
    await by_the_library()
    said = capsys.readouterr().out
    assert "of 40 arrived, stopped after 1 seconds" in said
    assert not re.search(r"\b0 refused", said)


async def test_without_its_package_the_limiter_is_passed_over_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    await by_the_library()
    said = capsys.readouterr().out
    assert "not installed" in said
    assert "refused" not in said

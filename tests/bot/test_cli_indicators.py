"""`sendvoice indicators import`: what would change is shown before it is kept."""

from pathlib import Path

import pytest

from bot.cli import import_words
from tests.analysis.indicators.files import SPINE
from tests.bot.test_cli import Run, dump, ready, run

__all__ = ["ready", "run"]

ALL = "All requests for EHC needs assessments"
HEADER = f"{SPINE},requests_received_in_year,requests_decided_not_to_assess,request_not_assess_pc"
PLACE = "Local authority,E92000001,England,E12000001,North East,E06000003,807,Redcar and Cleveland"


def row(year: int, figures: str) -> str:
    return f"{year},Calendar year,{PLACE},{ALL},{ALL},{figures}"


def write(path: Path, *rows: str) -> str:
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def first(tmp_path: Path) -> str:
    return write(tmp_path / "first.csv", row(2023, "240,24,10"), row(2024, "230,23,10"))


def test_a_preview_says_what_is_new_and_keeps_nothing(
    ready: Run, tmp_path: Path, first: str
) -> None:
    before = dump(tmp_path)
    code, out, _ = ready("indicators", "import", first, "--dry-run")
    assert code == 0
    assert "Read as ees/requests, utf-8." in out
    assert "time_period" in out
    assert "problem: first.csv, column geographic_level: There is no National row." in out
    assert "4 new, 0 the same, 0 revised figures." in out
    assert "new\tM5.requests\tRedcar and Cleveland\t2024\t\t230" in out
    assert out.endswith("Nothing was kept.\n")
    assert dump(tmp_path) == before


def test_a_later_file_shows_each_revised_figure_beside_the_one_kept_now(
    ready: Run, tmp_path: Path, first: str
) -> None:
    assert "4 figures kept." in ready("indicators", "import", first)[1]
    rows = (row(2023, "240,24,10"), row(2024, "232,c,c"), row(2025, "250,25,10"))
    later = write(tmp_path / "later.csv", *rows)
    out = ready("indicators", "import", later)[1]
    assert "2 new, 2 the same, 2 revised figures." in out
    assert "revised\tM5.requests\tRedcar and Cleveland\t2024\t230\t232" in out
    hidden = "Hidden by the publisher to protect people"
    assert f"revised\tM5.refused\tRedcar and Cleveland\t2024\t10.0% (23 of 230)\t{hidden}" in out
    assert "M5.requests\tRedcar and Cleveland\t2023" not in out
    assert "6 figures kept." in out


def test_the_same_file_again_changes_nothing_and_says_so(ready: Run, first: str) -> None:
    ready("indicators", "import", first)
    out = ready("indicators", "import", first)[1]
    assert "0 new, 0 the same, 0 revised figures." in out
    assert "4 more were kept from this very file before." in out
    assert out.endswith("nothing changed.\n")


def test_a_figure_that_is_withheld_is_named_with_its_reason(ready: Run, tmp_path: Path) -> None:
    wrong = write(tmp_path / "wrong.csv", row(2024, "230,23,15"))
    out = ready("indicators", "import", wrong, "--dry-run")[1]
    assert "withheld: M5.refused, Redcar and Cleveland, 2024: The file gives 15%" in out


@pytest.mark.parametrize(
    ("measure", "reason"),
    [("M6", "holds figures for M5, and not for M6"), ("M11", "There is no measure M11")],
)
def test_a_measure_the_file_lacks_is_refused(
    ready: Run, first: str, measure: str, reason: str
) -> None:
    code, _, err = ready("indicators", "import", first, "--measure", measure)
    assert code == 1
    assert reason in err


def test_one_measure_may_be_read_alone_in_any_case(ready: Run, first: str) -> None:
    assert "4 new" in ready("indicators", "import", first, "--measure", "m5", "--dry-run")[1]


def test_many_new_figures_are_shown_a_line_a_series_and_area(
    ready: Run, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_words, "_MOST_NEW", 3)
    out = ready("indicators", "import", first, "--dry-run")[1]
    assert "new\tM5.requests\tRedcar and Cleveland\t2023 to 2024\t\t2 figures, the last 230" in out
    assert "4 new" in out

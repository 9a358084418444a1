"""The figures shipped for the demonstration, and the whole published files, give these figures."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from analysis.indicators import ImportReport, IndicatorRefused, read_indicators
from analysis.strategy.wording import value_words
from surveys.records import Missing
from tests.analysis.indicators.files import FIGURES, SHARED

REDCAR, NORTH_EAST, ENGLAND = "E06000003", "E12000001", "E92000001"

KNOWN = {
    ("M1.plans_in_mainstream", "202425"): ("41.0%", "38.0%", "43.6%"),
    ("M4.independent", "202425"): ("8.5%", "3.9%", "5.8%"),
    ("M5.requests", "2024"): ("237", "6,200", "154,489"),
    ("M5.requests", "2023"): ("249", "6,076", "138,242"),
    ("M5.requests", "2022"): ("115", "5,475", "114,482"),
    ("M5.refused", "2024"): ("17.3%", "26.8%", "25.2%"),
    ("M6.issued_20_weeks", "2024"): ("45.7%", "49.0%", "46.4%"),
    ("M6.issued_20_weeks", "2022"): ("31.3%", "57.8%", "49.2%"),
    ("M7.meeting_recorded", "2024"): ("85.5%", "92.3%", "86.5%"),
    ("M7.meeting_in_year", "2024"): ("33.4%", "66.4%", "60.7%"),
    ("M7.decision_4_weeks", "2024"): ("4.6%", "24.8%", "44.4%"),
}
SHIPPED = {path.stem: path for path in sorted(FIGURES.glob("*.csv"))}
PUBLISHED = {
    "requests": "requests.csv",
    "timeliness_20_week": "timeliness_20_week.csv",
    "annual_reviews": "annual_reviews.csv",
    "caseload": "caseload_totals_only.csv",
}


def whole_files() -> Mapping[str, Path]:
    folder = SHARED / "ees_ehcp_2025"
    if not folder.is_dir():
        pytest.skip("the published files are not beside the repository")
    return {name: folder / file for name, file in PUBLISHED.items()}


def reports(paths: Mapping[str, Path]) -> list[ImportReport]:
    return [read_indicators(path.read_bytes(), path.name, REDCAR) for path in paths.values()]


def assert_known_figures(found: list[ImportReport]) -> None:
    figures = {
        (one.series, one.period, one.area_code): one for report in found for one in report.values
    }
    for (series, period), words in KNOWN.items():
        areas = (REDCAR, NORTH_EAST, ENGLAND)
        assert tuple(value_words(figures[series, period, area]) for area in areas) == words, series
    independent = figures["M4.independent", "202425", REDCAR]
    assert (independent.numerator, independent.denominator) == (127, 1492)
    refused = figures["M1.plans_in_mainstream", "202223", REDCAR]
    assert (refused.value, refused.missing) == (None, Missing.UNAVAILABLE)
    assert "63% of placements were unknown (972 of 1,543)" in refused.note
    contradicted = figures["M1.plans_in_mainstream", "202324", ENGLAND]
    assert contradicted.value is None
    assert "43.3%" in contradicted.note


def test_the_shipped_files_give_the_published_figures() -> None:
    assert set(SHIPPED) == set(PUBLISHED)
    assert_known_figures(reports(SHIPPED))


def test_the_whole_published_files_give_the_same_figures() -> None:
    found = reports(whole_files())
    assert_known_figures(found)
    assert [one.rows_read for one in found] == [13169, 12211, 13290, 1134]
    for report in found:
        assert report.rows_read == report.rows_used + sum(report.ignored.values())


def test_the_shipped_rows_are_the_published_rows() -> None:
    whole = {one.reader: one.values for one in reports(whole_files())}
    assert {one.reader: one.values for one in reports(SHIPPED)} == whole


def test_the_heading_that_the_publisher_repeats_is_reported() -> None:
    path = whole_files()["annual_reviews"]
    report = read_indicators(path.read_bytes(), path.name, "807")
    assert [problem.column for problem in report.problems] == ["review_meeting_prior_24"]


def test_the_files_before_the_change_of_collection_are_read_too() -> None:
    path = SHARED / "ees_ehcp_2022" / "sen2_mi.csv"
    if not path.is_file():
        pytest.skip("the published files are not beside the repository")
    report = read_indicators(path.read_bytes(), path.name, REDCAR)
    figures = {(one.series, one.period, one.area_code): one for one in report.values}
    assert value_words(figures["M5.requests", "2021", REDCAR]) == "220"
    assert value_words(figures["M6.issued_20_weeks", "2021", ENGLAND]) == "59.9%"
    assert figures["M5.requests", "2014", REDCAR].missing is Missing.NOT_APPLICABLE


def test_none_of_the_broken_files_gives_a_figure() -> None:
    folder = SHARED / "ees_screener_fail"
    if not folder.is_dir():
        pytest.skip("the broken files are not beside the repository")
    for path in sorted(folder.glob("*.csv")):
        with pytest.raises(IndicatorRefused) as caught:
            read_indicators(path.read_bytes(), path.name, REDCAR)
        assert all(one.cause and one.remedy for one in caught.value.problems), path.name


TRIBUNALS = "ees_ehcp_2025/SEND Tribunals and appeal rate 2014-2024.csv"
TRIBUNALS_2022 = "dfe_send_ap_dashboard/send_appeal_rate_table_2022.ods"


def published(name: str, area: str = REDCAR) -> ImportReport:
    path = SHARED / name
    if not path.is_file():
        pytest.skip("the published files are not beside the repository")
    report = read_indicators(path.read_bytes(), path.name, area)
    assert report.rows_read == report.rows_used + sum(report.ignored.values())
    return report


def words_of(report: ImportReport) -> dict[tuple[str, str, str], str]:
    return {(one.series, one.period, one.area_code): value_words(one) for one in report.values}


def test_the_tribunal_table_gives_the_known_counts_and_both_rates() -> None:
    report = published(TRIBUNALS, "807")
    words = words_of(report)
    for series, own, england in (
        ("M8.appeals", "41", "22,276"),
        ("M8.rate", "2.6%", "3.2%"),
        ("M8.rate_in_development", "7.8%", "6.1%"),
    ):
        assert (words[series, "2024", REDCAR], words[series, "2024", ENGLAND]) == (own, england)
    assert words["M8.appeals", "2014", REDCAR] == "0"
    assert (report.rows_read, report.rows_used) == (190, 2)
    assert report.ignored["names of regions, without figures"] == 11


def test_the_spreadsheet_of_an_earlier_year_gives_the_same_figures() -> None:
    earlier, later = words_of(published(TRIBUNALS_2022)), words_of(published(TRIBUNALS))
    assert len(earlier) == 2 * 2 * 9
    assert earlier.items() <= later.items()


def test_the_councils_whose_codes_are_mixed_up_in_the_table_are_refused() -> None:
    for area in ("E06000018", "E10000024", "E06000056", "E10000003"):
        with pytest.raises(IndicatorRefused, match="neither's figures were taken"):
            published(TRIBUNALS, area)
        assert published(TRIBUNALS_2022, area).values


@pytest.mark.parametrize(
    ("name", "period", "ehcp", "support", "rows"),
    [
        ("UD_NEETNK_LA_dashboard_final.csv", "2025", "11.8 13.2 10.1", "9.7 11.5 9.6", 161),
        ("UD_NEETNK_LA_dashboard_2023_final.csv", "2023", "16.4 12.8 10.1", "15.5 9.8 9.3", 160),
    ],
)
def test_young_people_in_nothing_are_read_by_kind_of_support(
    name: str, period: str, ehcp: str, support: str, rows: int
) -> None:
    report = published(f"nccis/{name}")
    assert (report.rows_read, report.rows_used) == (rows, 3)
    words = words_of(report)
    for series, expected in (("ehcp", ehcp), ("sen_support", support)):
        key = f"M10.neet_not_known_{series}"
        areas = (REDCAR, NORTH_EAST, ENGLAND)
        found = [words[key, period, area].removesuffix("%") for area in areas]
        assert found == expected.split()
    assert words["M10.not_known_all", period, REDCAR] == "0.0%"


def test_hidden_and_inapplicable_shares_keep_their_reason() -> None:
    path = SHARED / "nccis" / "UD_NEETNK_LA_dashboard_2023_final.csv"
    if not path.is_file():
        pytest.skip("the published files are not beside the repository")
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["geographic_level"] == "Local authority"]
    reasons = {"c": Missing.SUPPRESSED, "z": Missing.NOT_APPLICABLE}
    for symbol, reason in reasons.items():
        marked = [row for row in rows if row["NEET_NK_SENDsupport_percent"] == symbol]
        code = marked[0]["new_la_code"]
        found = {
            (one.series, one.area_code): one.missing
            for one in published(f"nccis/{path.name}", code).values
        }
        assert found["M10.neet_not_known_sen_support", code] is reason


def test_the_shipped_files_name_their_source_and_licence() -> None:
    words = (FIGURES / "README.txt").read_text(encoding="utf-8")
    assert "Department for Education" in words
    assert "Open Government Licence v3.0" in words

"""A published file is read whole, with every row accounted for, or refused whole."""

import pytest

from analysis.indicators import ImportReport, IndicatorRefused, read_indicators
from surveys.records import IndicatorValue, Missing
from tests.analysis.indicators.files import (
    AREA,
    COLUMNS,
    HEADER,
    ROWS,
    SPINE,
    council,
    england,
    file_of,
    region,
    text_of,
)


def read(data: bytes, area: str = AREA, measures: tuple[str, ...] | None = None) -> ImportReport:
    return read_indicators(data, "moor.csv", area, measures)


def refusal(data: bytes, area: str = AREA) -> IndicatorRefused:
    with pytest.raises(IndicatorRefused) as caught:
        read(data, area)
    return caught.value


def own(report: ImportReport) -> IndicatorValue:
    return next(one for one in report.values if one.area_code == AREA)


def test_the_council_its_region_and_england_are_read_with_their_base() -> None:
    report = read(file_of())
    assert [one.area_name for one in report.values] == ["England", "North Moor", "Moorside"]
    found = own(report)
    assert (found.value, found.numerator, found.denominator) == (50.0, 30.0, 60.0)
    assert (found.period, found.period_kind, found.unit) == ("2024", "Calendar year", "percent")
    assert (found.series, found.measure) == ("M6.issued_20_weeks", "M6")
    assert report.reader == "ees/timeliness_20_week"
    assert "plans_issued_den_ex" in report.why
    assert report.problems == ()


def test_the_older_three_digits_name_the_same_council() -> None:
    assert read(file_of(), "899").values == read(file_of()).values


def test_every_row_is_read_or_counted_with_its_reason() -> None:
    other = council("1,2,50", code="E06000098").replace("899,Moorside", "898,Elsewhere")
    sex = council("1,2,50", breakdown="Sex,Female")
    school = council("1,2,50").replace("Local authority", "School")
    report = read(file_of(*ROWS, other, sex, school, "," * HEADER.count(",")))
    assert report.rows_used == 3
    assert report.rows_read == report.rows_used + sum(report.ignored.values())
    assert set(report.ignored.values()) == {1}
    assert len(report.ignored) == 4


def test_the_report_says_where_the_figures_came_from() -> None:
    source = read(file_of()).source
    assert source.file_name == "moor.csv"
    assert source.publisher == "Department for Education"
    assert len(source.sha256) == 64


@pytest.mark.parametrize(
    ("figures", "missing"),
    [
        ("c,60,c", Missing.SUPPRESSED),
        ("z,z,z", Missing.NOT_APPLICABLE),
        ("x,x,x", Missing.UNAVAILABLE),
        ("low,60,low", Missing.ROUNDS_TO_ZERO),
        (",60,", Missing.BLANK),
        ("30,60,c", Missing.SUPPRESSED),
        ("0,0,z", Missing.NOT_APPLICABLE),
    ],
)
def test_b23_a_figure_that_is_not_published_keeps_its_reason(
    figures: str, missing: Missing
) -> None:
    found = own(read(file_of(council(figures))))
    assert (found.value, found.missing) == (None, missing)


def test_an_empty_base_gives_no_percentage() -> None:
    header = f"{SPINE},plans_issued_20_weeks_ex,plans_issued_den_ex,PC_plans_issued_20_weeks_ex"
    found = own(read(file_of(council("0,0,0"), header=header)))
    assert (found.value, found.missing) == (None, Missing.NOT_APPLICABLE)
    assert found.note


def test_a_percentage_that_contradicts_its_own_counts_is_withheld_and_reported() -> None:
    report = read(file_of(council("30,60,55")))
    assert own(report).value is None
    assert "50.0%" in own(report).note
    assert [one.row for one in report.problems if one.column.startswith("PC_")] == [2]


def test_b23_an_unknown_symbol_in_a_row_we_need_refuses_the_file_with_its_row() -> None:
    error = refusal(file_of(england("50,100,50"), region("q,100,40"), council("30,60,?")))
    assert [(one.row, one.column) for one in error.problems] == [
        (3, "plans_issued_20_weeks_ex"),
        (4, "PC_plans_issued_20_weeks_ex"),
    ]
    assert '"q"' in str(error)


def test_an_unknown_symbol_in_a_row_we_leave_is_counted_and_changes_nothing() -> None:
    report = read(file_of(*ROWS, council("q,60,50", breakdown="Sex,Male")))
    assert report.unread_symbols == {"q": 1}
    assert own(report).value == 50.0


@pytest.mark.parametrize(
    ("figures", "words"),
    [("61,60,50", "larger than the whole"), ("-3,60,50", "below zero")],
)
def test_impossible_counts_refuse_the_file(figures: str, words: str) -> None:
    assert words in str(refusal(file_of(council(figures))))


def test_a_count_is_a_whole_number() -> None:
    header = f"{SPINE},requests_received_in_year"
    topic = "All requests for EHC needs assessments,All requests for EHC needs assessments"
    whole = read(file_of(council("237", breakdown=topic), header=header))
    assert own(whole).value == 237
    assert "whole number" in str(refusal(file_of(council("23.5", breakdown=topic), header=header)))
    assert any("was not read" in str(problem) for problem in whole.problems)


def test_b28_a_figure_resting_on_mostly_unknown_cases_is_withheld_with_the_reason() -> None:
    header = (
        f"{SPINE},mainstream_total,ehcplans,mainstream_total_pc,placement_unknown,"
        "special_independent,mainstream_independent"
    )
    row = council("20,100,20,6,5,5", breakdown="All EHC plans,All EHC plans", year="202425")
    report = read(file_of(row.replace("Calendar year", "Academic year"), header=header))
    assert {one.value for one in report.values} == {None}
    assert "6% of placements were unknown (6 of 100)" in report.values[0].note
    few = row.replace("20,100,20,6", "20,100,20,5").replace("Calendar year", "Academic year")
    assert [one.value for one in read(file_of(few, header=header)).values] == [20.0, 10.0]


def test_headings_may_change_case_between_releases() -> None:
    assert own(read(file_of(*ROWS, header=HEADER.lower()))).value == 50.0


def test_a_heading_that_occurs_twice_is_used_nowhere_and_reported() -> None:
    rows = [f"{row},1,2" for row in ROWS]
    report = read(file_of(*rows, header=f"{HEADER},extra,extra"))
    assert own(report).value == 50.0
    assert [problem.column for problem in report.problems] == ["extra"]


def test_a_place_heading_that_occurs_twice_refuses_the_file() -> None:
    rows = [f"{row},1" for row in ROWS]
    error = refusal(file_of(*rows, header=f"{HEADER},la_name"))
    assert [problem.column for problem in error.problems] == ["la_name"]


def test_a_file_without_times_lists_every_heading_it_lacks() -> None:
    error = refusal(file_of("2024,Calendar year,1", header="time_period,x_time_identifier,y"))
    assert "time_identifier" in {problem.column for problem in error.problems}
    assert len(error.problems) == 9


def test_a_needed_heading_that_occurs_twice_refuses_the_file() -> None:
    rows = [f"{row},1" for row in ROWS]
    error = refusal(file_of(*rows, header=f"{HEADER},plans_issued_den_ex"))
    assert error.problems[0].column == "plans_issued_den_ex"
    assert "more than once" in str(error)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "workbook"),
        (b"<html><body>Sign in</body></html>", "web page"),
        (b"col_name,col_type\nx,Filter\n", "describes the columns"),
        (b"Title of a table\n\na,b\n", "time_period and time_identifier"),
        (text_of(ROWS).replace(",", ";").encode(), "semicolons"),
        (text_of(ROWS).replace(",", "\t").encode(), "tabs"),
        (HEADER.encode(), "no rows"),
        (file_of(f"{ROWS[0]},9"), "16 cells and the header 15"),
        ((HEADER + '\n"open').encode(), "breaks off"),
        (file_of(ROWS[0], ROWS[1]), "No row is about a council with the code"),
        (file_of(council("1,2,50", breakdown="Sex,Male")), "none is the row of totals"),
        (file_of(*ROWS, ROWS[2]), "repeat earlier ones exactly: row 5"),
        (file_of(*ROWS, council("31,60,51.7")), "repeats the area and period"),
        (file_of(council("30,60,50", year="202425")), "is not a calendar year"),
        (file_of(council("30,60,50", year="0")), '"0" is not a calendar year'),
        (
            file_of(*ROWS, council("1,2,50", year="2023").replace("Calendar", "Reporting")),
            "Kinds of period are mixed",
        ),
        (file_of(header=f"{SPINE},plans_issued_20_weeks_ex,other,more"), "plans_issued_den_ex"),
        (file_of(header=f"{SPINE},other,more,most"), "none of its figures is one"),
        (file_of(header=HEADER.replace("region_code", "region")), "column is missing"),
        (
            file_of(*ROWS, council("1,2,50", "2023").replace("E12000098", "E12000001")),
            "one region_code throughout",
        ),
        (file_of(council("30,60,50").replace("E12000098", "")), "one region_code throughout"),
        (file_of(council("30,60,50").replace("Moorside", "Mo\ufffdr")), "damaged"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_whole(data: bytes, words: str) -> None:
    assert words in str(refusal(data))


@pytest.mark.parametrize("area", ["Moorside", "E0600009", "89", ""])
def test_an_area_is_named_by_its_code(area: str) -> None:
    assert "not the code of a council" in str(refusal(file_of(), area))


def test_every_fault_of_a_stage_is_listed_with_place_cause_and_remedy() -> None:
    error = refusal(file_of(f"{ROWS[0]},9", ROWS[1], "a,b"))
    assert [one.row for one in error.problems] == [2, 4]
    assert all(one.cause and one.remedy for one in error.problems)
    assert str(error).startswith("moor.csv was refused and nothing was imported: 2 problems.")


def test_many_faults_of_shape_are_counted_and_not_all_listed() -> None:
    error = refusal(file_of(*["a,b"] * 30))
    assert len(error.problems) == 21
    assert "10 more rows" in str(error)


def test_measures_limit_what_is_read() -> None:
    assert read(file_of(), measures=("M6",)).values
    with pytest.raises(IndicatorRefused, match="holds figures for M6"):
        read(file_of(), measures=("M5",))


def test_a_file_without_comparators_is_read_and_says_so() -> None:
    report = read(file_of(council("30,60,50")))
    assert len(report.problems) == 2
    assert len(report.values) == 1


def test_a_file_too_large_to_be_one_of_these_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.indicators.importing.LARGEST_FILE", 10)
    assert "larger than" in str(refusal(file_of()))


def test_windows_and_unicode_files_give_the_same_figures() -> None:
    text = text_of(ROWS).replace("Moorside", "Moorside – North")
    values = {read(text.encode(one)).values for one in ("utf-8", "utf-8-sig", "cp1252", "utf-16")}
    assert len(values) == 1
    assert COLUMNS in text
